using CsCheck;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Budgets.ThreeNines;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

public sealed class JudgeBudgetTests
{
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

    // SRE Workbook, table 5-7: all conditions are true, and it is one notice.
    [Fact]
    public void However_many_pairs_are_above_one_alert_opens_and_it_is_the_most_urgent()
    {
        var decision = Judging.Decide(Fold<Budget>(Opened)!, All(new Tally(0, 100)), Now);
        var alert = Assert.Single(decision.OfType<BurnAlertOpened>());
        Assert.Equal((BurnSeverity.Page, "1h", 14.4m), (alert.Severity, alert.LongWindow, alert.Factor));
    }

    [Fact]
    public void A_more_urgent_pair_escalates_the_alert_that_is_open()
    {
        var ticket = new BurnAlertOpened(
            Of,
            Guid.CreateVersion7(Now),
            BurnSeverity.Ticket,
            "3d",
            "6h",
            1m,
            Quiet,
            Quiet,
            Now.AddHours(-1),
            null
        );
        var escalated = new BurnAlertEscalated(
            Of,
            ticket.AlertId,
            BurnSeverity.Ticket,
            BurnSeverity.Page,
            "1h",
            "5m",
            14.4m,
            Bad(146),
            Bad(145),
            Now,
            Began["5m"]
        );
        Given<Budget>(Opened, ticket)
            .When(budget => Judging.Decide(budget, Figures(fiveMinutes: Bad(145), hour: Bad(146)), Now, Began))
            .Then(escalated);
        var raised = Fold<Budget>(Opened, ticket, escalated)!.Alerts.Single();
        Assert.Equal(
            (ticket.AlertId, BurnSeverity.Page, "1h", Now.AddHours(-1)),
            (raised.Id, raised.Severity, raised.LongWindow, raised.OpenedAt)
        );
    }

    [Fact]
    public void A_page_stays_while_a_less_urgent_page_is_above_and_then_leaves_a_ticket()
    {
        var history = new List<object> { Opened, OpenedAt(Now.AddMinutes(-9)) };
        Assert.Empty(Judging.Decide(Fold<Budget>([.. history])!, ByWindow(("30m", Bad(61)), ("6h", Bad(61))), Now));
        var over = Judging.Decide(Fold<Budget>([.. history])!, ByWindow(("2h", Bad(31)), ("1d", Bad(31))), Now);
        Assert.Equal(AlertOf(Now.AddMinutes(-9)), Assert.Single(over.OfType<BurnAlertClosed>()).AlertId);
        var ticket = Assert.Single(over.OfType<BurnAlertOpened>());
        Assert.Equal((BurnSeverity.Ticket, "1d", 3m), (ticket.Severity, ticket.LongWindow, ticket.Factor));
    }

    [Fact]
    public void Several_alerts_of_an_older_rule_become_one()
    {
        var older = OpenedAt(Now.AddMinutes(-9)) with
        {
            AlertId = Guid.CreateVersion7(Now),
            LongWindow = "6h",
            Factor = 6,
        };
        var decision = Judging.Decide(
            Fold<Budget>(Opened, OpenedAt(Now.AddMinutes(-9)), older)!,
            Figures(fiveMinutes: Bad(900), hour: Bad(900)),
            Now
        );
        Assert.Equal(older.AlertId, Assert.IsType<BurnAlertClosed>(Assert.Single(decision)).AlertId);
    }

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
            .Sample(tallies =>
            {
                var history = new List<object> { Opened };
                for (var i = 0; i < tallies.Length; i++)
                {
                    var now = Now.AddSeconds(i);
                    var reading = Reading.Of(Fold<Budget>(Opened)!, tallies[i], now, now.AddMinutes(-7 * i));
                    history.AddRange(Judging.Decide(Fold<Budget>([.. history])!, reading, now));
                    var budget = Fold<Budget>([.. history])!;
                    Assert.Empty(Judging.Decide(budget, reading, now));
                    Assert.True(budget.Alerts.Count <= 1);
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
        // With the one pair of the figure; the others would keep the page open for longer.
        var terms = BudgetTerms.Rolling(0.999m, "30d") with
        {
            Rules = [new(BurnSeverity.Page, "1h", "5m", 14.4m)],
        };
        var history = new List<object> { Opened with { Terms = terms } };
        for (var t = start; t < start.AddMinutes(30); t = t.AddSeconds(10))
        {
            var tallies = windows.Select(window => Tally(t - window.Length, t)).ToList();
            var budget = Fold<Budget>([.. history])!;
            history.AddRange(Judging.Decide(budget, Reading.Of(budget, tallies, t), t));
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

    private sealed class Within(decimal tolerance) : IEqualityComparer<decimal>
    {
        public bool Equals(decimal x, decimal y) => Math.Abs(x - y) <= tolerance;

        public int GetHashCode(decimal obj) => 0;
    }
}
