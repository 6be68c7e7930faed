using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>What follows from an objective's terms alone.</summary>
public static class BudgetTerms
{
    /// <summary>Occurrences over one rolling window: what an objective without terms means.</summary>
    public static ObjectiveTerms Rolling(decimal target, string window) =>
        new(target, BudgetingMethod.Occurrences, [new WindowTerms(window)], null, null, new TrafficGuard());

    public static CountUnit UnitOf(BudgetingMethod method) =>
        method switch
        {
            BudgetingMethod.Timeslices => CountUnit.Slices,
            BudgetingMethod.RatioTimeslices => CountUnit.SliceParts,
            _ => CountUnit.Events,
        };

    /// <summary>How far back a budget looks at most.</summary>
    public static TimeSpan LongestOf(ObjectiveTerms terms) =>
        terms.Windows.Max(window => Durations.Parse(window.Duration).Longest);

    /// <summary>The length that alert factors are scaled to: the first window's; a month counts as 30 days, a year as 365.</summary>
    public static Window PeriodOf(ObjectiveTerms terms)
    {
        var name = terms.Windows[0].Duration;
        var duration = Durations.Parse(name);
        return new(
            name,
            duration.Fixed ?? TimeSpan.FromDays(duration.Unit == 'Y' ? 365 * duration.Count : 30 * duration.Months)
        );
    }
}
