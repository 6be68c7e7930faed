using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>
/// Opens and closes burn alerts, one per pair, and says when the budget is exhausted or there again. Judging the same
/// figures twice changes nothing.
/// </summary>
public static class Judging
{
    /// <param name="budget">The budget.</param>
    /// <param name="tallies">The tally of each of its windows, shortest first (<see cref="BurnWindows.Of"/>), as of now.</param>
    /// <param name="now">When the figures were read.</param>
    /// <param name="firstBad">By window: when its failures began.</param>
    public static Decision Decide(
        Budget budget,
        IReadOnlyList<Tally> tallies,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad = null
    )
    {
        // A judgement that was overtaken by a newer one would take back what that one has seen.
        if (now < budget.JudgedAt)
            return [];
        var mayFail = BurnRates.MayFail(budget.Target);
        var window = Window.Parse(budget.Window);
        var windows = BurnWindows.Of(window);
        var events = new List<object>();
        foreach (var pair in AlertPairs.Of(window, mayFail))
        {
            if (
                Judge(
                    budget,
                    pair,
                    TallyOf(pair.LongWindow),
                    TallyOf(pair.ShortWindow),
                    mayFail,
                    now,
                    Began(pair.ShortWindow)
                ) is
                { } change
            )
                events.Add(change);
        }

        if (Judge(budget, tallies[^1], mayFail, now) is { } state)
            events.Add(state);
        return [.. events];

        DateTimeOffset? Began(Window window) =>
            firstBad is not null && firstBad.TryGetValue(window.Name, out var began) ? began : null;

        Tally TallyOf(Window wanted)
        {
            var index = 0;
            while (windows[index].Length < wanted.Length)
                index++;
            return tallies[index];
        }
    }

    private static object? Judge(
        Budget budget,
        AlertPair pair,
        Tally @long,
        Tally @short,
        Ratio mayFail,
        DateTimeOffset now,
        DateTimeOffset? began
    )
    {
        var above = @long.IsAbove(pair.Factor, mayFail) && @short.IsAbove(pair.Factor, mayFail);
        var open = budget.Alerts.FirstOrDefault(alert => alert.LongWindow == pair.LongWindow.Name);
        if (above == open is not null)
            return null;
        return open is null
            ? new BurnAlertOpened(
                budget.Of,
                StableId.From("burn-alert", budget.Of.ObjectiveId.ToString(), pair.LongWindow.Name, $"{now.UtcTicks}"),
                pair.Severity,
                pair.LongWindow.Name,
                pair.ShortWindow.Name,
                pair.Factor.Rounded(4),
                @long,
                @short,
                now,
                began
            )
            : new BurnAlertClosed(budget.Of, open.Id, open.Severity, @long, @short, now);
    }

    private static object? Judge(Budget budget, Tally whole, Ratio mayFail, DateTimeOffset now) =>
        (whole.IsExhausted(mayFail), budget.Exhausted) switch
        {
            (true, false) => new BudgetExhausted(budget.Of, whole.Good, whole.Bad, now),
            (false, true) => new BudgetRestored(budget.Of, whole.Good, whole.Bad, now),
            _ => null,
        };
}
