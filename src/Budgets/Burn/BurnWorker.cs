using System.Collections.Concurrent;
using System.Diagnostics;
using Marten;
using Npgsql;
using Steady.Budgets.Counts;
using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>
/// Judges budgets: at once when counts came in, and every second those that only time can relieve. Every ten seconds all
/// of them are judged, because a window may also tip when good events leave it, or when this process died between
/// storing counts and judging them.
/// </summary>
public sealed class BurnWorker(
    IDocumentStore store,
    CountSums counts,
    RunningCounts running,
    Streams streams,
    TimeProvider clock,
    ILogger<BurnWorker> log
) : BackgroundService
{
    private const int AllEvery = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly Actor Rule = new("rule:burn-alert");
    private static readonly ActivitySource Activities = new("Steady.Budgets");
    private readonly BudgetReader reader = new(running);
    private readonly ConcurrentDictionary<Guid, long> latest = [];
    private long turns;

    /// <summary>Judges the budgets of indicators. Safe at any time and from everywhere: each change is decided on its stream.</summary>
    public async Task Judge(IReadOnlyCollection<string> slis, CancellationToken stop)
    {
        var wanted = slis.ToArray();
        await using var session = store.QuerySession();
        await Judge(await session.Query<Budget>().Where(budget => wanted.Contains(budget.Sli)).ToListAsync(stop), stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Tick, clock);
        for (var tick = 0; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            try
            {
                await using var session = store.QuerySession();
                var budgets = session.Query<Budget>();
                await Judge(
                    tick % AllEvery == 0
                        ? await budgets.ToListAsync(stoppingToken)
                        : await budgets.Where(budget => budget.Troubled).ToListAsync(stoppingToken),
                    stoppingToken
                );
            }
            catch (Exception e)
                when (e is NpgsqlException or Marten.Exceptions.MartenCommandException or TimeoutException)
            {
                log.LogWarning("Budgets could not be judged this second ({Reason})", e.Message);
            }
        }
    }

    private async Task Judge(IReadOnlyList<Budget> budgets, CancellationToken stop)
    {
        if (budgets.Count == 0)
            return;
        // The turn and the moment come before the reading: whatever is stored by then is in the figures.
        var turn = Interlocked.Increment(ref turns);
        var now = clock.Moment();
        var readings = await reader.Read(budgets, now, stop);
        for (var i = 0; i < budgets.Count; i++)
        {
            if (Judging.Decide(budgets[i], readings[i], now).Events.Count > 0)
                await Keep(budgets[i], readings[i], turn, now, stop);
        }
    }

    private async Task Keep(Budget budget, Reading reading, long turn, DateTimeOffset now, CancellationToken stop)
    {
        var shortWindows = AlertPairs.Of(budget.Terms).Select(pair => pair.ShortWindow).ToList();
        var firstBad = await counts.FirstBad(budget.Sli, shortWindows, now, stop);
        // Started here and not in a method that is awaited: the current activity does not flow back out of one.
        using var activity = Activity.Current is null
            ? Activities.StartActivity("judge budget", ActivityKind.Internal, await CauseOf(budget, reading, now, stop))
            : null;
        await streams.Decide<Budget>(
            budget.Id,
            ExpectedVersion.Any,
            Rule,
            current => Overtaken(budget.Id, turn) ? [] : Judging.Decide(current, reading, now, firstBad),
            stop
        );
    }

    // Moments do not tell two judgements within one tick of the clock apart; the slower one would take back what the later saw.
    private bool Overtaken(Guid budget, long turn) =>
        latest.AddOrUpdate(budget, turn, (_, last) => Math.Max(last, turn)) > turn;

    // Found by a tick: what tipped the budget are its newest counts, so it goes under their trace. Relief has no cause.
    private async Task<ActivityContext> CauseOf(
        Budget budget,
        Reading reading,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var tips = Judging
            .Decide(budget, reading, now)
            .Any(change => change is BurnAlertOpened or BurnAlertEscalated or BudgetExhausted);
        ActivityContext.TryParse(tips ? await counts.TraceOf(budget.Sli, stop) : null, null, true, out var cause);
        return cause;
    }
}
