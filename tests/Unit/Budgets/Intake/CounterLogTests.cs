using Steady.Budgets.Intake;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>What is remembered as rows and logs is what was in memory, whenever it is read back.</summary>
public sealed class CounterLogTests
{
    [Fact]
    public void A_book_read_back_after_each_request_counts_like_one_that_stayed_in_memory()
    {
        for (var round = 0; round < 5; round++)
        {
            var seed = Random.Shared.Next();
            var random = new Random(seed);
            // Room for 40 series of some 60, so that counters go as well as come; logs are folded every few requests.
            var (stayed, left) = (Sources(new Book(40, int.MaxValue)), Sources(new Book(40, 500)));
            var folds = 0;
            for (var step = 0; step < 120; step++)
            {
                stayed.Now = left.Now = Book.Noon.AddMinutes(5 * step);
                var (series, deltas) = (Written(random, stayed.Now), random.Next());
                var (one, other) =
                    random.Next(2) == 0
                        ? (stayed.One(series), left.One(series))
                        : (stayed.Two(series), left.Two(series));
                Assert.True(Same(one, other), $"step {step} of seed {seed}");
                left.Restart();
                Assert.True(Same(Deltas(stayed, deltas), Deltas(left, deltas)), $"step {step} of seed {seed}");
                folds += left.Logs.Count == 0 ? 1 : 0;
                left.Restart();
            }

            Assert.True(stayed.Sum() == left.Sum() && stayed.Sum("deltas") == left.Sum("deltas"), $"seed {seed}");
            Assert.True(stayed.Sum() != default && folds > 5 && stayed.Logs.Count > 100, $"seed {seed}");
        }
    }

    [Fact]
    public void A_counter_that_moved_takes_a_few_bytes()
    {
        var book = new Book().With(Book.Ratio("""r{code!~"5.."}""", total: "r"));
        for (var minute = 0; minute < 2; minute++)
        {
            var at = Book.Noon.AddMinutes(minute);
            book.One([
                .. Enumerable.Range(0, 1000).Select(i => WrittenSeries.Of($$"""r{i="{{i}}"}""", at, 1_000_000 + i)),
            ]);
        }

        Assert.InRange(book.Logs[^1].Length, 5_000, 6_500);
    }

    [Fact]
    public void Stored_counters_of_another_version_or_cut_short_are_not_read()
    {
        Assert.Throws<InvalidDataException>(() => new CounterBook(10).Replay([9], 1));
        Assert.Throws<InvalidDataException>(() => new CounterBook(10).Replay([1, 2, 5, 65], 1));
    }

    private static Book Sources(Book book) =>
        book.With(Book.Ratio("""r{code!~"5.."}""", total: "r"))
            .With(new SetSource(SourceOrigin.Otlp, new CounterTerms("d", Bad: "never")), "deltas");

    private static WrittenSeries[] Written(Random random, DateTimeOffset now) =>
        [
            .. Enumerable
                .Range(0, random.Next(1, 25))
                .Select(_ =>
                {
                    var at = now.AddSeconds(-random.Next(0, 400));
                    var code = random.Next(200, 206) + 300 * random.Next(2);
                    var name = $$"""r{code="{{code}}",instance="{{random.Next(4)}}",pod="{{random.Next(3)}}"}""";
                    var value = random.Next(20) == 0 ? double.NaN : random.Next(0, 100_000);
                    return WrittenSeries.Of(name, at, value, random.Next(5) == 0 ? at.AddHours(-1) : null);
                }),
        ];

    private static Applied Deltas(Book book, int seed)
    {
        var random = new Random(seed);
        return book.Take(delivery =>
        {
            for (var i = random.Next(1, 10); i > 0; i--)
            {
                var labels = LabelBytes.Of([new("__name__", "d"), new("i", $"{random.Next(5)}")]);
                var at = Nanos.Of(book.Now) - random.Next(1, 50) * Nanos.Bucket;
                var route = book.Of(SourceOrigin.Otlp).Find(labels).Routes[0];
                delivery.Add(route, Shape.Delta, at, at - Nanos.Bucket, random.Next(100));
            }
        });
    }

    private static bool Same(Applied one, Applied other) =>
        (one.Counted, one.Duplicates) == (other.Counted, other.Duplicates)
        && one.Troubles.All.SequenceEqual(other.Troubles.All);
}
