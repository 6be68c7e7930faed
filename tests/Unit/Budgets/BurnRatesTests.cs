using System.Numerics;
using CsCheck;
using Steady.Budgets.Burn;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class BurnRatesTests
{
    private static readonly Ratio ThreeNines = BurnRates.MayFail(0.999m);

    public static TheoryData<string> BudgetEvents => Vectors.Of("budget_events");
    public static TheoryData<string> Shares => Vectors.Of("budget_share_of_incident");
    public static TheoryData<string> Rates => Vectors.Of("burn_rate");
    public static TheoryData<string> Reachable => Vectors.Of("alert_reachable");

    [Theory, MemberData(nameof(BudgetEvents))]
    public void A_budget_is_whole_failures_rounded_down(string id)
    {
        var (input, expected) = Vectors.Get(id);
        var tally = new Tally((long)input.Number("total"), 0);
        var whole = expected.TryGetProperty("budget_whole", out _) ? "budget_whole" : "budget";
        Assert.Equal((long)expected.Number(whole), tally.Allowed(BurnRates.MayFail(input.Number("objective"))));
    }

    [Theory, MemberData(nameof(Shares))]
    public void An_incident_answers_for_its_share_of_the_budget(string id)
    {
        var (input, expected) = Vectors.Get(id);
        // At 90 % every tenth event may fail, so ten times the budget is the traffic.
        var whole = new Tally(10 * (long)input.Number("budget"), 0);
        var share = whole.ShareOfBudget((long)input.Number("bad"), BurnRates.MayFail(0.9m));
        Assert.Equal(decimal.Round(expected.Number("share"), 6), share);
    }

    [Theory, MemberData(nameof(Rates))]
    public void A_burn_rate_is_the_error_ratio_over_the_budget(string id)
    {
        var (input, expected) = Vectors.Get(id);
        var bad = (long)(1_000_000 * input.Number("error_ratio"));
        var tally = new Tally(1_000_000 - bad, bad);
        Assert.Equal(expected.Number("burn_rate"), tally.Rate(BurnRates.MayFail(input.Number("objective"))));
    }

    [Theory, MemberData(nameof(Reachable))]
    public void A_factor_that_a_total_outage_does_not_exceed_is_out_of_reach(string id)
    {
        var (input, expected) = Vectors.Get(id);
        var mayFail = BurnRates.MayFail(input.Number("objective"));
        var factor = Ratio.Of(input.Number("factor"));
        Assert.Equal(expected.GetProperty("reachable").GetBoolean(), factor.IsReachable(mayFail));
        Assert.Equal(factor.IsReachable(mayFail), new Tally(0, 1_000).IsAbove(factor, mayFail));
    }

    [Fact]
    public void The_low_traffic_case_of_the_workbook_burns_at_100()
    {
        var (input, expected) = Vectors.Get("lt-01");
        var hour = new Tally(9, 1);
        var month = new Tally(7_200 - 1, 1);
        Assert.Equal(expected.Number("burn_rate_1h"), hour.Rate(ThreeNines));
        Assert.Equal((long)expected.Number("budget_whole"), month.Allowed(ThreeNines));
        Assert.Equal(decimal.Round(expected.Number("consumed"), 6), month.ShareOfBudget(1, ThreeNines));
        Assert.Equal(10, input.Number("requests_per_hour"));
    }

    [Theory]
    [InlineData(9_856, 144, false)] // exactly 14.4 is not above it
    [InlineData(9_855, 145, true)]
    [InlineData(0, 0, false)] // nothing happened
    [InlineData(0, 1, true)]
    public void Above_means_more_than_the_factor(long good, long bad, bool above) =>
        Assert.Equal(above, new Tally(good, bad).IsAbove(Ratio.Of(14.4m), ThreeNines));

    [Theory]
    [InlineData(9_990, 10, true)] // the last allowed failure is spent
    [InlineData(9_991, 9, false)]
    [InlineData(9_991, 10, false)] // 10.001 are allowed
    [InlineData(0, 0, false)]
    [InlineData(100, 0, false)] // less than one failure is allowed, and none happened
    [InlineData(99, 1, true)]
    public void A_budget_is_exhausted_when_nothing_of_it_is_left(long good, long bad, bool exhausted)
    {
        var tally = new Tally(good, bad);
        Assert.Equal(exhausted, tally.IsExhausted(ThreeNines));
        Assert.Equal(exhausted, tally.Remaining(ThreeNines) <= 0);
    }

    [Theory]
    [InlineData(0.2, false)] // exactly what is left may be spent
    [InlineData(0.200001, true)]
    [InlineData(0, false)]
    public void What_is_left_is_compared_exactly(decimal wanted, bool less) =>
        Assert.Equal(less, new Tally(9_992, 8).HasLessThan(Ratio.Of(wanted), ThreeNines));

    [Fact]
    public void Without_events_there_is_no_rate_and_the_budget_is_unknown()
    {
        var nothing = new Tally(0, 0);
        Assert.Null(nothing.Rate(ThreeNines));
        Assert.Null(nothing.Remaining(ThreeNines));
        Assert.False(nothing.HasLessThan(Ratio.Of(1m), ThreeNines));
    }

    // The widest figures that can come: counts whose sum fills 63 bits, nine decimals, a year's factor.
    [Fact]
    public void Integers_of_128_bits_decide_as_unlimited_rationals_do() =>
        Gen.Select(
                Gen.Long[0, 4_600_000_000_000_000_000],
                Gen.Long[0, 4_600_000_000_000_000_000],
                Gen.Long[1, 999_999_999],
                Gen.Int[0, 3],
                Gen.Int[24, 8_760]
            )
            .Sample(
                (good, bad, billionths, pair, hours) =>
                {
                    var tally = new Tally(good, bad);
                    var mayFail = Ratio.Of(billionths / 1_000_000_000m);
                    var window = new Window("w", TimeSpan.FromHours(hours));
                    var factor = AlertPairs.Factor(
                        window,
                        Window.Parse(((string[])["1h", "6h", "1d", "3d"])[pair]),
                        20
                    );
                    // bad/total > factor · billionths/10⁹, with everything multiplied out
                    var left = (BigInteger)bad * 1_000_000_000 * factor.Denominator;
                    var right = (BigInteger)factor.Numerator * billionths * ((BigInteger)good + bad);
                    var budget = (BigInteger)billionths * ((BigInteger)good + bad);
                    return tally.IsAbove(factor, mayFail) == (left > right)
                        && tally.IsExhausted(mayFail) == (bad > 0 && (BigInteger)bad * 1_000_000_000 >= budget)
                        && tally.Allowed(mayFail) == (long)(budget / 1_000_000_000);
                },
                iter: 20_000
            );

    [Fact]
    public void Close_to_the_line_one_failure_decides() =>
        Gen.Select(Gen.Long[1, 1_000_000_000], Gen.Long[1, 999_999])
            .Sample(
                (thousands, millionths) =>
                {
                    // A factor of one with exactly the allowed share of failures: not above; one more is.
                    var mayFail = Ratio.Of(millionths / 1_000_000m);
                    var total = thousands * 1_000_000;
                    var bad = thousands * millionths;
                    var one = Ratio.Of(1, 1);
                    return !new Tally(total - bad, bad).IsAbove(one, mayFail)
                        && new Tally(total - bad - 1, bad + 1).IsAbove(one, mayFail)
                        && new Tally(total - bad, bad).IsExhausted(mayFail)
                        && !new Tally(total - bad + 1, bad - 1).IsExhausted(mayFail);
                }
            );
}
