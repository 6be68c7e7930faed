using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.History;

/// <summary>
/// A budget as it is read at any moment of a stretch of time, from its counts: the same figures as a live reading, and so
/// cheap that every minute of a month can be looked at. A window is the difference of two sums; slices are judged once
/// and summed up as well. Pure.
/// </summary>
public sealed class Replay
{
    private readonly Budget budget;
    private readonly CountHistory counts;
    private readonly long[] starts = [];
    private readonly SliceSums[] sums = [default];
    private readonly TimeSpan? slice;
    private IReadOnlyList<Period>? rolling;

    public Replay(Budget budget, CountHistory counts)
    {
        (this.budget, this.counts) = (budget, counts);
        slice = Periods.SliceOf(budget.Terms);
        if (slice is not { } length)
            return;
        var slices = counts
            .Slices(length)
            .Where(one => !budget.Exclusions.Any(left => left.From <= one.Start && one.Start < left.To))
            .ToList();
        starts = [.. slices.Select(one => one.Start.UtcTicks)];
        sums = new SliceSums[slices.Count + 1];
        for (var i = 0; i < slices.Count; i++)
            sums[i + 1] = sums[i] + Slicing.Of(slices[i].Tally, budget.Terms.Slice!.Target);
    }

    /// <summary>All windows at a moment.</summary>
    public Reading At(DateTimeOffset at)
    {
        var periods = PeriodsAt(at);
        // Slices of a calendar window may begin at other moments than those that were summed up.
        if (
            slice is { } length
            && periods.Any(period => (period.Since - DateTimeOffset.UnixEpoch).Ticks % length.Ticks != 0)
        )
            return ReadingPlan.Of(budget, at).Over(counts.Between);
        var tallies = new Tally[periods.Count];
        for (var i = 0; i < tallies.Length; i++)
            tallies[i] = Between(periods[i].Since, periods[i].Until);
        return new Reading(periods, tallies, null, [], budget.Revision);
    }

    // Rolling windows of events move along with the moment; all others are laid out anew.
    private IReadOnlyList<Period> PeriodsAt(DateTimeOffset at)
    {
        if (slice is not null || budget.Terms.Windows.Any(window => window.Calendar is not null))
            return Periods.Of(budget.Terms, at);
        rolling ??= Periods.Of(budget.Terms, at);
        return [.. rolling.Select(period => new Period(period.Name, at - (period.Until - period.Since), at))];
    }

    /// <summary>Good and bad of a stretch of time in the unit of the method; of slices those that begin in it.</summary>
    public Tally Between(DateTimeOffset since, DateTimeOffset until) =>
        slice is { } length ? Slices(since, until, length)
        : budget.Exclusions.Count == 0 ? counts.Between(since, until)
        : budget
            .Exclusions.Clip(since, until)
            .Aggregate(counts.Between(since, until), (left, one) => left.Without(counts.Between(one.From, one.To)));

    // A slice inside an exclusion is no slice; one that nobody wanted yet and that had no events is none either.
    private Tally Slices(DateTimeOffset since, DateTimeOffset until, TimeSpan length)
    {
        var noData = budget.Terms.Slice!.NoData;
        var from = noData == NoDataRule.Bad && budget.OpenedAt > since ? budget.OpenedAt : since;
        var observed = sums[Before(until)] - sums[Before(since)];
        if (from >= until)
            return Slicing.Tally(observed, observed.Observed, budget.Terms.Method, noData);
        var silent =
            Starts(from, until, length)
            - budget.Exclusions.Clip(from, until).Sum(one => Starts(one.From, one.To, length))
            - (sums[Before(until)] - sums[Before(from)]).Observed;
        return Slicing.Tally(observed, observed.Observed + silent, budget.Terms.Method, noData);
    }

    // How many slices begin in [from, until); slices are counted from 1970 on.
    private static long Starts(DateTimeOffset from, DateTimeOffset until, TimeSpan length)
    {
        return Up(until) - Up(from);

        long Up(DateTimeOffset moment) => ((moment - DateTimeOffset.UnixEpoch).Ticks + length.Ticks - 1) / length.Ticks;
    }

    private int Before(DateTimeOffset moment)
    {
        var found = Array.BinarySearch(starts, moment.UtcTicks);
        return found < 0 ? ~found : found;
    }
}

/// <summary>The terms that held at each time, and the budget by each of them: a revision keeps the figures of before.</summary>
public sealed record BudgetVersion(Budget Budget, DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>Oldest first; the first one reaches back, the last one is for now and later.</summary>
    public static IReadOnlyList<BudgetVersion> Of(Budget budget) =>
        [
            .. budget
                .Past.Select(past => new BudgetVersion(
                    Statuses.ByRevision(budget, past.Revision)!,
                    past.Revision == 1 ? DateTimeOffset.MinValue : past.From,
                    past.Until
                ))
                .Append(
                    new BudgetVersion(
                        budget,
                        budget.Past.Count == 0 ? DateTimeOffset.MinValue : budget.TermsSince,
                        DateTimeOffset.MaxValue
                    )
                ),
        ];

    public bool Holds(DateTimeOffset at) => at >= From && at < Until;
}
