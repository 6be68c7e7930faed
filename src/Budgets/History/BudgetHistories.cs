using Marten;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.History;

/// <summary>From when to when, and how finely. Pure.</summary>
public sealed record HistoryRange(DateTimeOffset From, DateTimeOffset To, TimeSpan Step)
{
    public const int MostPoints = 2_000;
    private const int Usual = 240;
    private static readonly TimeSpan Longest = TimeSpan.FromDays(400);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>What was asked for, or the objective's window until now in some 240 steps; a sentence when it makes no sense.</summary>
    public static (HistoryRange? Range, string? Wrong) Of(
        DateTimeOffset? from,
        DateTimeOffset? to,
        int? stepSeconds,
        TimeSpan window,
        DateTimeOffset now,
        int mostPoints = MostPoints
    )
    {
        var end = to ?? now;
        var begin = from ?? end - window;
        if (begin >= end)
            return (null, "'from' is not before 'to'. Give a beginning that comes first.");
        if (begin < now - Longest || end > now.AddDays(1))
            return (null, "The history is kept for 400 days. Give moments within them.");
        if (stepSeconds is { } seconds && (seconds < 60 || seconds % 60 != 0))
            return (null, "'step' is no length that is answered. Give whole minutes in seconds, 60 or more.");
        var minutes = ((end - begin).Ticks / Usual + Minute.Ticks - 1) / Minute.Ticks;
        var step = stepSeconds is { } given ? TimeSpan.FromSeconds(given) : TimeSpan.FromMinutes(minutes);
        return (end - begin).Ticks / step.Ticks > mostPoints
            ? (null, $"That would be more than {mostPoints} points. Give a longer 'step' or a shorter range.")
            : (new HistoryRange(begin.ToUniversalTime(), end.ToUniversalTime(), step), null);
    }

    /// <summary>Counted back from the end, so that the last point is the moment asked for.</summary>
    public IEnumerable<DateTimeOffset> Points()
    {
        for (var back = (int)((To - From).Ticks / Step.Ticks); back >= 0; back--)
            yield return To - back * Step;
    }
}

/// <summary>A budget over time, exactly. Pure.</summary>
public static class Histories
{
    /// <param name="budget">The budget as it is.</param>
    /// <param name="replays">The budget by the terms that held, oldest first, each with its counts.</param>
    /// <param name="events">All that was decided about it, in order.</param>
    /// <param name="range">Which moments.</param>
    public static BudgetHistory Of(
        Budget budget,
        IReadOnlyList<(BudgetVersion Version, Replay Replay)> replays,
        IReadOnlyList<object> events,
        HistoryRange range
    )
    {
        var points = range.Points().ToList();
        return new BudgetHistory(
            budget.Of.ObjectiveId,
            budget.Name,
            budget.Service,
            budget.Target,
            budget.Window,
            points[0],
            points[^1],
            (int)range.Step.TotalSeconds,
            [.. points.Select(at => Point(replays.First(one => one.Version.Holds(at)), at, range.Step))],
            HistoryMarks.Of(events, points[0], points[^1])
        );
    }

    private static HistoryPoint Point((BudgetVersion Version, Replay Replay) one, DateTimeOffset at, TimeSpan step)
    {
        var terms = one.Version.Budget.Terms;
        var mayFail = BurnRates.MayFail(terms.Target);
        var reading = one.Replay.At(at);
        var (whole, since) = (reading.Whole(terms), one.Replay.Between(at - step, at));
        return new HistoryPoint(
            at,
            reading.In(terms.Windows[0]).Good,
            whole.Bad,
            whole.Allowed(mayFail),
            whole.Remaining(mayFail),
            since.Good,
            since.Bad,
            since.Rate(mayFail)
        );
    }
}

public static class BudgetHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/budgets/{objective}/history", Read)
            .RequireScope("budgets:read")
            .Produces<BudgetHistory>()
            .WithTags("Budgets")
            .WithSummary("Shows a budget over time (?from=, ?to=, ?step= in seconds), with what happened meanwhile.");

    private static async Task<IResult> Read(
        string objective,
        CountSeries counts,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        int? step = null
    )
    {
        var id = Budget.IdOf(Edges.ObjectiveId(objective));
        if (await session.LoadAsync<Budget>(id, stop) is not { } budget)
            return Answers.Missing();
        var period = BudgetTerms.PeriodOf(budget.Terms).Length;
        var (range, wrong) = HistoryRange.Of(from, to, step, period, clock.Moment());
        if (range is null)
            return Answers.Problem(400, "history-range", wrong!);
        var replays = new List<(BudgetVersion, Replay)>();
        foreach (var version in BudgetVersion.Of(budget).Where(one => one.From <= range.To && one.Until > range.From))
        {
            var since = range.From - BudgetTerms.LongestOf(version.Budget.Terms) - range.Step - TimeSpan.FromDays(1);
            var read = await counts.Read(version.Budget.Sli, since, range.To, stop);
            replays.Add((version, new Replay(version.Budget, read)));
        }

        var events = await session.Events.FetchStreamAsync(id, token: stop);
        return TypedResults.Ok(Histories.Of(budget, replays, [.. events.Select(stored => stored.Data)], range));
    }
}
