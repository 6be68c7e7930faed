using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Unit.Budgets.Intake;

/// <summary>A source has room for so many series. Making room never takes the one that is in hand.</summary>
public sealed class RoomTests
{
    private static readonly SetSource Ratio = Book.Ratio("requests_total{code!~\"5..\"}", total: "requests_total");

    private static WrittenSeries At(int instance, int code, long seconds, double value) =>
        WrittenSeries.Of(
            $$"""requests_total{code="{{code}}",instance="{{instance}}",job="shop"}""",
            Book.Noon.AddSeconds(seconds),
            value
        );

    [Fact]
    public void A_series_and_its_target_come_when_there_is_room_for_one_of_them()
    {
        // One and its target, and the second one; its target makes room, and must not make it of the second one.
        var book = new Book(mostSeries: 3).With(Ratio);
        book.One(At(1, 200, 15, 100));
        Assert.Equal(0, book.One(At(2, 200, 16, 100)).Troubles.Count);
        Assert.Equal(0, book.One(At(2, 200, 31, 107)).Troubles.Count);
        Assert.Equal((7, 0), book.Sum());
    }

    [Fact]
    public void What_was_forgotten_to_make_room_is_not_newly_born_after_a_restart()
    {
        var book = new Book(mostSeries: 8) { Now = Book.Noon.AddHours(1) }.With(Ratio);
        book.One(At(1, 200, 15, 100));
        book.One(At(1, 200, 30, 110));
        // A day later others come, and make room of the one that was silent.
        const int later = 90_000;
        book.Now = Book.Noon.AddSeconds(later);
        for (var instance = 2; instance <= 5; instance++)
            book.One(At(instance, 200, later + instance, 1));
        book.Restart();
        book.One(At(1, 500, later + 20, 1));
        book.One(At(1, 500, later + 35, 1));
        book.One(At(1, 200, later + 50, 112));
        Assert.Equal((10, 0), book.Sum());
    }

    [Fact]
    public void Whatever_comes_and_goes_where_room_is_short_no_more_is_counted_than_happened_and_nothing_breaks()
    {
        var first = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seeds from {first}");
        for (var seed = first; seed < first + 10_000; seed++)
        {
            var random = new Random(seed);
            var book = new Book(mostSeries: random.Next(2, 9)) { Now = Book.Noon }.With(Ratio);
            var values = new Dictionary<(int, int), int>();
            for (var (step, seconds) = (0, 0L); step < 12; step++)
            {
                seconds += random.Next(12) == 0 ? 90_000 : random.Next(15, 90);
                book.Now = Book.Noon.AddSeconds(seconds);
                var came = Enumerable
                    .Range(0, random.Next(1, 5))
                    .Select(_ => (Instance: random.Next(4), Code: random.Next(2) == 0 ? 200 : 500))
                    .Distinct()
                    .ToList();
                foreach (var series in came)
                    values[series] = values.GetValueOrDefault(series) + random.Next(5);
                book.One([.. came.Select(one => At(one.Instance, one.Code, seconds, values[one]))]);
                if (random.Next(8) == 0)
                    book.Restart();
            }

            var (good, bad) = book.Sum();
            Assert.True(
                good <= values.Where(one => one.Key.Item2 == 200).Sum(one => one.Value)
                    && bad <= values.Where(one => one.Key.Item2 == 500).Sum(one => one.Value),
                $"{good} good and {bad} bad for seed {seed}"
            );
        }
    }
}
