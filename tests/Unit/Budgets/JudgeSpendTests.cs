using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Budgets.ThreeNines;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

/// <summary>What is said of a budget beside its alert: quarters, exhausted and restored, gaps, retired.</summary>
public sealed class JudgeSpendTests
{
    [Fact]
    public void The_last_allowed_failure_exhausts_the_budget() =>
        Assert.Equal(
            new BudgetExhausted(Of, 9_990, 10, Now),
            Assert.Single(Decided(new Tally(9_990, 10), Opened).OfType<BudgetExhausted>())
        );

    [Fact]
    public void An_exhausted_budget_is_said_once() =>
        Assert.Empty(Decided(new Tally(9_000, 11), [Opened, .. Spent(new(9_990, 10))]));

    [Fact]
    public void A_budget_is_restored_when_a_twentieth_of_it_is_there_again_and_not_before()
    {
        object[] history = [Opened, .. Spent(new(9_990, 10))];
        Assert.Empty(Decided(new Tally(10_400, 10), history));
        Assert.Equal(
            [new BudgetRestored(Of, 10_517, 10, Now)],
            Decided(new Tally(10_517, 10), history).OfType<BudgetRestored>()
        );
    }

    [Fact]
    public void Each_quarter_of_the_budget_is_said_when_it_is_reached_and_when_it_is_five_points_below()
    {
        Assert.Equal([25, 50], Crossed(rising: true, Decided(new Tally(99_940, 60), Opened)));
        Assert.Equal([25, 50, 75, 100], Crossed(rising: true, Decided(new Tally(99_800, 200), Opened)));
        Assert.Empty(Decided(new Tally(99_990, 10), Opened));
        object[] half =
        [
            Opened,
            new ThresholdCrossed(Of, "30d", 25, true, Quiet, Now.AddHours(-2)),
            new ThresholdCrossed(Of, "30d", 50, true, Quiet, Now.AddHours(-1)),
        ];
        Assert.Empty(Decided(new Tally(99_953, 47), half));
        Assert.Equal([50], Crossed(rising: false, Decided(new Tally(99_956, 44), half)));
        Assert.Equal([50, 25], Crossed(rising: false, Decided(new Tally(99_990, 10), half)));
        Assert.Equal([75], Crossed(rising: true, Decided(new Tally(99_920, 80), half)));
    }

    [Fact]
    public void Counts_that_stay_away_are_a_gap_and_it_ends_when_they_come()
    {
        var late = Now.AddMinutes(-10).AddSeconds(-1);
        Assert.Empty(Decided(Now.AddMinutes(-10), Opened));
        Assert.Equal([new DataGapOpened(Of, late, Now)], Decided(late, Opened));
        object[] open = [Opened, new DataGapOpened(Of, late, Now.AddMinutes(-1))];
        Assert.Empty(Decided(late, open));
        Assert.Equal([new DataGapClosed(Of, late, Now.AddSeconds(-5), Now)], Decided(Now.AddSeconds(-5), open));
        // Nothing for longer than the budget looks back is no gap: there is no traffic to miss.
        Assert.Empty(Decided(Now.AddDays(-40), Opened));
    }

    [Fact]
    public void A_retired_budget_closes_what_is_open_and_says_no_more()
    {
        object[] history = [Opened, OpenedAt(Now.AddMinutes(-9)), new BudgetRetired(Of, Now.AddMinutes(-1))];
        Assert.IsType<BurnAlertClosed>(
            Assert.Single(Judging.Decide(Fold<Budget>(history)!, All(new Tally(0, 100)), Now))
        );
        Assert.Empty(Decided(new Tally(0, 100), [Opened, new BudgetRetired(Of, Now.AddMinutes(-1))]));
    }

    [Fact]
    public void Figures_read_by_terms_that_no_longer_hold_are_not_judged()
    {
        var revised = new BudgetRevised(
            Of,
            "Checkout",
            "requests",
            BudgetTerms.Rolling(0.9m, "7d"),
            Now.AddSeconds(-1)
        );
        Assert.Empty(Judging.Decide(Fold<Budget>(Opened, revised)!, All(new Tally(0, 100)), Now));
    }

    private static Decision Decided(Tally whole, params object[] history) =>
        Judging.Decide(Fold<Budget>(history)!, Figures(whole: whole), Now);

    private static Decision Decided(DateTimeOffset watermark, params object[] history) =>
        Judging.Decide(Fold<Budget>(history)!, Figures() with { Watermark = watermark }, Now);

    private static IEnumerable<object> Spent(Tally whole) =>
        [
            .. ((int[])[25, 50, 75, 100]).Select(percent => new ThresholdCrossed(
                Of,
                "30d",
                percent,
                true,
                whole,
                Now.AddMinutes(-1)
            )),
            new BudgetExhausted(Of, whole.Good, whole.Bad, Now.AddMinutes(-1)),
        ];

    private static IEnumerable<int> Crossed(bool rising, Decision decision) =>
        decision
            .OfType<ThresholdCrossed>()
            .Where(crossed => crossed.Rising == rising)
            .Select(crossed => crossed.Percent);
}
