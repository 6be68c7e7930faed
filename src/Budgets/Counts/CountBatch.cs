using System.Buffers.Binary;
using System.Security.Cryptography;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Counts;

/// <summary>A batch in its one form: buckets merged and in order, so that the same counts have the same hash.</summary>
public sealed record CountBatch(string Source, long Sequence, IReadOnlyList<CountBucket> Buckets, byte[] Hash)
{
    private const long MostPerBucket = 1_000_000_000_000;
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Oldest = TimeSpan.FromDays(400);

    /// <summary>End of the newest bucket.</summary>
    public DateTimeOffset End => Buckets.Max(bucket => bucket.Start.AddSeconds(bucket.Seconds));

    public static CountBatch From(RecordCounts counts)
    {
        var merged = counts
            .Buckets.GroupBy(bucket => (Start: bucket.Start.ToUniversalTime(), bucket.Seconds))
            .OrderBy(same => same.Key.Start)
            .ThenBy(same => same.Key.Seconds)
            .Select(same => new CountBucket(
                same.Key.Start,
                same.Key.Seconds,
                same.Sum(bucket => bucket.Good),
                same.Sum(bucket => bucket.Bad)
            ))
            .ToList();
        return new CountBatch(counts.Source, counts.Sequence, merged, HashOf(merged));
    }

    /// <summary>Everything that is wrong with a batch; empty when it can be taken.</summary>
    public static IReadOnlyList<Finding> Check(RecordCounts counts, DateTimeOffset now)
    {
        var findings = new List<Finding>();
        for (var i = 0; i < counts.Buckets.Count; i++)
        {
            if (counts.Buckets[i] is not var (start, seconds, good, bad))
            {
                findings.Add(new Finding($"buckets[{i}]", "This bucket is missing.", "start, seconds, good and bad."));
                continue;
            }

            if (seconds is not (10 or 60 or 3600))
                Add("seconds", "This length is not kept.", "10, 60 or 3600.");
            else if (start.UtcTicks % (seconds * TimeSpan.TicksPerSecond) != 0)
                Add("start", "The start is not aligned.", $"A whole multiple of {seconds} s since 1970-01-01T00:00Z.");
            if (start > now + Ahead)
                Add("start", "The bucket lies in the future.", $"A start up to 60 s after now, {now:O}.");
            if (start < now - Oldest)
                Add("start", "The bucket is too old.", $"A start of at most 400 days before now, {now:O}.");
            if (good is < 0 or > MostPerBucket)
                Add("good", "This is no count.", "0 to 1,000,000,000,000.");
            if (bad is < 0 or > MostPerBucket)
                Add("bad", "This is no count.", "0 to 1,000,000,000,000.");

            void Add(string member, string message, string accepted) =>
                findings.Add(new Finding($"buckets[{i}].{member}", message, accepted));
        }

        return findings;
    }

    private static byte[] HashOf(IReadOnlyList<CountBucket> buckets)
    {
        const int size = 28;
        var bytes = new byte[size * buckets.Count];
        for (var i = 0; i < buckets.Count; i++)
        {
            var bucket = bytes.AsSpan(size * i, size);
            BinaryPrimitives.WriteInt64BigEndian(bucket, buckets[i].Start.UtcTicks);
            BinaryPrimitives.WriteInt32BigEndian(bucket[8..], buckets[i].Seconds);
            BinaryPrimitives.WriteInt64BigEndian(bucket[12..], buckets[i].Good);
            BinaryPrimitives.WriteInt64BigEndian(bucket[20..], buckets[i].Bad);
        }

        return SHA256.HashData(bytes);
    }
}
