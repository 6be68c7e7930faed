using System.Numerics;

namespace Steady.Budgets.Burn;

/// <summary>
/// Why counts come out right whatever happens to them on the way: buckets only ever add up, a batch counts once by its
/// name, and a counter tells differences.
/// </summary>
public static class Additive
{
    /// <summary>All buckets and all late ones, added. The order does not matter.</summary>
    public static Tally Sum(IEnumerable<(DateTimeOffset Start, Tally Tally)> buckets) =>
        buckets.Aggregate(default(Tally), (sum, bucket) => sum + bucket.Tally);

    /// <summary>What was known before a correction was recorded: what is known now without the corrections recorded since.</summary>
    public static Tally AsOf(
        Tally now,
        IEnumerable<(DateTimeOffset RecordedAt, Tally Added)> corrections,
        DateTimeOffset moment
    ) =>
        corrections
            .Where(correction => correction.RecordedAt > moment)
            .Aggregate(now, (sum, correction) => new(sum.Good - correction.Added.Good, sum.Bad - correction.Added.Bad));

    /// <summary>Each batch once, by source and sequence, however often it was delivered.</summary>
    public static Tally Once(IEnumerable<((string Source, long Sequence) Batch, Tally Tally)> deliveries) =>
        deliveries
            .DistinctBy(delivery => delivery.Batch)
            .Aggregate(default(Tally), (sum, delivery) => sum + delivery.Tally);

    /// <summary>
    /// By how much a counter rose over its readings. A reading below the one before is a restart from nothing, so all of it
    /// was added since. Nothing is extrapolated.
    /// </summary>
    public static long Increase(IReadOnlyList<long> readings) =>
        readings.Zip(readings.Skip(1), (before, after) => after < before ? after : after - before).Sum();

    /// <summary>What lies outside of all intervals: inside, good and bad count neither way, and slices are no slices.</summary>
    public static IEnumerable<(DateTimeOffset Start, Tally Tally)> Outside(
        IEnumerable<(DateTimeOffset Start, Tally Tally)> buckets,
        IReadOnlyList<Interval> excluded
    ) => buckets.Where(bucket => !excluded.Any(one => one.From <= bucket.Start && bucket.Start < one.To));

    /// <summary>
    /// Parts of a whole number of failures: the background first (its rate times all events, rounded down), then each
    /// cause in order, none more than is left, and the rest. They always add up to the whole.
    /// </summary>
    public static (long Background, IReadOnlyList<long> Causes, long Left) Parts(
        long bad,
        Rational backgroundRate,
        long events,
        IReadOnlyList<long> causes
    )
    {
        var background = (long)BigInteger.Min(bad, (backgroundRate * events).Floor);
        var rest = bad - background;
        var parts = new List<long>();
        foreach (var cause in causes)
        {
            parts.Add(Math.Min(cause, rest));
            rest -= parts[^1];
        }

        return (background, parts, rest);
    }
}
