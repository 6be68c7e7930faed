using CsCheck;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>Increases of counters become counts, exactly once.</summary>
public sealed class CountingTests
{
    private const string Good = """requests_total{code="200",instance="a",job="shop"}""";
    private const string Bad = """requests_total{code="500",instance="a",job="shop"}""";
    private static readonly SetSource Ratio = Book.Ratio("""requests_total{code!~"5.."}""", total: "requests_total");

    private static WrittenSeries At(string series, int seconds, double value, int? created = null) =>
        WrittenSeries.Of(
            series,
            Book.Noon.AddSeconds(seconds),
            value,
            created is { } s ? Book.Noon.AddSeconds(s) : null
        );

    [Fact]
    public void The_first_sample_of_a_series_that_was_there_before_us_counts_nothing_and_the_next_its_increase()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 1000), At(Bad, 15, 10));
        Assert.Equal((0, 0), book.Sum());
        book.One(At(Good, 30, 1100), At(Bad, 30, 13));
        Assert.Equal((100, 3), book.Sum());
    }

    [Fact]
    public void What_was_counted_up_to_a_moment_stands_in_the_ten_seconds_before_it()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 20, 1));
        book.One(At(Good, 30, 2));
        book.One(At(Good, 31, 4));
        Assert.Equal([new(Book.Noon.AddSeconds(20), 10, 1, 0), new(Book.Noon.AddSeconds(30), 10, 2, 0)], book.Buckets);
    }

    [Fact]
    public void A_sample_at_or_before_the_newest_is_a_repetition()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 1000));
        book.One(At(Good, 30, 1100));
        Assert.Equal(2, book.One(At(Good, 30, 1100), At(Good, 15, 1000)).Duplicates);
        Assert.Equal((100, 0), book.Sum());
    }

    [Fact]
    public void A_counter_that_goes_back_has_begun_anew_and_counts_whole()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 1000));
        book.One(At(Good, 30, 7));
        Assert.Equal((7, 0), book.Sum());
    }

    [Fact]
    public void A_lost_sample_moves_counts_and_loses_none()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 0));
        book.One(At(Good, 45, 90));
        Assert.Equal((90, 0), book.Sum());
    }

    [Fact]
    public void A_series_says_when_it_was_created_and_counts_whole_when_that_was_after_the_source_was_set()
    {
        var book = new Book().With(Ratio);
        book.Two(At(Good, 15, 40, created: 5), At(Bad, 15, 40, created: -5));
        Assert.Equal((40, 0), book.Sum());
    }

    [Fact]
    public void A_later_creation_is_a_reset_even_when_the_counter_is_higher()
    {
        var book = new Book().With(Ratio);
        book.Two(At(Good, 15, 40, created: -5));
        book.Two(At(Good, 30, 50, created: 16));
        Assert.Equal((50, 0), book.Sum());
    }

    [Fact]
    public void A_series_that_joins_a_target_read_twice_before_is_new_and_counts_whole()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 100));
        book.One(At(Good, 30, 100));
        book.One(At(Good, 45, 100), At(Bad, 45, 2));
        Assert.Equal((0, 2), book.Sum());
    }

    [Fact]
    public void A_series_of_a_target_read_only_once_before_may_have_been_missed_there_and_counts_from_its_first()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 100));
        book.One(At(Good, 30, 100), At(Bad, 30, 2));
        Assert.Equal((0, 0), book.Sum());
    }

    [Fact]
    public void After_a_stale_marker_the_same_counter_goes_on()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 100));
        var stale = BitConverter.UInt64BitsToDouble(0x7ff0000000000002);
        Assert.Equal(0, book.One(At(Good, 30, stale)).Troubles.Count);
        book.One(At(Good, 45, 130));
        Assert.Equal((30, 0), book.Sum());
    }

    [Fact]
    public void A_sender_that_moves_to_the_newer_protocol_goes_on_with_its_counters()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 100));
        book.Two(At(Good, 30, 130));
        Assert.Equal((30, 0), book.Sum());
    }

    [Theory]
    [InlineData(double.NaN, "not-a-count")]
    [InlineData(double.PositiveInfinity, "not-a-count")]
    [InlineData(-1, "not-a-count")]
    [InlineData(1.5, "not-a-count")]
    [InlineData(1e300, "not-a-count")]
    public void A_value_that_counts_no_events_is_refused_and_the_others_are_counted(double value, string reason)
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 100), At(Bad, 15, 0));
        var applied = book.One(At(Good, 30, value), At(Bad, 30, 1));
        Assert.Equal([reason], applied.Troubles.All.Select(one => one.Reason));
        Assert.Equal((0, 1), book.Sum());
        book.One(At(Good, 45, 105));
        Assert.Equal((5, 1), book.Sum());
    }

    [Theory]
    [InlineData(365, "in-the-future")]
    [InlineData(-401, "too-old")]
    public void Moments_that_cannot_be_are_refused(int days, string reason)
    {
        var applied = new Book().With(Ratio).One(At(Good, days * 86400, 1));
        Assert.Equal([reason], applied.Troubles.All.Select(one => one.Reason));
    }

    [Fact]
    public void A_leap_that_no_counter_of_events_makes_is_refused_and_counting_goes_on_from_there()
    {
        var book = new Book().With(Ratio);
        book.One(At(Good, 15, 0));
        Assert.Equal(1, book.One(At(Good, 30, 2e12)).Troubles.Count);
        book.One(At(Good, 45, 2e12 + 3));
        Assert.Equal((3, 0), book.Sum());
    }

    [Fact]
    public void More_series_than_a_source_may_have_are_refused()
    {
        var book = new Book(mostSeries: 10).With(Book.Ratio("requests_total{code=\"200\"}", bad: "errors_total"));
        var many = Enumerable.Range(0, 25).Select(i => At($$"""requests_total{code="200",path="{{i}}"}""", 15, 1));
        var applied = book.One([.. many]);
        Assert.Equal((15, "too-many-series"), (applied.Troubles.Count, applied.Troubles.All.Single().Reason));
    }

    [Fact]
    public void Of_equal_senders_one_leads_until_it_is_silent()
    {
        const string a = """requests_total{__replica__="a",cluster="eu",code="200"}""";
        const string b = """requests_total{__replica__="b",cluster="eu",code="200"}""";
        var book = new Book().With(Ratio);
        book.One(At(a, 15, 100));
        // Its clock is ahead and its scrape was earlier: as a sample of the same counter it would look like a reset.
        Assert.Equal(1, book.One(At(b, 16, 90)).Duplicates);
        book.One(At(a, 30, 110));
        book.Restart();
        book.Now = book.Now.AddSeconds(20);
        Assert.Equal(1, book.One(At(b, 31, 95)).Duplicates);
        book.Now = book.Now.AddSeconds(31);
        book.One(At(b, 90, 150));
        Assert.Equal((50, 0), book.Sum());
    }

    [Fact]
    public void Whatever_order_duplicates_and_losses_counts_are_the_last_minus_the_first() =>
        Gen.Select(Gen.Int[0, 50].Array[2, 30], Gen.Int[0, 1_000_000], Gen.Int)
            .Sample(
                (steps, first, seed) =>
                {
                    var book = new Book().With(Ratio);
                    var value = (long)first;
                    List<WrittenSeries> samples = [At(Good, 15, value)];
                    for (var i = 0; i < steps.Length; i++)
                        samples.Add(At(Good, 30 + 15 * i, value += steps[i]));
                    book.One(samples[0]);
                    // Each comes once or more, out of order, and a restart in between loses nothing.
                    var random = new Random(seed);
                    var sent = samples.Concat(samples.Where(_ => random.Next(2) == 0)).ToArray();
                    random.Shuffle(sent);
                    foreach (var sample in sent)
                    {
                        book.One(sample);
                        if (random.Next(5) == 0)
                            book.Restart();
                    }

                    book.One(samples[^1]);
                    Assert.Equal((steps.Sum(), 0), book.Sum());
                }
            );
}
