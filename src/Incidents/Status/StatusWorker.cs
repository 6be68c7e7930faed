using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Status;

/// <summary>
/// The status page in memory. Everybody may ask for it as often as they like: the database is asked every two seconds at most.
/// While it does not answer, the page is what was known last, and says so.
/// </summary>
public sealed class StatusWorker(IDocumentStore store, TimeProvider clock, ILogger<StatusWorker> log)
    : BackgroundService
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(15);
    private readonly SemaphoreSlim gate = new(1);
    private volatile StatusSummary? known;
    private DateTimeOffset nextAsk = DateTimeOffset.MinValue;

    /// <summary>Null when nothing was ever known.</summary>
    public async Task<StatusSummary?> Current(CancellationToken stop)
    {
        // Who comes while somebody asks gets what is known, if anything is.
        if (!await gate.WaitAsync(known is null ? Patience : TimeSpan.Zero, stop))
            return Marked();
        try
        {
            if (clock.GetUtcNow() >= nextAsk)
                await Ask(stop);
            return Marked();
        }
        finally
        {
            gate.Release();
        }
    }

    public override void Dispose()
    {
        gate.Dispose();
        base.Dispose();
    }

    // So that something is known before the first one asks, and before the database goes away.
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Current(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }

            await Task.Delay(Beat, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private StatusSummary? Marked() =>
        known is { } last && clock.GetUtcNow() - last.AsOf > Beat + Patience + Fresh
            ? last with
            {
                IsLastKnown = true,
            }
            : known;

    private async Task Ask(CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(Patience);
        try
        {
            known = await Load(patience.Token);
        }
        catch (Exception e)
            when (e is NpgsqlException or MartenCommandException or TimeoutException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            log.LogWarning("The status page is what was known last: {Reason}", e.Message);
        }
        catch (Exception e) when (!stop.IsCancellationRequested)
        {
            // Whatever cannot be read, the page is there; it is tried again, and said each time.
            log.LogError(e, "The status page is what was known last: it cannot be read");
        }

        nextAsk = clock.GetUtcNow() + Fresh;
    }

    private async Task<StatusSummary> Load(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var session = store.QuerySession();
        return Summarizing.Of(
            await StatusSchema.Components(session, stop),
            await StatusSchema.Stories(session, now.AddDays(-Summarizing.Days), log, stop),
            now
        );
    }
}
