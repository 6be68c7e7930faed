using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>Two counters that are read together: what the total counts more than the good ones is bad.</summary>
public sealed class PairTests
{
    private static readonly SetSource Latency = Book.Latency("""seconds{job="shop"}""", 0.3m);

    private static WrittenSeries Bucket(string le, int seconds, double value) =>
        WrittenSeries.Of($$"""seconds_bucket{job="shop",le="{{le}}"}""", Book.Noon.AddSeconds(seconds), value);

    [Fact]
    public void Of_a_histogram_the_bucket_of_the_threshold_is_good_and_the_rest_bad()
    {
        var book = new Book().With(Latency);
        book.One(Bucket("0.1", 15, 5), Bucket("0.3", 15, 10), Bucket("+Inf", 15, 12));
        book.One(Bucket("0.1", 30, 6), Bucket("0.3", 30, 18), Bucket("+Inf", 30, 23));
        Assert.Equal((8, 3), book.Sum());
    }

    [Fact]
    public void The_halves_may_come_in_different_requests_and_in_any_order()
    {
        var book = new Book().With(Latency);
        book.One(Bucket("+Inf", 15, 12));
        book.One(Bucket("0.3", 15, 10));
        book.One(Bucket("0.3", 30, 18));
        Assert.Equal((0, 0), book.Sum());
        book.One(Bucket("+Inf", 30, 23));
        Assert.Equal((8, 3), book.Sum());
    }

    [Fact]
    public void A_half_that_is_lost_in_a_crash_is_made_up_for_by_the_next_pair()
    {
        var book = new Book().With(Latency);
        book.One(Bucket("0.3", 15, 10), Bucket("+Inf", 15, 12));
        book.One(Bucket("0.3", 30, 18));
        book.Restart();
        book.One(Bucket("+Inf", 30, 23));
        book.One(Bucket("0.3", 45, 20), Bucket("+Inf", 45, 25));
        Assert.Equal((10, 3), book.Sum());
    }

    [Fact]
    public void A_good_one_that_is_counted_before_the_total_makes_no_negative_bad()
    {
        var book = new Book().With(Latency);
        book.One(Bucket("0.3", 15, 10), Bucket("+Inf", 15, 12));
        book.One(Bucket("0.3", 30, 15), Bucket("+Inf", 30, 16));
        Assert.Equal((5, 0), book.Sum());
        book.Restart();
        book.One(Bucket("0.3", 45, 15), Bucket("+Inf", 45, 18));
        Assert.Equal((5, 1), book.Sum());
    }

    [Fact]
    public void A_threshold_between_bounds_is_refused_and_the_bounds_are_named()
    {
        var book = new Book().With(Latency);
        WrittenSeries[] Scrape(int at) =>
            [Bucket("0.1", at, 5), Bucket("0.25", at, 8), Bucket("0.5", at, 9), Bucket("+Inf", at, 9)];
        Assert.Equal(0, book.One(Scrape(15)).Troubles.Count);
        var trouble = book.One(Scrape(30)).Troubles.All.Single();
        Assert.Equal("between-bounds", trouble.Reason);
        Assert.Contains(
            "The threshold 0.3 lies between 0.25 and 0.5, where the histogram has no bound. Its bounds: 0.1, 0.25, 0.5.",
            trouble.Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Two_metrics_pair_by_their_labels()
    {
        var book = new Book().With(Book.Ratio("good_total", total: "all_total"));
        WrittenSeries At(string series, int seconds, double value) =>
            WrittenSeries.Of(series, Book.Noon.AddSeconds(seconds), value);
        book.One(At("good_total{i=\"1\"}", 15, 1), At("all_total{i=\"1\"}", 15, 1), At("all_total{i=\"2\"}", 15, 1));
        var second = book.One(
            At("good_total{i=\"1\"}", 30, 4),
            At("all_total{i=\"1\"}", 30, 6),
            At("all_total{i=\"2\"}", 30, 6)
        );
        Assert.Equal((3, 2), book.Sum());
        Assert.Equal("unpaired", second.Troubles.All.Single().Reason);
    }

    [Fact]
    public void A_good_series_outside_the_total_is_refused()
    {
        var book = new Book().With(Book.Ratio("""r{code="200"}""", total: """r{method="GET"}"""));
        var applied = book.One(WrittenSeries.Of("""r{code="200",method="PUT"}""", Book.Noon, 1));
        Assert.Equal("outside-total", applied.Troubles.All.Single().Reason);
    }
}
