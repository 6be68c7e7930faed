using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class AlertPairsTests
{
    public static TheoryData<string> Thresholds => Vectors.Of("burn_threshold");
    public static TheoryData<string> ShortWindows => Vectors.Of("short_window");

    [Theory, MemberData(nameof(Thresholds))]
    public void A_factor_spends_its_share_of_the_budget_within_the_window(string id)
    {
        var (input, expected) = Vectors.Get(id);
        var share = (int)(10 * input.Number("budget_percent"));
        var within = Window.Parse(input.Text("long_window"));
        var factor = AlertPairs.Factor(Window.Parse(input.Text("period")), within, share);
        Assert.Equal(decimal.Round(expected.Number("factor"), 12), factor.Rounded(12));
    }

    [Theory, MemberData(nameof(ShortWindows))]
    public void The_short_window_is_a_twelfth_of_the_long_one(string id)
    {
        var (input, expected) = Vectors.Get(id);
        var pair = Pairs("30d", 0.999m).Single(pair => pair.LongWindow.Name == input.Text("long_window"));
        Assert.Equal(expected.Number("short_s"), (decimal)pair.ShortWindow.Length.TotalSeconds);
    }

    [Fact]
    public void Thirty_days_have_the_four_pairs_of_the_workbook() =>
        Assert.Equal(
            ["page 14.4 1h/5m", "page 6 6h/30m", "ticket 3 1d/2h", "ticket 1 3d/6h"],
            Pairs("30d", 0.999m).Select(Print)
        );

    [Fact]
    public void A_week_has_larger_shares() =>
        Assert.Equal(
            ["page 13.44 1h/5m", "page 3.5 6h/30m", "ticket 1.4 1d/2h", "ticket 0.98 3d/6h"],
            Pairs("7d", 0.999m).Select(Print)
        );

    [Fact]
    public void A_pair_that_would_open_while_the_objective_is_met_is_left_out()
    {
        Assert.Equal(["page 1.92 1h/5m"], Pairs("1d", 0.999m).Select(Print));
        Assert.Equal(["page 6.72 1h/5m", "page 2.8 6h/30m", "ticket 1.4 1d/2h"], Pairs("14d", 0.999m).Select(Print));
    }

    [Fact]
    public void A_pair_that_even_a_total_outage_could_not_open_is_left_out() =>
        Assert.Equal(["page 6 6h/30m", "ticket 3 1d/2h", "ticket 1 3d/6h"], Pairs("30d", 0.90m).Select(Print));

    private static IReadOnlyList<AlertPair> Pairs(string window, decimal target) =>
        AlertPairs.Of(Window.Parse(window), BurnRates.MayFail(target));

    private static string Print(AlertPair pair) =>
        FormattableString.Invariant(
            $"{(pair.Severity == BurnSeverity.Page ? "page" : "ticket")} {pair.Factor.Rounded(4)} {pair.LongWindow.Name}/{pair.ShortWindow.Name}"
        );
}
