using Marten;
using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Kernel;

namespace Steady.Budgets.Composites;

/// <summary>
/// Judges composites: every second those with an open alert, which only time can relieve, and all of them every five.
/// </summary>
public sealed class CompositeWorker(
    IDocumentStore store,
    CountSums counts,
    RunningCounts running,
    Streams streams,
    TimeProvider clock,
    ILogger<CompositeWorker> log
) : BackgroundService
{
    private const int AllEvery = 5;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly Actor Rule = new("rule:burn-alert");
    private readonly CompositeReader reader = new(new BudgetReader(running));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            try
            {
                await Judge(tick % AllEvery == 0, stoppingToken);
            }
            catch (Exception e)
                when (e is NpgsqlException or Marten.Exceptions.MartenCommandException or TimeoutException)
            {
                log.LogWarning("Composites could not be judged this second ({Reason})", e.Message);
            }
        }
    }

    private async Task Judge(bool all, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        var composites = await session
            .Query<Composite>()
            .Where(one => (all && !one.Retired) || one.Alerts.Count > 0)
            .ToListAsync(stop);
        foreach (var composite in composites)
        {
            var now = clock.Moment();
            var reading = await reader.Judged(composite, session, now, stop);
            if (CompositeJudging.Decide(composite, reading, now).Events.Count > 0)
                await Keep(composite, reading, session, now, stop);
        }
    }

    private async Task Keep(
        Composite composite,
        CompositeReading reading,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var windows = reading.Pairs.Select(pair => pair.ShortWindow).ToList();
        var began = new Dictionary<string, DateTimeOffset>();
        foreach (var part in await CompositeReader.Parts(composite, session, stop))
        {
            foreach (var (window, at) in await counts.FirstBad(part.Sli, windows, now, stop))
                began[window] = began.TryGetValue(window, out var known) && known < at ? known : at;
        }

        await streams.Decide<Composite>(
            composite.Id,
            ExpectedVersion.Any,
            Rule,
            current => CompositeJudging.Decide(current, reading, now, began),
            stop
        );
    }
}
