using CsCheck;
using Steady.Budgets.Counts;
using Steady.Budgets.History;
using Steady.Budgets.WhatIf;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;
using Steady.Budgets.Gates;

/// <summary>A day of a service with 100 requests a minute and an objective of 99.9 % over 30 days.</summary>
public sealed class WhatIfTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 0, 0, 0, TimeSpan.Zero);
    private static readonly BudgetOf Of = new(Guid.Empty, "checkout-availability", "checkout");
    private static readonly GateGround BuiltIn = new(Policy.BuiltIn, [], []);
    private static readonly HistoryRange Day = new(Start, Start.AddDays(1), TimeSpan.FromMinutes(1));

    [Fact]
    public void With_todays_terms_the_simulation_is_what_live_judging_recorded_when_nothing_came_late() =>
        (
            from method in Gen.Enum<BudgetingMethod>()
            from outages in Gen.Select(Gen.Int[0, 300], Gen.Int[1, 60], Gen.Int[1, 100]).List[0, 4]
            select (method, outages)
        ).Sample(
            one =>
            {
                var terms = new ObjectiveTerms(
                    0.99m,
                    one.method,
                    [new("1d")],
                    one.method == BudgetingMethod.Occurrences
                        ? null
                        : new TimeSlice(60, one.method == BudgetingMethod.Timeslices ? 0.9m : null, NoDataRule.Good),
                    null,
                    new TrafficGuard(),
                    0
                );
                var minutes = Enumerable
                    .Range(-600, 1_000)
                    .Select(minute =>
                    {
                        var bad = one
                            .outages.Where(outage => minute >= outage.Item1 && minute < outage.Item1 + outage.Item2)
                            .Select(outage => outage.Item3)
                            .DefaultIfEmpty(0)
                            .Max();
                        return (Start: Start.AddMinutes(minute), Tally: new Tally(100 - bad, bad));
                    })
                    .ToList();
                var range = new HistoryRange(Start, Start.AddMinutes(400), TimeSpan.FromMinutes(1));

                // Live: at each minute only what had been counted by then is there.
                var live = Opened(terms);
                var recorded = new List<object>();
                foreach (var at in range.Points())
                {
                    var known = new CountHistory([.. minutes.TakeWhile(minute => minute.Start < at)]);
                    foreach (
                        var decided in Judging.Decide(live, ReadingPlan.Of(live, at).Over(known.Between), at).Events
                    )
                    {
                        recorded.Add(decided);
                        live = Apply(live, decided);
                    }
                }

                var run = new Simulation(Opened(terms), new CountHistory(minutes), range);
                Assert.Equal(recorded, run.Events);
                Assert.Equal(live.Exhausted, run.Budget.Exhausted);
            },
            iter: 15
        );

    [Fact]
    public void A_stricter_target_fires_where_todays_does_not()
    {
        var counts = Counts(outage: (600, 10), bad: 20);
        var today = WhatIfs.Side(new Simulation(Opened(Rolling(0.99m)), counts, Day), Day.Step);
        var whatIf = WhatIfs.Side(new Simulation(Opened(Rolling(0.999m)), counts, Day), Day.Step);
        Assert.Empty(today.Alerts);
        Assert.Equal(0, today.GateClosedMinutes);
        var alert = Assert.Single(whatIf.Alerts, alert => alert.Severity == BurnSeverity.Page);
        Assert.InRange(alert.OpenedAt, Start.AddMinutes(601), Start.AddMinutes(610));
        Assert.NotNull(alert.ClosedAt);
        Assert.True(whatIf.GateClosedMinutes > 0 && whatIf.AlertMinutes >= whatIf.GateClosedMinutes);
    }

    [Fact]
    public void Guards_take_away_what_a_handful_of_failures_fired()
    {
        var counts = Counts(outage: (600, 10), bad: 20);
        var guarded = Rolling(0.999m) with { Guard = new TrafficGuard(MinFailures: 1_000) };
        Assert.Empty(WhatIfs.Side(new Simulation(Opened(guarded), counts, Day), Day.Step).Alerts);
    }

    [Fact]
    public void An_exhausted_budget_is_told_with_its_times_and_closes_the_gate()
    {
        var run = new Simulation(Opened(Rolling(0.999m)), Counts(outage: (600, 60), bad: 100), Day);
        var side = WhatIfs.Side(run, Day.Step);
        var exhausted = Assert.Single(side.Exhausted);
        Assert.Null(exhausted.Until);
        Assert.Equal((long)(Day.To - exhausted.From).TotalMinutes, side.ExhaustedMinutes);
        Assert.True(side.Least < 0 && side.Least <= side.End.Remaining);
        Assert.Equal(GateVerdict.Deny, WhatIfs.Verdict(run, Asked(at: Start.AddHours(23)), BuiltIn));
        Assert.Equal(GateVerdict.Allow, WhatIfs.Verdict(run, Asked(at: Start.AddHours(9)), BuiltIn));
        Assert.Equal(GateVerdict.Warn, WhatIfs.Verdict(run, Asked(at: Start.AddHours(-9)), BuiltIn));
    }

    [Fact]
    public void A_past_question_is_answered_by_the_policy_that_decided_it()
    {
        // Ten minutes of an outage, half an hour before the question: the budget has room, the hour does not.
        var run = new Simulation(Opened(Rolling(0.99m)), Counts(outage: (600, 10), bad: 20), Day);
        var asked = Asked(at: Start.AddMinutes(640));
        var burning = new GateRule("burning", new(BurnRateAbove: new("1h", 2)), GateVerdict.Deny, [], [], null);
        var strict = new Policy("strict", 3, Policy.BuiltIn.Terms with { Rules = [burning] });
        Assert.Equal(GateVerdict.Allow, WhatIfs.Verdict(run, asked, BuiltIn));
        Assert.Equal(GateVerdict.Deny, WhatIfs.Verdict(run, asked, BuiltIn with { Policy = strict }));
        var outage = new Interval(Start.AddMinutes(600), Start.AddMinutes(610));
        Assert.Equal(
            GateVerdict.Allow,
            WhatIfs.Verdict(run, asked, BuiltIn with { Policy = strict, Exclusions = [outage] })
        );
    }

    [Fact]
    public void What_is_not_asked_for_stays_as_it_is()
    {
        var today = Rolling(0.99m) with { Rules = [new(BurnSeverity.Page, "1h", "5m", 10)] };
        Assert.Equal(today, WhatIfs.Terms(today, new AskWhatIf()));
        Assert.Null(WhatIfs.Terms(today, new AskWhatIf(UsualRules: true)).Rules);
        var slice = new TimeSlice(60, 0.9m, NoDataRule.Good);
        var sliced = WhatIfs.Terms(today, new AskWhatIf(Method: BudgetingMethod.Timeslices, Slice: slice));
        Assert.Equal((BudgetingMethod.Timeslices, slice), (sliced.Method, sliced.Slice));
        Assert.Null(WhatIfs.Terms(sliced, new AskWhatIf(Method: BudgetingMethod.Occurrences)).Slice);
    }

    private static ObjectiveTerms Rolling(decimal target) => BudgetTerms.Rolling(target, "30d");

    // 29 days before the day as well: what the window holds.
    private static CountHistory Counts((int From, int Length) outage, int bad) =>
        new([
            .. Enumerable
                .Range(-29 * 1440, 30 * 1440)
                .Select(minute =>
                {
                    var failed = minute >= outage.From && minute < outage.From + outage.Length ? bad : 0;
                    return (Start.AddMinutes(minute), new Tally(100 - failed, failed));
                }),
        ]);

    private static GateDecided Asked(DateTimeOffset at) =>
        new(
            "checkout",
            GateAction.Deploy,
            "1.4.2",
            "production",
            null,
            GateVerdict.Warn,
            ["Why."],
            null,
            [],
            at,
            at,
            "ana"
        );

    private static Budget Opened(ObjectiveTerms terms) =>
        Budget.Create(
            new BudgetOpened(
                Of,
                "Checkouts succeed",
                "requests",
                terms.Target,
                terms.Windows[0].Duration,
                Start.AddDays(-40),
                terms
            )
        );

    private static Budget Apply(Budget budget, object decided) =>
        decided switch
        {
            BurnAlertOpened e => budget.Apply(e),
            BurnAlertEscalated e => budget.Apply(e),
            BurnAlertClosed e => budget.Apply(e),
            BudgetExhausted e => budget.Apply(e),
            BudgetRestored e => budget.Apply(e),
            ThresholdCrossed e => budget.Apply(e),
            _ => throw new ArgumentOutOfRangeException(nameof(decided), decided, "Not judged here."),
        };
}
