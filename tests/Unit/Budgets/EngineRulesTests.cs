using System.Numerics;
using CsCheck;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>The comparisons in machine integers, held against unlimited fractions; calendars, guards, slices, forecast.</summary>
public sealed class EngineRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly Gen<Tally> Tallies = Gen.Select(
            Gen.Long[0, 4_000_000_000_000_000],
            Gen.Long[0, 40_000_000_000_000]
        )
        .Select((good, bad) => new Tally(good, bad));
    private static readonly Gen<Ratio> MayFail = Gen.Long[1, 999_999_999].Select(n => Ratio.Of(n, 1_000_000_000));

    [Fact]
    public void Quarters_overspending_and_what_is_left_are_compared_exactly() =>
        Gen.Select(Tallies, MayFail, Gen.Int[1, 100])
            .Sample(
                (tally, mayFail, percent) =>
                {
                    var budget = (Rational)mayFail * new Rational(tally.Total, 1);
                    return tally.HasSpent(percent, mayFail)
                            == (tally.Bad > 0 && (Rational)tally.Bad >= budget * new Rational(percent, 100))
                        && tally.IsOverspent(mayFail) == (Rational)tally.Bad > budget
                        && tally.IsExhausted(mayFail) == (tally.Bad > 0 && (Rational)tally.Bad >= budget)
                        && tally.HasLessThan(Ratio.Of(percent, 100), mayFail)
                            == (tally.Total > 0 && budget - tally.Bad < budget * new Rational(percent, 100));
                }
            );

    [Fact]
    public void A_slice_is_good_exactly_from_its_target_on() =>
        Gen.Select(Gen.Long[0, long.MaxValue / 2], Gen.Long[0, long.MaxValue / 2], Gen.Long[1, 1_000_000_000])
            .Sample(
                (good, bad, billionths) =>
                {
                    var exact = (BigInteger)good * 1_000_000_000 >= (BigInteger)billionths * ((BigInteger)good + bad);
                    return Slicing.IsGood(good, good + bad, billionths / 1_000_000_000m) == exact;
                }
            );

    [Fact]
    public void A_mean_of_ratios_is_off_by_less_than_a_part_per_slice() =>
        Gen.Select(Gen.Long[0, 1_000_000], Gen.Long[0, 1_000_000])
            .Select((good, bad) => new Tally(good, bad))
            .Array[1, 50]
            .Sample(slices =>
            {
                var sums = slices.Aggregate(default(SliceSums), (sum, slice) => sum + Slicing.Of(slice, null));
                if (Slicing.MeanErrorRatio(slices) is not { } mean)
                    return sums == default;
                var tally = Slicing.Tally(sums, sums.Observed, BudgetingMethod.RatioTimeslices, NoDataRule.Excluded);
                var off = mean - new Rational(tally.Bad, tally.Good + tally.Bad);
                return off >= 0 && off < new Rational(1, Slicing.Parts);
            });

    [Theory]
    [InlineData(NoDataRule.Good, 9, 1)]
    [InlineData(NoDataRule.Bad, 5, 5)]
    [InlineData(NoDataRule.Excluded, 5, 1)]
    public void Slices_without_events_are_what_the_rule_says(NoDataRule rule, long good, long bad) =>
        Assert.Equal(new Tally(good, bad), Slicing.Tally(new SliceSums(5, 1, 0), 10, BudgetingMethod.Timeslices, rule));

    [Fact]
    public void Fractions_obey_the_laws_of_arithmetic() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Long[1, 1_000], Gen.Long[-1_000, 1_000], Gen.Long[1, 1_000_000])
            .Sample(
                (a, b, c, d) =>
                {
                    var (x, y) = (new Rational(a, b), new Rational(c, d));
                    return x + y - y == x
                        && x * y == y * x
                        && (y == 0 || x / y * y == x)
                        && (x < y) == ((BigInteger)a * d < (BigInteger)c * b)
                        && x.Floor <= x.Ceiling
                        && Rational.Parse(x.Rounded(9).ToString(System.Globalization.CultureInfo.InvariantCulture))
                            == x.Rounded(9);
                }
            );

    [Theory]
    [InlineData("2026-03-29 02:30:00", "2026-03-29T01:00:00Z")] // skipped: the first moment after it
    [InlineData("2026-10-25 02:30:00", "2026-10-25T00:30:00Z")] // comes twice: the first
    [InlineData("2026-06-01 00:00:00", "2026-05-31T22:00:00Z")]
    public void Wall_clock_moments_that_are_skipped_or_come_twice_have_one_meaning(string local, string utc) =>
        Assert.Equal(
            DateTimeOffset.Parse(utc, System.Globalization.CultureInfo.InvariantCulture),
            Calendars.Anchor(Durations.Parse("1d"), Calendars.Local(local)!.Value, WallClock.Zone("Europe/Berlin")!, 0)
        );

    [Fact]
    public void Calendar_windows_meet_without_a_gap_and_each_moment_is_in_the_one_that_is_found() =>
        Gen.Select(
                Gen.OneOf(
                    Gen.Const("1d"),
                    Gen.Const("1w"),
                    Gen.Const("1M"),
                    Gen.Const("1Q"),
                    Gen.Const("1Y"),
                    Gen.Const("6h"),
                    Gen.Const("90m")
                ),
                Gen.OneOf(
                    Gen.Const("UTC"),
                    Gen.Const("Europe/Berlin"),
                    Gen.Const("America/New_York"),
                    Gen.Const("Australia/Lord_Howe"),
                    Gen.Const("Pacific/Apia")
                ),
                Gen.Long[0, 20L * 365 * 86_400]
            )
            .Sample(
                (duration, zone, seconds) =>
                {
                    var terms = new WindowTerms(duration, new("2015-01-31 02:30:00", zone));
                    var moment = new DateTimeOffset(2010, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
                    var (index, window) = Calendars.At(terms, moment);
                    return window.From <= moment
                        && moment < window.To
                        && Calendars.Window(terms, index + 1).From == window.To
                        && Calendars.Window(terms, index - 1).To == window.From;
                },
                iter: 2_000
            );

    [Fact]
    public void A_guard_keeps_a_single_failure_from_paging()
    {
        var terms = BudgetTerms.Rolling(0.999m, "30d");
        var budget = Opened(terms);
        // Ten requests in the hour, one failed: 100x in every window.
        var reading = Reading.Of(budget, [.. Enumerable.Repeat(new Tally(9, 1), 7), new(7_199, 1)], Now);
        var pair = AlertPairs.Of(terms)[0];
        Assert.True(IsAbove(new()));
        Assert.False(IsAbove(new(MinFailures: 2)));
        Assert.False(IsAbove(new(MinEvents: 11)));
        Assert.True(IsAbove(new(MinFailures: 1, MinEvents: 10)));
        // 2 % of a budget of 7.2 failures are 0.144: traffic alone does not stop one failure, a count does.
        Assert.True(IsAbove(new(TrafficAware: true)));
        Assert.False(IsAbove(new(MinFailures: 2, TrafficAware: true)));

        bool IsAbove(TrafficGuard guard) =>
            AlertJudging.IsAbove(terms with { Guard = guard }, pair, reading, reading.Whole(terms));
    }

    [Fact]
    public void A_threshold_by_traffic_is_the_exact_fraction() =>
        Gen.Select(Tallies, Tallies, MayFail)
            .Sample(
                (inWindow, whole, mayFail) =>
                {
                    if (inWindow.Total == 0)
                        return true;
                    var (hour, month) = (TimeSpan.FromHours(1), TimeSpan.FromDays(30));
                    var threshold = Guards.TrafficAware(
                        new(whole.Total, 1),
                        new(inWindow.Total, 1),
                        new(2, 100),
                        mayFail
                    );
                    return inWindow.IsAboveByTraffic(whole, Ratio.Of(14.4m), hour, month, mayFail)
                        == new Rational(inWindow.Bad, inWindow.Total) > threshold;
                }
            );

    [Fact]
    public void Old_spend_returns_in_a_forecast_of_a_rolling_window()
    {
        var budget = Opened(BudgetTerms.Rolling(0.99m, "30d"));
        var plan = ReadingPlan.Of(budget, Now).WithParts(Forecasting.Parts);
        // 100 a day without a failure, but for twenty failures 29 days ago: nothing fails lately.
        var past = Forecasting.Of(budget, plan.Over((from, to) => Counted(from, to, Now.AddDays(-29), 20)))!;
        Assert.Null(past.ExhaustedAt);
        Assert.True(past.Points[0].Spent > 0.5m && past.Points[^1].Spent == 0);
        // Ninety failures today: gone already.
        var today = Forecasting.Of(budget, plan.Over((from, to) => Counted(from, to, Now.AddHours(-1), 90)))!;
        Assert.Equal(Now, today.ExhaustedAt);
        Assert.All(
            today.Points,
            point =>
                Assert.True(
                    point.Low95 <= point.Low80
                        && point.Low80 <= point.Spent
                        && point.Spent <= point.High80
                        && point.High80 <= point.High95
                )
        );
    }

    [Fact]
    public void A_reading_over_a_history_leaves_out_what_is_excluded()
    {
        var excluded = new Interval(Now.AddHours(-2), Now.AddHours(-1));
        var budget = Opened(BudgetTerms.Rolling(0.99m, "30d")) with { Exclusions = [excluded] };
        var reading = ReadingPlan
            .Of(budget, Now)
            .Over((from, to) => from <= Now.AddMinutes(-90) && Now.AddMinutes(-90) < to ? new(0, 7) : default);
        Assert.Equal(default, reading.Whole(budget.Terms));
        Assert.Equal(new Tally(0, 7), reading.UnadjustedWhole(budget.Terms));
    }

    private static Tally Counted(DateTimeOffset from, DateTimeOffset to, DateTimeOffset failed, long bad) =>
        new((long)(to - from).TotalHours * 4, from <= failed && failed < to ? bad : 0);

    private static Budget Opened(ObjectiveTerms terms) =>
        Budget.Create(
            new(
                new(StableId.From("x"), "x", "x"),
                "X",
                "x",
                terms.Target,
                terms.Windows[0].Duration,
                Now.AddDays(-40),
                terms
            )
        );
}
