using System.Globalization;
using System.Numerics;
using CsCheck;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Budgets.Prometheus;
using Xunit;
using BurnSeverity = Steady.Contracts.Budgets.BurnSeverity;

namespace Steady.Tests.Unit.Budgets.Prometheus;

public sealed class FamiliesTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly BudgetOf Of = new(Guid.Empty, "checkout-availability", "checkout");
    private static readonly Standing Calm = new(0, 0, false);

    [Fact]
    public void Every_series_belongs_to_a_documented_metric_and_every_metric_has_series()
    {
        var series = Families.Of(Budget(0.999m)).ToList();
        Assert.Equal(
            Families.All.Select(family => family.Name).Order(),
            series.Select(one => one.Labels["__name__"]).Distinct().Order()
        );
        Assert.All(series, one => Assert.Equal("checkout-availability", one.Labels["objective"]));
        Assert.Equal(series.Count, series.Select(one => string.Join(',', one.Labels)).Distinct().Count());
        Assert.All(series, one => Assert.Equal(one.Labels.Keys.Order(StringComparer.Ordinal), one.Labels.Keys));
    }

    [Theory]
    [InlineData("slo_target", "0.999")]
    [InlineData("slo_sli", "0.9994")]
    [InlineData("slo_budget_allowed_events", "100")]
    [InlineData("slo_budget_remaining_ratio", "0.4")]
    [InlineData("slo_budget_remaining_permille", "400")]
    [InlineData("slo_burn_rate", "0.6")]
    [InlineData("slo_budget_exhausted", "0")]
    public void Values_are_exact_decimals(string name, string value) =>
        Assert.Equal(value, Text(name, new Tally(99_940, 60), 0.999m));

    [Theory]
    [InlineData(9_950, 50, "-4", "-4000")]
    [InlineData(3, 0, "1", "1000")]
    [InlineData(2_000, 1, "0.500249875062469", "500")]
    [InlineData(999, 2, "-0.998001998001998", "-999")]
    public void An_overspent_budget_is_negative_and_per_mille_never_says_too_much(
        long good,
        long bad,
        string ratio,
        string permille
    )
    {
        Assert.Equal(permille, Text("slo_budget_remaining_permille", new Tally(good, bad), 0.999m));
        Assert.Equal(ratio, Text("slo_budget_remaining_ratio", new Tally(good, bad), 0.999m));
    }

    [Fact]
    public void Without_events_there_is_no_ratio_and_there_are_counts()
    {
        Assert.Null(Text("slo_sli", default, 0.999m));
        Assert.Null(Text("slo_burn_rate", default, 0.999m));
        Assert.Null(Text("slo_budget_remaining_permille", default, 0.999m));
        Assert.Equal("0", Text("slo_events_total", default, 0.999m));
    }

    [Fact]
    public void What_is_left_agrees_with_rationals() =>
        (
            from good in Gen.Long[0, 1_000_000_000_000]
            from bad in Gen.Long[1, 1_000_000_000]
            from nines in Gen.Int[1, 999_999_999]
            select (good, bad, target: nines / 1_000_000_000m)
        ).Sample(one =>
        {
            var (good, bad, target) = one;
            var budget = (BigInteger)((1 - target) * 1_000_000_000m) * (good + bad);
            var left = budget - (BigInteger)bad * 1_000_000_000;
            var (thousandths, rest) = BigInteger.DivRem(1000 * left, budget);
            if (rest < 0)
                thousandths--;
            Assert.Equal(
                thousandths.ToString(CultureInfo.InvariantCulture),
                Text("slo_budget_remaining_permille", new Tally(good, bad), target)
            );
        });

    [Fact]
    public void Any_window_of_a_history_is_the_sum_of_its_buckets() =>
        (
            from starts in Gen.Int[0, 500].HashSet[0, 60]
            from window in Gen.Int[1, 120]
            from at in Gen.Int[-10, 600]
            select (starts, window, at)
        ).Sample(one =>
        {
            var points = one
                .starts.Order()
                .Select(minute => (Start: At.AddMinutes(minute), Tally: new Tally(minute, 2 * minute)))
                .ToList();
            var moment = At.AddMinutes(one.at);
            var expected = points
                .Where(point => point.Start >= moment.AddMinutes(-one.window) && point.Start < moment)
                .Sum(point => point.Tally.Good);
            var tally = new CountHistory(points).Between(moment.AddMinutes(-one.window), moment);
            Assert.Equal((expected, 2 * expected), (tally.Good, tally.Bad));
        });

    [Fact]
    public void Standings_follow_what_was_decided()
    {
        var (page, ticket) = (Guid.CreateVersion7(At), Guid.CreateVersion7(At.AddSeconds(1)));
        var standings = new Standings([
            Opened(page, BurnSeverity.Page, 1),
            Opened(ticket, BurnSeverity.Ticket, 2),
            new BudgetExhausted(Of, 1, 1, At.AddMinutes(3)),
            new BurnAlertClosed(Of, page, BurnSeverity.Page, default, default, At.AddMinutes(4)),
            new BudgetRestored(Of, 1, 0, At.AddMinutes(5)),
            new BurnAlertClosed(Of, ticket, BurnSeverity.Ticket, default, default, At.AddMinutes(6)),
        ]);
        Standing[] expected =
        [
            new(0, 0, false),
            new(1, 0, false),
            new(1, 1, false),
            new(1, 1, true),
            new(0, 1, true),
            new(0, 1, false),
            new(0, 0, false),
        ];
        Assert.Equal(expected, Enumerable.Range(0, 7).Select(minute => standings.At(At.AddMinutes(minute))));
        Assert.Equal(new Standing(1, 1, false), standings.At(At.AddMinutes(3).AddTicks(-1)));
    }

    private static BurnAlertOpened Opened(Guid id, BurnSeverity severity, int minute) =>
        new(Of, id, severity, "1h", "5m", 14.4m, default, default, At.AddMinutes(minute), null);

    // The same tally in every window.
    private static string? Text(string name, Tally tally, decimal target)
    {
        var budget = Budget(target);
        var periods = Periods.Of(budget.Terms, At);
        var reading = new Reading(periods, [.. periods.Select(_ => tally)], null, []);
        return Families.Of(budget).First(one => one.Labels["__name__"] == name).Value(reading, Calm) is { } value
            ? QueryAnswers.Text(value)
            : null;
    }

    private static Budget Budget(decimal target) =>
        Steady.Budgets.Burn.Budget.Create(
            new BudgetOpened(Of, "Checkouts succeed", "checkout-requests", target, "30d", At)
        );
}
