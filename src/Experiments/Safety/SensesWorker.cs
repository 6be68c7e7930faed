using Marten;
using MassTransit;

namespace Steady.Experiments.Safety;

/// <summary>Listens for the store and the broker, four times a second.</summary>
public sealed class SensesWorker(
    IDocumentStore store,
    IBusControl bus,
    Senses senses,
    TimeProvider clock,
    ILogger<SensesWorker> log
) : BackgroundService
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (bus.CheckHealth().Status == BusHealthStatus.Healthy)
                senses.HeardBus();
            await AskStore(stoppingToken);
            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task AskStore(CancellationToken stop)
    {
        try
        {
            await using var session = store.QuerySession();
            await session.QueryAsync<int>("select 1", stop);
            senses.HeardStore();
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            log.LogDebug(e, "The event store did not answer");
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested) { }
    }
}
