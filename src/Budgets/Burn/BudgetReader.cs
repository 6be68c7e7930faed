using Steady.Budgets.Counts;

namespace Steady.Budgets.Burn;

/// <summary>Reads what a judgement or a status needs, for any method and any windows.</summary>
public sealed class BudgetReader(ICountReader counts)
{
    public Task<IReadOnlyList<Reading>> Read(
        IReadOnlyList<Budget> budgets,
        DateTimeOffset now,
        CancellationToken stop
    ) => Read([.. budgets.Select(budget => ReadingPlan.Of(budget, now))], stop);

    public async Task<Reading> Read(Budget budget, DateTimeOffset now, CancellationToken stop) =>
        (await Read([budget], now, stop))[0];

    /// <summary>With the first window in parts, for a forecast.</summary>
    public async Task<Reading> ReadParts(Budget budget, DateTimeOffset now, CancellationToken stop) =>
        (await Read([ReadingPlan.Of(budget, now).WithParts(Forecasting.Parts)], stop))[0];

    /// <summary>Failures of the first window that may have a cause, in the unit of the method. Read them before the reading that they are shares of.</summary>
    public async Task<IReadOnlyList<FailedBucket>> Failed(Budget budget, DateTimeOffset now, CancellationToken stop)
    {
        if (budget.Causes.Count == 0)
            return [];
        var terms = budget.Terms.Windows[0];
        var calendar = terms.Calendar is not null;
        var whole = Periods
            .Of(budget.Terms, now)
            .First(one => one.Name == terms.Duration && one.IsCalendar == calendar);
        var failed = Periods.SliceOf(budget.Terms) is { } slice
            ? (await counts.Slices(budget.Sli, whole.Since, whole.Until, (int)slice.TotalSeconds, stop)).Select(one =>
                Slicing.Failed(one.Start, one.Tally, budget.Terms)
            )
            : await counts.Failed(budget.Sli, whole.Since, whole.Until, budget.Causes, stop);
        return
        [
            .. failed.Where(one =>
                one.Bad > 0 && !budget.Exclusions.Any(left => left.From <= one.Start && one.Start < left.To)
            ),
        ];
    }

    /// <summary>The slices of the first window that have events, exclusions left out.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Start, SliceSums Sums)>> Slices(
        Budget budget,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var (window, slice) = (budget.Terms.Windows[0], budget.Terms.Slice!);
        var calendar = window.Calendar is not null;
        var whole = Periods
            .Of(budget.Terms, now)
            .First(one => one.Name == window.Duration && one.IsCalendar == calendar);
        var slices = await counts.Slices(budget.Sli, whole.Since, whole.Until, slice.Seconds, stop);
        return
        [
            .. slices
                .Where(one => !budget.Exclusions.Any(left => left.From <= one.Start && one.Start < left.To))
                .Select(one => (one.Start, Slicing.Of(one.Tally, slice.Target))),
        ];
    }

    private async Task<IReadOnlyList<Reading>> Read(IReadOnlyList<ReadingPlan> plans, CancellationToken stop)
    {
        if (plans.Count == 0)
            return [];
        var asked = plans
            .Where(plan => !plan.BySlices)
            .SelectMany(plan => plan.Stretches().Select(one => new CountRange(plan.Budget.Sli, one.From, one.To)))
            .Distinct()
            .ToList();
        var sums = asked.Zip(asked.Count > 0 ? await counts.Sums(asked, stop) : []).ToDictionary();
        var marks = await counts.Watermarks([.. plans.Select(plan => plan.Budget.Sli).Distinct()], stop);
        var readings = new List<Reading>(plans.Count);
        foreach (var plan in plans)
        {
            var sli = plan.Budget.Sli;
            DateTimeOffset? mark = marks.TryGetValue(sli, out var until) ? until : null;
            readings.Add(
                plan.BySlices
                    ? plan.Read(await Slices(plan, stop), mark)
                    : plan.Read(one => sums[new(sli, one.From, one.To)], mark)
            );
        }

        return readings;
    }

    private async Task<IReadOnlyDictionary<Interval, IReadOnlyList<(DateTimeOffset Start, Tally Tally)>>> Slices(
        ReadingPlan plan,
        CancellationToken stop
    )
    {
        var slices = new Dictionary<Interval, IReadOnlyList<(DateTimeOffset Start, Tally Tally)>>();
        foreach (var grid in plan.Grids().Distinct())
            slices[grid] = await counts.Slices(
                plan.Budget.Sli,
                grid.From,
                grid.To,
                plan.Budget.Terms.Slice!.Seconds,
                stop
            );
        return slices;
    }
}
