using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Contracts.Budgets.CompositeKind;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;
using Steady.Budgets.Counts;

public sealed class CompositeAlertTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly CompositePart A = new(Objective, "a");
    private static readonly CompositePart B = new(Objective, "b");
    private static readonly CompositePart Chain = new(Serial, Parts: [A, B]);
    private static readonly Tally Fine = new(1_000, 0);

    [Fact]
    public void It_opens_with_the_most_urgent_pair_closes_when_it_is_over_and_says_nothing_twice()
    {
        var composite = Composed(Chain);
        // Each part fails 1 %: the chain fails 1.99 % of what 0.1 % may, above 14.4.
        var reading = Read(composite, new(990, 10), new(990, 10));
        var opened = Assert.IsType<CompositeAlertOpened>(
            Assert.Single(CompositeJudging.Decide(composite, reading, Now).Events)
        );
        Assert.Equal((BurnSeverity.Page, "1h", 13.44m), Named(opened.Alert));
        Assert.Equal(new Tally(980_100, 19_900), opened.Alert.InLong);
        var open = composite.Apply(opened);
        Assert.Empty(CompositeJudging.Decide(open, reading, Now.AddSeconds(1)).Events);
        Assert.Empty(CompositeJudging.Decide(open, reading, Now.AddSeconds(-1)).Events);

        var closed = CompositeJudging.Decide(open, Read(open, Fine, Fine), Now.AddSeconds(1)).Events;
        Assert.Empty(open.Apply(Assert.IsType<CompositeAlertClosed>(Assert.Single(closed))).Alerts);
    }

    [Fact]
    public void A_ticket_becomes_a_page_and_a_page_a_ticket_that_still_burns()
    {
        var composite = Composed(Chain);
        var slow = Read(composite, new(998, 2), Fine);
        var ticket = Assert.IsType<CompositeAlertOpened>(
            Assert.Single(CompositeJudging.Decide(composite, slow, Now).Events)
        );
        Assert.Equal(BurnSeverity.Ticket, ticket.Alert.Severity);
        var fast = Read(composite, new(900, 100), Fine);
        var open = composite.Apply(ticket);
        var raised = Assert.IsType<CompositeAlertEscalated>(
            Assert.Single(CompositeJudging.Decide(open, fast, Now.AddSeconds(1)).Events)
        );
        open = open.Apply(raised);
        Assert.Equal(BurnSeverity.Page, Assert.Single(open.Alerts).Severity);
        Assert.Collection(
            CompositeJudging.Decide(open, slow, Now.AddSeconds(2)).Events,
            one => Assert.IsType<CompositeAlertClosed>(one),
            one => Assert.Equal(BurnSeverity.Ticket, Assert.IsType<CompositeAlertOpened>(one).Alert.Severity)
        );
    }

    [Fact]
    public void One_of_parallel_parts_may_fail_and_a_silent_one_does_not_save_the_other()
    {
        var composite = Composed(new(CompositeKind.Parallel, Parts: [A, B]));
        Assert.Empty(CompositeJudging.Decide(composite, Read(composite, new(0, 100), Fine), Now).Events);
        Assert.Single(CompositeJudging.Decide(composite, Read(composite, new(0, 100), default), Now).Events);
        Assert.Empty(CompositeJudging.Decide(composite, Read(composite, default, default), Now).Events);
    }

    [Fact]
    public void Figures_of_other_terms_are_not_judged_and_a_retired_one_only_closes()
    {
        var composite = Composed(Chain);
        var reading = Read(composite, new(0, 100), Fine);
        var revised = composite.Apply(new CompositeDefined("x", composite.Terms with { Target = 0.5m }, "ana", Now));
        Assert.Empty(CompositeJudging.Decide(revised, reading, Now).Events);
        var open = composite.Apply((CompositeAlertOpened)CompositeJudging.Decide(composite, reading, Now).Events[0]);
        var retired = open.Apply(new CompositeRetired("x", "ana", Now));
        Assert.IsType<CompositeAlertClosed>(Assert.Single(CompositeJudging.Decide(retired, reading, Now).Events));
        Assert.Empty(CompositeJudging.Decide(retired with { Alerts = [] }, reading, Now).Events);
    }

    [Fact]
    public void A_pair_that_a_part_cannot_be_read_by_is_left_out()
    {
        var hourly = BudgetTerms.Rolling(0.99m, "28d") with
        {
            Method = BudgetingMethod.Timeslices,
            Slice = new(3_600, 0.99m, NoDataRule.Excluded),
        };
        var pairs = CompositeReadings.PairsOf(Terms(Chain), [hourly]);
        Assert.Equal(
            ["2h", "1d", "6h", "3d"],
            CompositeReadings.WindowsOf(pairs).Select(one => one.Name).Order(ByHand)
        );
    }

    [Fact]
    public void Its_past_is_that_of_its_parts()
    {
        var counts = new CountHistory([(Now.AddHours(-2), new(990, 10)), (Now.AddHours(-1), new(95, 5))]);
        var budget = Budget.Create(new(new(Guid.Empty, "a", "shop"), "a", "a", 0.99m, "30d", Now));
        var terms = Terms(A) with { Target = 0.9m };
        var replay = new CompositeReplay(terms, [(CompositeReader.Over(budget, terms, terms.Window), counts)]);
        Assert.Equal(new(Now.AddHours(-3), null, null), replay.At(Now.AddHours(-3)));
        Assert.Equal(new(Now.AddMinutes(-90), 0.99m, 0.9m), replay.At(Now.AddMinutes(-90)));
        var sliced = terms with { Method = BudgetingMethod.Timeslices, SliceSeconds = 60 };
        var slices = new CompositeReplay(sliced, [(CompositeReader.Over(budget, sliced, sliced.Window), counts)]);
        Assert.Equal(0.5m, slices.At(Now).Availability);
        Assert.Equal(1m, slices.At(Now.AddMinutes(-90)).Availability);
    }

    private static Comparer<string> ByHand { get; } = Comparer<string>.Create((a, b) => Order(a).CompareTo(Order(b)));

    private static int Order(string window) => Array.IndexOf(["2h", "1d", "6h", "3d"], window);

    private static (BurnSeverity, string, decimal) Named(BurnAlertOpened e) => (e.Severity, e.LongWindow, e.Factor);

    private static DefineComposite Terms(CompositePart graph) => new("People can buy", "shop", 0.999m, "28d", graph);

    private static Composite Composed(CompositePart graph) =>
        Composite.Create(new("x", Terms(graph), "ana", Now.AddDays(-1))) with
        {
            Id = Guid.Parse("0195f000-0000-8000-8000-000000000009"),
        };

    private static CompositeReading Read(Composite composite, Tally a, Tally b)
    {
        var parts = new Dictionary<string, PartCounts> { ["a"] = new(0.999m, a), ["b"] = new(0.999m, b) };
        var pairs = CompositeReadings.PairsOf(composite.Terms, []);
        return new(
            pairs,
            [
                .. CompositeReadings
                    .WindowsOf(pairs)
                    .Select(window => CompositeReadings.Of(window.Name, composite.Terms, parts)),
            ],
            composite.TermsSince
        );
    }
}
