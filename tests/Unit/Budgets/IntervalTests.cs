using CsCheck;
using Steady.Budgets.Burn;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class IntervalTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static readonly Gen<Interval[]> Some = Gen.Select(Gen.Int[0, 200], Gen.Int[0, 60])
        .Select((from, length) => Of(from, from + length))
        .Array[0, 12];

    [Fact]
    public void Overlaps_and_neighbours_become_one() =>
        Assert.Equal(
            [Of(0, 30), Of(40, 50)],
            ((Interval[])[Of(40, 50), Of(10, 20), Of(0, 15), Of(20, 30), Of(5, 5)]).Union()
        );

    [Fact]
    public void Only_what_lies_inside_is_left() =>
        Assert.Equal(
            [Of(10, 15), Of(18, 20)],
            ((Interval[])[Of(0, 15), Of(18, 40), Of(50, 60)]).Clip(Ten.AddMinutes(10), Ten.AddMinutes(20))
        );

    [Fact]
    public void A_union_covers_each_minute_once_and_no_other() =>
        Some.Sample(
            intervals =>
                intervals.Union().Length().TotalMinutes
                == Enumerable
                    .Range(0, 300)
                    .Count(minute =>
                        intervals.Any(one => Ten.AddMinutes(minute) is var t && one.From <= t && t < one.To)
                    ),
            iter: 2_000
        );

    [Fact]
    public void No_window_covers_more_than_the_most() =>
        Gen.Select(Some, Gen.Int[1, 100])
            .Sample(
                (intervals, minutes) =>
                {
                    var (union, window) = (intervals.Union(), TimeSpan.FromMinutes(minutes));
                    var most = Enumerable
                        .Range(-100, 400)
                        .Max(start => union.Clip(Ten.AddMinutes(start), Ten.AddMinutes(start) + window).Length());
                    return union.MostWithin(window) == most;
                },
                iter: 1_000
            );

    private static Interval Of(int from, int to) => new(Ten.AddMinutes(from), Ten.AddMinutes(to));
}
