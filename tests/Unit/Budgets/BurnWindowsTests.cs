using CsCheck;
using Steady.Budgets.Burn;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class BurnWindowsTests
{
    private static readonly DateTimeOffset Epoch = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    // Buckets over 33 days, and a moment near their end.
    private static readonly Gen<(DateTimeOffset Start, Tally Tally)[]> Buckets = Gen.Select(
            Gen.Int[0, 33 * 8_640],
            Gen.Long[0, 1_000],
            Gen.Long[0, 50]
        )
        .Select((slot, good, bad) => (Epoch.AddSeconds(10 * slot), new Tally(good, bad)))
        .Array[0, 200];

    private static readonly Gen<DateTimeOffset> Moments = Gen.Long[30L * 86_400_000, 33L * 86_400_000]
        .Select(milliseconds => Epoch.AddMilliseconds(milliseconds));

    [Fact]
    public void A_month_has_eight_windows() =>
        Assert.Equal(["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"], Names("30d"));

    [Fact]
    public void Windows_longer_than_the_objectives_are_left_out() =>
        Assert.Equal(["5m", "30m", "1h", "2h", "6h", "1d"], Names("1d"));

    [Theory]
    [InlineData("24h", 1)]
    [InlineData("4w", 28)]
    [InlineData("30d", 30)]
    public void A_window_is_its_name(string name, int days) =>
        Assert.Equal(TimeSpan.FromDays(days), Window.Parse(name).Length);

    [Fact]
    public void A_bucket_belongs_to_a_window_from_its_beginning_on_and_until_the_moment()
    {
        var t = Epoch.AddDays(1);
        var windows = BurnWindows.Of(Window.Parse("30d"));
        Assert.Equal(0, Read(windows, t, [(t, new Tally(1, 0))])[^1].Good);
        Assert.Equal(1, Read(windows, t, [(t.AddSeconds(-10), new Tally(1, 0))])[0].Good);
        Assert.Equal(1, Read(windows, t, [(t.AddMinutes(-5), new Tally(1, 0))])[0].Good);
        Assert.Equal(0, Read(windows, t, [(t.AddMinutes(-5).AddSeconds(-10), new Tally(1, 0))])[0].Good);
    }

    [Fact]
    public void Sums_from_hours_and_buckets_are_the_sums_of_the_buckets() =>
        Gen.Select(Buckets, Moments)
            .Sample(
                (buckets, t) =>
                {
                    var windows = BurnWindows.Of(Window.Parse("30d"));
                    var expected = windows.Select(window => Naive(buckets, t - window.Length, t));
                    return expected.SequenceEqual(Read(windows, t, buckets));
                },
                iter: 2_000
            );

    [Fact]
    public void Pieces_meet_without_a_gap_and_hours_are_whole() =>
        Moments.Sample(t =>
        {
            var windows = BurnWindows.Of(Window.Parse("4w"));
            var pieces = BurnWindows.Stretches(windows, t).OrderBy(piece => piece.Since).ToList();
            Assert.Equal(t - TimeSpan.FromDays(28), pieces[0].Since);
            Assert.Equal(t, pieces[^1].Until);
            Assert.All(pieces.Zip(pieces.Skip(1)), pair => Assert.Equal(pair.First.Until, pair.Second.Since));
            Assert.All(
                pieces.Where(piece => piece.WholeHours),
                piece =>
                    Assert.Equal(
                        (0, 0),
                        (piece.Since.Ticks % TimeSpan.TicksPerHour, piece.Until.Ticks % TimeSpan.TicksPerHour)
                    )
            );
        });

    private static IEnumerable<string> Names(string objective) =>
        BurnWindows.Of(Window.Parse(objective)).Select(window => window.Name);

    // As the tables do it: an hour's sum holds every bucket that starts within the hour.
    private static IReadOnlyList<Tally> Read(
        IReadOnlyList<Window> windows,
        DateTimeOffset t,
        (DateTimeOffset Start, Tally Tally)[] buckets
    )
    {
        var hours = buckets
            .GroupBy(bucket => bucket.Start.Ticks - bucket.Start.Ticks % TimeSpan.TicksPerHour)
            .Select(hour => (Start: new DateTimeOffset(hour.Key, TimeSpan.Zero), Tally: Add(hour.Select(b => b.Tally))))
            .ToArray();
        return BurnWindows.Sum(
            windows.Count,
            BurnWindows
                .Stretches(windows, t)
                .Select(piece => (piece.Window, Naive(piece.WholeHours ? hours : buckets, piece.Since, piece.Until)))
        );
    }

    private static Tally Naive(
        (DateTimeOffset Start, Tally Tally)[] buckets,
        DateTimeOffset since,
        DateTimeOffset until
    ) => Add(buckets.Where(bucket => bucket.Start >= since && bucket.Start < until).Select(bucket => bucket.Tally));

    private static Tally Add(IEnumerable<Tally> tallies) =>
        tallies.Aggregate(new Tally(0, 0), (sum, tally) => sum + tally);
}
