namespace Steady.Budgets.Burn;

/// <summary>A stretch of time; its end does not belong to it.</summary>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset To);

/// <summary>What exclusions are made of: intervals that overlap count once.</summary>
public static class Intervals
{
    /// <summary>The same time in order and without overlaps.</summary>
    public static IReadOnlyList<Interval> Union(this IEnumerable<Interval> intervals)
    {
        var union = new List<Interval>();
        foreach (var next in intervals.Where(one => one.From < one.To).OrderBy(one => one.From))
        {
            if (union.Count > 0 && next.From <= union[^1].To)
                union[^1] = union[^1] with { To = next.To > union[^1].To ? next.To : union[^1].To };
            else
                union.Add(next);
        }

        return union;
    }

    /// <summary>What of them lies in [since, until).</summary>
    public static IReadOnlyList<Interval> Clip(
        this IEnumerable<Interval> intervals,
        DateTimeOffset since,
        DateTimeOffset until
    ) =>
        [
            .. intervals
                .Select(one => new Interval(one.From > since ? one.From : since, one.To < until ? one.To : until))
                .Where(one => one.From < one.To),
        ];

    public static TimeSpan Length(this IEnumerable<Interval> union) =>
        union.Aggregate(TimeSpan.Zero, (sum, one) => sum + (one.To - one.From));

    /// <summary>The most of it that any window of this length covers. Such a window begins or ends where an interval does.</summary>
    public static TimeSpan MostWithin(this IReadOnlyList<Interval> union, TimeSpan window) =>
        union
            .SelectMany(one => (Interval[])[new(one.From, one.From + window), new(one.To - window, one.To)])
            .Select(place => union.Clip(place.From, place.To).Length())
            .DefaultIfEmpty(TimeSpan.Zero)
            .Max();

    /// <summary>Good and bad events without those of a part of the same time.</summary>
    public static Tally Without(this Tally whole, Tally part) => new(whole.Good - part.Good, whole.Bad - part.Bad);
}
