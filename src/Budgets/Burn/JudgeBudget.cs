using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>
/// Decides what is said about a budget: its burn alert, quarters of it spent, exhausted and restored, calendar windows that
/// ended, and counts that stay away. Judging the same figures twice changes nothing.
/// </summary>
public static class Judging
{
    /// <summary>An exhausted budget is restored when a twentieth of it is there again, so that it does not flicker around its last failure.</summary>
    private static readonly Ratio Restored = Ratio.Of(1, 20);

    /// <param name="budget">The budget.</param>
    /// <param name="reading">What was counted, as of now.</param>
    /// <param name="now">When the figures were read.</param>
    /// <param name="firstBad">By window: when its failures began.</param>
    public static Decision Decide(
        Budget budget,
        Reading reading,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad = null
    )
    {
        // A judgement that was overtaken by a newer one would take back what that one has seen.
        if (now < budget.JudgedAt || reading.Revision != budget.Revision)
            return [];
        if (budget.Retired)
            return [.. budget.Alerts.Select(alert => AlertJudging.Closed(budget.Of, alert, reading.In, now))];
        var mayFail = BurnRates.MayFail(budget.Target);
        var whole = reading.Whole(budget.Terms);
        return
        [
            .. Rolled(budget, reading, now),
            .. AlertJudging.Of(budget, reading, now, firstBad),
            .. Quarters(budget, whole, mayFail, now),
            .. Empty(budget, whole, mayFail, now),
            .. Gap(budget, reading, now),
        ];
    }

    private static IEnumerable<object> Rolled(Budget budget, Reading reading, DateTimeOffset now) =>
        reading
            .Ended.Where(ended => !budget.RolledTo.TryGetValue(ended.Name, out var to) || to < ended.Window.To)
            .Select(ended => new WindowRolled(
                budget.Of,
                ended.Name,
                budget.Target,
                ended.Window.From,
                ended.Window.To,
                ended.Whole,
                now
            ));

    private static IEnumerable<object> Quarters(Budget budget, Tally whole, Ratio mayFail, DateTimeOffset now)
    {
        var last = budget.Threshold;
        for (var percent = last + 25; percent <= 100 && whole.HasSpent(percent, mayFail); percent += 25)
            yield return new ThresholdCrossed(budget.Of, budget.Window, percent, true, whole, now);
        for (var percent = last; percent > 0 && !whole.HasSpent(percent - 5, mayFail); percent -= 25)
            yield return new ThresholdCrossed(budget.Of, budget.Window, percent, false, whole, now);
    }

    private static IEnumerable<object> Empty(Budget budget, Tally whole, Ratio mayFail, DateTimeOffset now) =>
        budget.Exhausted switch
        {
            false when whole.IsExhausted(mayFail) => [new BudgetExhausted(budget.Of, whole.Good, whole.Bad, now)],
            true when !whole.IsExhausted(mayFail) && !whole.HasLessThan(Restored, mayFail) =>
            [
                new BudgetRestored(budget.Of, whole.Good, whole.Bad, now),
            ],
            _ => [],
        };

    private static IEnumerable<object> Gap(Budget budget, Reading reading, DateTimeOffset now)
    {
        var longest = TimeSpan.FromMinutes(budget.Terms.GapMinutes);
        var silent = reading.Watermark is { } end && longest > TimeSpan.Zero && now - end > longest;
        return (budget.GapSince, reading.Watermark) switch
        {
            (null, { } mark) when silent && now - mark < BudgetTerms.LongestOf(budget.Terms) =>
            [
                new DataGapOpened(budget.Of, mark, now),
            ],
            ({ } since, { } mark) when !silent => [new DataGapClosed(budget.Of, since, mark, now)],
            _ => [],
        };
    }
}
