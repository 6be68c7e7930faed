using CsCheck;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class CountBatchTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 5, TimeSpan.Zero);
    private static readonly DateTimeOffset Minute = new(2026, 11, 24, 9, 59, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(0, 60, 1, 1, null)]
    [InlineData(10, 10, 0, 0, null)]
    [InlineData(120, 60, 1, 0, null)] // 55 s ahead
    [InlineData(0, 30, 1, 0, "seconds")]
    [InlineData(0, 3600, 1, 0, "start")] // no whole hour
    [InlineData(5, 10, 1, 0, "start")]
    [InlineData(130, 10, 1, 0, "start")] // 65 s ahead
    [InlineData(-400 * 86_400, 60, 1, 0, "start")]
    [InlineData(0, 60, -1, 0, "good")]
    [InlineData(0, 60, 0, -1, "bad")]
    [InlineData(0, 60, 1_000_000_000_001, 0, "good")]
    public void A_bucket_is_checked(int second, int seconds, long good, long bad, string? member)
    {
        var findings = CountBatch.Check(Batch(new CountBucket(Minute.AddSeconds(second), seconds, good, bad)), Now);
        Assert.Equal(member is null ? [] : [$"buckets[0].{member}"], findings.Select(finding => finding.Path));
    }

    [Fact]
    public void Every_wrong_bucket_is_told()
    {
        var findings = CountBatch.Check(
            Batch(new(Minute, 7, 1, 0), new(Minute, 60, 1, 0), new(Minute, 10, -1, -1)),
            Now
        );
        Assert.Equal(
            ["buckets[0].seconds", "buckets[2].good", "buckets[2].bad"],
            findings.Select(finding => finding.Path)
        );
    }

    [Fact]
    public void A_bucket_that_is_null_is_told() =>
        Assert.Equal("buckets[1]", Assert.Single(CountBatch.Check(Batch(new(Minute, 60, 1, 0), null!), Now)).Path);

    [Fact]
    public void The_same_bucket_twice_is_their_sum()
    {
        var elsewhere = Minute.ToOffset(TimeSpan.FromHours(2));
        var batch = CountBatch.From(Batch(new(Minute, 60, 1, 2), new(elsewhere, 60, 10, 20), new(Minute, 10, 5, 5)));
        Assert.Equal([new(Minute, 10, 5, 5), new CountBucket(Minute, 60, 11, 22)], batch.Buckets);
        Assert.Equal(Minute.AddSeconds(60), batch.End);
    }

    [Fact]
    public void Other_counts_have_another_hash() =>
        Assert.NotEqual(
            CountBatch.From(Batch(new CountBucket(Minute, 60, 1, 2))).Hash,
            CountBatch.From(Batch(new CountBucket(Minute, 60, 2, 1))).Hash
        );

    [Fact]
    public void In_any_order_it_is_the_same_batch()
    {
        var bucket = Gen.Select(Gen.Int[0, 20], Gen.Bool.Select(fine => fine ? 10 : 60), Gen.Int[0, 9], Gen.Int[0, 9])
            .Select((slot, seconds, good, bad) => new CountBucket(Minute.AddSeconds(60 * slot), seconds, good, bad));
        Gen.Select(bucket.Array[1, 30], Gen.Int)
            .Sample(
                (buckets, seed) =>
                {
                    var shuffled = (CountBucket[])buckets.Clone();
                    new Random(seed).Shuffle(shuffled);
                    var (one, other) = (CountBatch.From(Batch(buckets)), CountBatch.From(Batch(shuffled)));
                    return one.Hash.SequenceEqual(other.Hash) && one.Buckets.SequenceEqual(other.Buckets);
                }
            );
    }

    private static RecordCounts Batch(params CountBucket[] buckets) => new("checkout-1", 1, buckets);
}
