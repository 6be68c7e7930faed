using Npgsql;

namespace Steady.Experiments;

/// <summary>Looks every so often for what is due. What the store could not answer is said, and looked for again the next time.</summary>
public abstract class RepeatedWorker(TimeSpan every, TimeProvider clock, ILogger log) : BackgroundService
{
    protected TimeProvider Clock { get; } = clock;

    protected abstract Task Look(CancellationToken stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(every, Clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await Look(stoppingToken);
            }
            catch (Exception e)
                when (e is NpgsqlException or Marten.Exceptions.MartenCommandException or TimeoutException)
            {
                log.LogWarning("The store could not be asked this time ({Reason})", e.Message);
            }
        }
    }
}
