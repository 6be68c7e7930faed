using Steady.Contracts.Budgets;

namespace Steady.Shop.Counts;

/// <summary>Counts good and bad requests per ten seconds of the clock on the wall.</summary>
public sealed class Tally
{
    /// <summary>The length of a bucket.</summary>
    public const int Seconds = 10;

    /// <summary>How many buckets wait at most: an hour. Beyond that the oldest are given up.</summary>
    public const int Most = 360;

    private readonly SortedDictionary<long, (long Good, long Bad)> buckets = [];
    private readonly Lock gate = new();
    private long lost;

    /// <summary>Requests that were counted and then given up, because nobody fetched them for too long.</summary>
    public long Lost => Interlocked.Read(ref lost);

    public void Count(bool good, DateTimeOffset at)
    {
        lock (gate)
        {
            var bucket = Math.DivRem(at.ToUnixTimeSeconds(), Seconds).Quotient;
            var sum = buckets.GetValueOrDefault(bucket);
            buckets[bucket] = good ? (sum.Good + 1, sum.Bad) : (sum.Good, sum.Bad + 1);
            if (buckets.Count <= Most)
                return;
            var (oldest, (lostGood, lostBad)) = buckets.First();
            buckets.Remove(oldest);
            lost += lostGood + lostBad;
        }
    }

    /// <summary>Takes out what was counted since the last time, oldest first.</summary>
    public IReadOnlyList<CountBucket> Drain()
    {
        lock (gate)
        {
            var drained = buckets
                .Select(bucket => new CountBucket(
                    DateTimeOffset.FromUnixTimeSeconds(bucket.Key * Seconds),
                    Seconds,
                    bucket.Value.Good,
                    bucket.Value.Bad
                ))
                .ToList();
            buckets.Clear();
            return drained;
        }
    }
}
