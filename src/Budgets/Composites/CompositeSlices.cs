using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>The slices of a composite in order, summed up, so that any window of them is two searches. Pure.</summary>
public sealed class CompositeSlices
{
    private readonly long[] starts;
    private readonly Tally[] sums;

    /// <param name="graph">How the parts work together.</param>
    /// <param name="parts">The slices of each part that had events: when they began, and whether they were good.</param>
    public CompositeSlices(
        CompositePart graph,
        IReadOnlyDictionary<string, IReadOnlyList<(DateTimeOffset Start, bool Good)>> parts
    )
    {
        var counts = parts.ToDictionary(
            part => part.Key,
            part => new PartCounts(
                0,
                default,
                (part.Value.Where(one => !one.Good).Select(one => one.Start).ToHashSet(), EmptyStarts)
            )
        );
        var observed = parts.Values.SelectMany(part => part.Select(one => one.Start)).Distinct().Order().ToList();
        starts = [.. observed.Select(start => start.UtcTicks)];
        sums = new Tally[starts.Length + 1];
        for (var i = 0; i < starts.Length; i++)
            sums[i + 1] =
                sums[i] + (CompositeStatuses.IsGood(graph, observed[i], counts) ? new Tally(1, 0) : new Tally(0, 1));
    }

    private static IReadOnlySet<DateTimeOffset> EmptyStarts { get; } = new HashSet<DateTimeOffset>();

    /// <summary>Good and bad slices that began in [since, until).</summary>
    public Tally Between(DateTimeOffset since, DateTimeOffset until)
    {
        var (before, upTo) = (sums[Before(since)], sums[Before(until)]);
        return new(upTo.Good - before.Good, upTo.Bad - before.Bad);
    }

    private int Before(DateTimeOffset moment)
    {
        var found = Array.BinarySearch(starts, moment.UtcTicks);
        return found < 0 ? ~found : found;
    }
}
