using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// What has to be read for a budget at a moment, and how a reading is made of it. The same for live counts and for a
/// history: only where the sums come from differs. Pure.
/// </summary>
public sealed record ReadingPlan(
    Budget Budget,
    IReadOnlyList<Period> Periods,
    IReadOnlyList<(string Name, Interval Window)> Ended
)
{
    private ObjectiveTerms Terms => Budget.Terms;

    /// <summary>The first window in parts, for a forecast.</summary>
    public IReadOnlyList<Interval> Parts { get; init; } = [];

    public bool BySlices => Terms.Method != BudgetingMethod.Occurrences;

    public static ReadingPlan Of(Budget budget, DateTimeOffset now) =>
        new(
            budget,
            Burn.Periods.Of(budget.Terms, now),
            [
                .. budget
                    .Terms.Windows.Where(window => window.Calendar is not null)
                    .SelectMany(window =>
                        Burn.Periods.EndedSince(
                            window,
                            budget.RolledTo.TryGetValue(window.Duration, out var rolled) ? rolled : budget.TermsSince,
                            now
                        )
                    ),
            ]
        );

    /// <summary>The same with the first window in parts, so that what will leave it is known.</summary>
    public ReadingPlan WithParts(int parts)
    {
        var whole = First();
        var step = Burn.Periods.SliceOf(Terms) ?? TimeSpan.FromMinutes(1);
        var edges = Enumerable
            .Range(0, parts)
            .Select(n => whole.Since + n * (whole.Until - whole.Since).Ticks / parts / step.Ticks * step)
            .Append(whole.Until)
            .ToList();
        return this with { Parts = [.. edges.Zip(edges.Skip(1), (from, to) => new Interval(from, to))] };
    }

    /// <summary>Occurrences: the stretches whose sums are needed, the windows' and what exclusions take out of each.</summary>
    public IEnumerable<Interval> Stretches() =>
        Windows().SelectMany(window => Budget.Exclusions.Clip(window.From, window.To).Prepend(window)).Distinct();

    /// <summary>Occurrences: a reading of those sums.</summary>
    public Reading Read(Func<Interval, Tally> sum, DateTimeOffset? watermark) =>
        Made(
            (window, excluded) =>
                excluded.Clip(window.From, window.To).Aggregate(sum(window), (left, one) => left.Without(sum(one))),
            watermark
        );

    /// <summary>Slices: the stretches whose slices are needed, each on the grid that begins with it; rolling windows share one.</summary>
    public IEnumerable<Interval> Grids()
    {
        var rolling = Periods.Where(period => !period.IsCalendar).Select(Of).ToList();
        var grids = Periods.Where(period => period.IsCalendar).Select(Of).Concat(Ended.Select(ended => ended.Window));
        return rolling.Count == 0 ? grids : grids.Prepend(new(rolling.Min(window => window.From), rolling[0].To));
    }

    /// <summary>Slices: a reading of the slices with events of each of those stretches.</summary>
    public Reading Read(
        IReadOnlyDictionary<Interval, IReadOnlyList<(DateTimeOffset Start, Tally Tally)>> slices,
        DateTimeOffset? watermark
    ) =>
        Made(
            (window, excluded) => Measure(window, excluded, slices.First(grid => Holds(grid.Key, window)).Value),
            watermark
        );

    /// <summary>A reading of a history, whatever the method, from the sums of any of its stretches.</summary>
    public Reading Over(Func<DateTimeOffset, DateTimeOffset, Tally> between, DateTimeOffset? watermark = null)
    {
        if (!BySlices)
            return Read(one => between(one.From, one.To), watermark);
        var length = Burn.Periods.SliceOf(Terms)!.Value;
        return Read(Grids().Distinct().ToDictionary(grid => grid, Slices), watermark);

        IReadOnlyList<(DateTimeOffset, Tally)> Slices(Interval grid)
        {
            var slices = new List<(DateTimeOffset, Tally)>();
            for (var start = grid.From; start < grid.To; start += length)
            {
                var end = start + length < grid.To ? start + length : grid.To;
                if (between(start, end) is { Total: var total } tally && total > 0)
                    slices.Add((start, tally));
            }

            return slices;
        }
    }

    private Reading Made(Func<Interval, IReadOnlyList<Interval>, Tally> measure, DateTimeOffset? watermark)
    {
        var first = Of(First());
        return new(
            Periods,
            [.. Periods.Select(period => Official(Of(period)))],
            watermark,
            [.. Ended.Select(ended => new EndedWindow(ended.Name, ended.Window, Official(ended.Window)))],
            Budget.Revision
        )
        {
            Parts = [.. Parts.Select(part => (part, Official(part)))],
            Unadjusted = Budget.Exclusions.Clip(first.From, first.To).Count > 0 ? measure(first, []) : null,
        };

        Tally Official(Interval window) => measure(window, Budget.Exclusions);
    }

    // A slice inside an exclusion is no slice; one that was there before anybody wanted it and had no events is none either.
    private Tally Measure(
        Interval window,
        IReadOnlyList<Interval> exclusions,
        IReadOnlyList<(DateTimeOffset Start, Tally Tally)> slices
    )
    {
        var length = Rational.Seconds(Burn.Periods.SliceOf(Terms)!.Value);
        var noData = Terms.Slice!.NoData;
        var from = noData == NoDataRule.Bad && Budget.OpenedAt > window.From ? Budget.OpenedAt : window.From;
        var silent = from < window.To ? Starts(window.From, new(from, window.To), length) : 0;
        foreach (var excluded in exclusions.Clip(from, window.To))
            silent -= Starts(window.From, excluded, length);
        var sums = default(SliceSums);
        foreach (var (start, tally) in slices)
        {
            if (start < window.From || start >= window.To || exclusions.Any(one => one.From <= start && start < one.To))
                continue;
            sums += Slicing.Of(tally, Terms.Slice.Target);
            silent -= start >= from ? 1 : 0;
        }

        return Slicing.Tally(sums, sums.Observed + silent, Terms.Method, noData);
    }

    private Period First() =>
        Periods.First(period =>
            period.Name == Terms.Windows[0].Duration && period.IsCalendar == (Terms.Windows[0].Calendar is not null)
        );

    // How many slices of the window's grid begin inside a stretch of it.
    private static long Starts(DateTimeOffset grid, Interval stretch, Rational length) =>
        (long)(
            Slicing.Count(Rational.Seconds(stretch.To - grid), length)
            - Slicing.Count(Rational.Seconds(stretch.From - grid), length)
        );

    private bool Holds(Interval grid, Interval window) =>
        grid == window
        || (
            grid.To >= window.To
            && grid.From <= window.From
            && (window.From - grid.From).Ticks % Burn.Periods.SliceOf(Terms)!.Value.Ticks == 0
        );

    private IEnumerable<Interval> Windows() =>
        Periods.Select(Of).Concat(Ended.Select(ended => ended.Window)).Concat(Parts);

    private static Interval Of(Period period) => new(period.Since, period.Until);
}
