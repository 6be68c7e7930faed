using CsCheck;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

public sealed class JudgeBudgetTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly BudgetOf Of = new(StableId.From("checkout"), "checkout", "checkout");
    private static readonly BudgetOpened Opened = new(Of, "Checkout", "requests", 0.999m, "30d", Now.AddDays(-1));
    private static readonly Dictionary<string, DateTimeOffset> Began = new() { ["5m"] = Now.AddMinutes(-2) };
    private static readonly Tally Quiet = new(100_000, 0);

    [Fact]
    public void Above_in_both_windows_an_alert_opens() =>
        Given<Budget>(Opened)
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(145), hour: Bad(146)), Now, Began))
            .Then(OpenedAt(Now));

    [Fact]
    public void Above_in_the_long_window_only_nothing_opens() =>
        Given<Budget>(Opened)
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(144), hour: Bad(146)), Now))
            .ThenNothing();

    [Fact]
    public void Above_in_the_short_window_only_nothing_opens() =>
        Given<Budget>(Opened)
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(145), hour: Bad(144)), Now))
            .ThenNothing();

    [Fact]
    public void An_open_alert_stays_open_while_both_are_above() =>
        Given<Budget>(Opened, OpenedAt(Now.AddMinutes(-1)))
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(900), hour: Bad(900)), Now))
            .ThenNothing();

    [Fact]
    public void An_alert_closes_when_one_window_is_back_at_its_factor() =>
        Given<Budget>(Opened, OpenedAt(Now.AddMinutes(-1)))
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(144), hour: Bad(900)), Now))
            .Then(new BurnAlertClosed(Of, AlertOf(Now.AddMinutes(-1)), BurnSeverity.Page, Bad(900), Bad(144), Now));

    [Fact]
    public void An_alert_that_opens_again_is_another_alert()
    {
        var closed = new BurnAlertClosed(
            Of,
            AlertOf(Now.AddMinutes(-9)),
            BurnSeverity.Page,
            Quiet,
            Quiet,
            Now.AddMinutes(-5)
        );
        Given<Budget>(Opened, OpenedAt(Now.AddMinutes(-9)), closed)
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(145), hour: Bad(146)), Now, Began))
            .Then(OpenedAt(Now));
        Assert.NotEqual(AlertOf(Now), AlertOf(Now.AddMinutes(-9)));
    }

    [Fact]
    public void Each_pair_has_an_alert_of_its_own()
    {
        var decision = Judging.Decide(Fold<Budget>(Opened)!, [.. Enumerable.Repeat(new Tally(0, 100), 8)], Now);
        Assert.Equal(["1h", "6h", "1d", "3d"], decision.OfType<BurnAlertOpened>().Select(alert => alert.LongWindow));
        Assert.Equal([14.4m, 6m, 3m, 1m], decision.OfType<BurnAlertOpened>().Select(alert => alert.Factor));
        Assert.Equal(4, decision.OfType<BurnAlertOpened>().Select(alert => alert.AlertId).Distinct().Count());
    }

    [Fact]
    public void The_last_allowed_failure_exhausts_the_budget() =>
        Given<Budget>(Opened)
            .When(budget => Judging.Decide(budget, Figures(whole: new(9_990, 10)), Now))
            .Then(new BudgetExhausted(Of, 9_990, 10, Now));

    [Fact]
    public void An_exhausted_budget_is_said_once() =>
        Given<Budget>(Opened, new BudgetExhausted(Of, 9_990, 10, Now.AddMinutes(-1)))
            .When(budget => Judging.Decide(budget, Figures(whole: new(9_000, 11)), Now))
            .ThenNothing();

    [Fact]
    public void With_room_for_a_failure_again_the_budget_is_restored() =>
        Given<Budget>(Opened, new BudgetExhausted(Of, 9_990, 10, Now.AddMinutes(-1)))
            .When(budget => Judging.Decide(budget, Figures(whole: new(9_991, 10)), Now))
            .Then(new BudgetRestored(Of, 9_991, 10, Now));

    [Fact]
    public void Figures_from_before_the_newest_judgement_are_not_judged() =>
        Given<Budget>(Opened, OpenedAt(Now))
            .When(budget => Judging.Decide(budget, Figures(), Now.AddMilliseconds(-1)))
            .ThenNothing();

    [Fact]
    public void Judging_the_same_figures_twice_adds_nothing() =>
        Gen.Select(Gen.Long[0, 10_000], Gen.Long[0, 500])
            .Select((good, bad) => new Tally(good, bad))
            .Array[8]
            .Array[1, 6]
            .Sample(readings =>
            {
                var history = new List<object> { Opened };
                for (var i = 0; i < readings.Length; i++)
                {
                    var now = Now.AddSeconds(i);
                    history.AddRange(Judging.Decide(Fold<Budget>([.. history])!, readings[i], now));
                    Assert.Empty(Judging.Decide(Fold<Budget>([.. history])!, readings[i], now));
                }
            });

    // SRE Workbook, figure 5-6: 15 % errors for ten minutes.
    [Fact]
    public void The_incident_of_the_workbook_fires_and_clears_when_it_says()
    {
        var expected = Vectors.Get("al-15").Expected;
        var (opened, closed) = Replay(perSecond: 100, failing: TimeSpan.FromMinutes(10), percent: 15);
        // Judged every ten seconds, so within ten seconds of the exact moments.
        Assert.Equal(expected.Number("fires_s"), opened, new Within(10));
        Assert.Equal(600 + expected.Number("clears_after_stop_s"), closed, new Within(10));
    }

    private static (decimal Opened, decimal Closed) Replay(int perSecond, TimeSpan failing, int percent)
    {
        var windows = BurnWindows.Of(Window.Parse("30d"));
        var start = Now;
        var history = new List<object> { Opened };
        for (var t = start; t < start.AddMinutes(30); t = t.AddSeconds(10))
        {
            var tallies = windows.Select(window => Tally(t - window.Length, t)).ToList();
            history.AddRange(Judging.Decide(Fold<Budget>([.. history])!, tallies, t));
        }

        var first = history.OfType<BurnAlertOpened>().First(alert => alert.LongWindow == "1h");
        var end = history.OfType<BurnAlertClosed>().First(alert => alert.AlertId == first.AlertId);
        return (Seconds(first.At), Seconds(end.At));

        decimal Seconds(DateTimeOffset at) => (decimal)(at - start).TotalSeconds;

        Tally Tally(DateTimeOffset since, DateTimeOffset until)
        {
            var all = (long)(until - since).TotalSeconds * perSecond;
            var (from, to) = (since > start ? since : start, until < start + failing ? until : start + failing);
            var bad = to <= from ? 0 : (long)(to - from).TotalSeconds * perSecond * percent / 100;
            return new Tally(all - bad, bad);
        }
    }

    private static Tally Bad(long bad) => new(10_000 - bad, bad);

    private static IReadOnlyList<Tally> Figures(Tally? fiveMinutes = null, Tally? hour = null, Tally? whole = null) =>
        [fiveMinutes ?? Quiet, Quiet, hour ?? Quiet, Quiet, Quiet, Quiet, Quiet, whole ?? Quiet];

    private static Guid AlertOf(DateTimeOffset at) =>
        StableId.From("burn-alert", Of.ObjectiveId.ToString(), "1h", $"{at.UtcTicks}");

    private static BurnAlertOpened OpenedAt(DateTimeOffset at) =>
        new(Of, AlertOf(at), BurnSeverity.Page, "1h", "5m", 14.4m, Bad(146), Bad(145), at, Began["5m"]);

    private sealed class Within(decimal tolerance) : IEqualityComparer<decimal>
    {
        public bool Equals(decimal x, decimal y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(decimal obj) => 0;
    }
}
