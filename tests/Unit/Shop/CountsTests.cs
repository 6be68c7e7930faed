using Steady.Contracts.Budgets;
using Steady.Shop.Counts;
using Xunit;

namespace Steady.Tests.Unit.Shop;

public sealed class CountsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Requests_of_the_same_ten_seconds_share_a_bucket_that_starts_on_a_whole_ten()
    {
        var tally = new Tally();
        tally.Count(good: true, Noon.AddSeconds(3.2));
        tally.Count(good: false, Noon.AddSeconds(9.999));
        tally.Count(good: true, Noon.AddSeconds(10));
        Assert.Equal([new CountBucket(Noon, 10, 1, 1), new CountBucket(Noon.AddSeconds(10), 10, 1, 0)], tally.Drain());
    }

    [Fact]
    public void What_was_drained_is_not_drained_again()
    {
        var tally = new Tally();
        tally.Count(good: true, Noon);
        tally.Drain();
        Assert.Empty(tally.Drain());
        tally.Count(good: false, Noon);
        Assert.Equal([new CountBucket(Noon, 10, 0, 1)], tally.Drain());
    }

    [Fact]
    public void After_an_hour_without_anybody_fetching_the_oldest_are_given_up_and_said_to_be()
    {
        var tally = new Tally();
        for (var bucket = 0; bucket < Tally.Most + 2; bucket++)
            tally.Count(good: true, Noon.AddSeconds(bucket * Tally.Seconds));
        Assert.Equal(2, tally.Lost);
        var left = tally.Drain();
        Assert.Equal(Tally.Most, left.Count);
        Assert.Equal(Noon.AddSeconds(2 * Tally.Seconds), left[0].Start);
    }

    [Fact]
    public void Nothing_counted_is_nothing_to_send() => Assert.Null(new Batches("checkout-1").Next(() => []));

    [Fact]
    public void A_batch_stays_the_same_under_the_same_number_until_it_has_arrived()
    {
        var tally = new Tally();
        var batches = new Batches("checkout-1");
        tally.Count(good: true, Noon);
        var first = batches.Next(tally.Drain);
        tally.Count(good: false, Noon);
        Assert.Same(first, batches.Next(tally.Drain));
        Assert.Equal(
            ("checkout-1", 1, 1, 0),
            (first!.Source, first.Sequence, first.Buckets[0].Good, first.Buckets[0].Bad)
        );

        batches.Done();
        var second = batches.Next(tally.Drain);
        Assert.Equal((2, 0, 1), (second!.Sequence, second.Buckets[0].Good, second.Buckets[0].Bad));
    }
}
