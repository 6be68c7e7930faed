using Steady.Budgets.Burn;
using Steady.Budgets.Gates;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using GateDecided = Steady.Budgets.Gates.GateDecided;

/// <summary>Each rule of a policy, at its edge.</summary>
public sealed class PolicyRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly AskGate Deploy = new(GateAction.Deploy, "1.4.2", "production");
    private static readonly GateFigures Healthy = new("checkout", 0.999m, "30d", new(99_980, 20), false, Now);

    [Fact]
    public void Less_left_than_asked_for()
    {
        Says(
            new(RemainingBelow: 0.81m),
            Healthy,
            GateVerdict.Deny,
            "checkout: 80 % of the budget is left, less than 81 %. Hold."
        );
        Assert.Equal(GateVerdict.Allow, Decide(new(RemainingBelow: 0.8m), Healthy).Decision);
    }

    [Fact]
    public void Any_alert_open() =>
        Says(
            new(AlertOpen: AlertLevel.Any),
            Healthy with
            {
                TicketOpen = true,
            },
            GateVerdict.Deny,
            "checkout: a burn alert is open. Wait until it closes. Hold."
        );

    [Fact]
    public void A_ticket_is_no_page() =>
        Assert.Equal(
            GateVerdict.Allow,
            Decide(new(AlertOpen: AlertLevel.Page), Healthy with { TicketOpen = true }).Decision
        );

    [Fact]
    public void Burning_faster_than_allowed()
    {
        var condition = new GateCondition(BurnRateAbove: new("6h", 6));
        Says(
            condition,
            With("6h", new(99_399, 601)),
            GateVerdict.Deny,
            "checkout: the burn rate of 6h is 6.01, above 6. Hold."
        );
        Assert.Equal(GateVerdict.Allow, Decide(condition, With("6h", new(99_400, 600))).Decision);
    }

    [Fact]
    public void A_deploy_may_be_asked_what_it_spends_too() =>
        Says(
            new(ExpectedSpendAboveRemaining: true),
            Healthy,
            GateVerdict.Deny,
            "checkout: the deploy may spend 81 % of the budget and 80 % is left. Hold.",
            Deploy with
            {
                ExpectedSpend = 0.81m,
            }
        );

    [Fact]
    public void Data_older_than_allowed()
    {
        var condition = new GateCondition(DataOlderThan: "15m");
        Says(
            condition,
            Healthy with
            {
                Watermark = Now.AddSeconds(-901),
            },
            GateVerdict.Deny,
            "checkout: nothing was counted since 2026-11-24 09:44:59Z, more than 15m ago. Hold."
        );
        Assert.Equal(GateVerdict.Allow, Decide(condition, Healthy with { Watermark = Now.AddMinutes(-15) }).Decision);
    }

    // SRE Workbook, appendix B (po-01): over budget in four weeks freezes all but P0 and security.
    [Theory]
    [InlineData(10_001, null, GateVerdict.Deny)]
    [InlineData(10_000, null, GateVerdict.Allow)] // exactly the budget does not exceed it
    [InlineData(10_001, "feature", GateVerdict.Deny)]
    [InlineData(10_001, "p0-fix", GateVerdict.Allow)]
    [InlineData(10_001, "security", GateVerdict.Allow)]
    public void A_budget_exceeded_in_four_weeks_freezes_all_but_the_most_urgent(
        long bad,
        string? change,
        GateVerdict said
    )
    {
        var rule = new GateRule(
            "freeze",
            new(SpentAbove: new(1, "28d")),
            GateVerdict.Deny,
            [],
            ["p0-fix", "security"],
            null
        );
        var decided = Decide(rule, With("28d", new(10_000_000 - bad, bad)), Deploy with { Change = change });
        Assert.Equal(said, decided.Decision);
        if (change == "p0-fix")
            Assert.Contains("A p0-fix is let through.", decided.Reasons[^1], StringComparison.Ordinal);
    }

    // po-02, po-03: strictly over 20 %.
    [Theory]
    [InlineData(201, true)]
    [InlineData(200, false)]
    public void A_single_incident_that_spent_more_than_its_share_asks_for_a_postmortem(long bad, bool holds)
    {
        var figures = With("28d", new(999_000, 1_000)) with
        {
            Causes =
            [
                new("28d", CauseKind.Incident, "incident", "Disk full", bad),
                new("28d", CauseKind.Run, "experiment", "Ledger is slow", 700),
                new("7d", CauseKind.Incident, "incident", "Elsewhere", 900),
            ],
        };
        var decided = Decide(
            new GateRule(
                "postmortem",
                new(IncidentAbove: new(0.2m, "28d")),
                GateVerdict.Warn,
                [],
                [],
                "A postmortem is required."
            ),
            figures,
            Deploy
        );
        Assert.Equal(holds ? GateVerdict.Warn : GateVerdict.Allow, decided.Decision);
        if (holds)
            Assert.Equal(
                [
                    "checkout: the incident \"Disk full\" alone spent 20.1 % of the budget of 28d, more than 20 %. A postmortem is required.",
                ],
                decided.Reasons
            );
    }

    [Fact]
    public void A_class_of_causes_that_spent_more_than_its_share()
    {
        var figures = With("90d", new(999_000, 1_000)) with
        {
            Causes =
            [
                new("90d", CauseKind.Incident, "config", "One", 120),
                new("90d", CauseKind.Deploy, "config", "Two", 90),
                new("90d", CauseKind.Incident, "disk", "Three", 200),
            ],
        };
        Says(
            new(ClassAbove: new(0.2m, "90d")),
            figures,
            GateVerdict.Deny,
            "checkout: the class \"config\" spent 21 % of the budget of 90d, more than 20 %. Hold."
        );
    }

    [Fact]
    public void A_rule_for_experiments_does_not_hold_deploys()
    {
        var rule = new GateRule(
            "r",
            new(AlertOpen: AlertLevel.Page),
            GateVerdict.Deny,
            [GateAction.Experiment],
            [],
            null
        );
        Assert.Equal(GateVerdict.Allow, Decide(rule, Healthy with { PageOpen = true }, Deploy).Decision);
    }

    [Theory]
    [InlineData(FailureMode.Open, GateVerdict.Warn, "open")]
    [InlineData(FailureMode.Closed, GateVerdict.Deny, "closed")]
    public void Without_data_the_policy_says_how_it_fails(FailureMode mode, GateVerdict said, string word)
    {
        var terms = Terms() with { Fail = mode, StaleAfter = "15m" };
        AssertSays(terms, [], said, $"No objective covers this service: the gate fails {word}.");
        AssertSays(
            terms,
            [Healthy with { Watermark = null, Whole = default }],
            said,
            $"checkout: nothing was counted in 30d: the gate fails {word}."
        );
        AssertSays(
            terms,
            [Healthy with { Watermark = Now.AddMinutes(-16) }],
            said,
            $"checkout: nothing was counted since 2026-11-24 09:44:00Z, more than 15m ago: the gate fails {word}."
        );
        Assert.Equal(
            GateVerdict.Allow,
            Decide(terms, [Healthy with { Watermark = Now.AddMinutes(-15) }], Deploy).Decision
        );
    }

    [Fact]
    public void A_calendar_freeze_holds_and_ends_what_was_allowed_before_it()
    {
        var freeze = new CalendarFreeze(
            "night",
            "2026-11-24 10:03",
            "2026-11-24 12:00",
            "UTC",
            GateVerdict.Deny,
            [],
            ["p0-fix"]
        );
        var terms = Terms() with { Freezes = [freeze] };
        Assert.Equal(Now.AddMinutes(3), Decide(terms, [Healthy], Deploy).ValidUntil);
        Assert.Equal(Now.AddMinutes(5), Decide(terms, [Healthy], Deploy with { Change = "p0-fix" }).ValidUntil);

        var frozen = terms with { Freezes = [freeze with { From = "2026-11-24 09:00" }] };
        AssertSays(frozen, [Healthy], GateVerdict.Deny, "The freeze \"night\" holds until 2026-11-24 12:00Z.");
        Assert.Equal(GateVerdict.Allow, Decide(frozen, [Healthy], Deploy with { Change = "p0-fix" }).Decision);
    }

    [Fact]
    public void An_override_lets_through_with_its_reason_and_both_names_and_only_as_long_as_it_holds()
    {
        var over = new GateOverride("The fix is in it.", "ana", "bo", Now.AddMinutes(2));
        var decided = Decide(new GateContext(Policy.BuiltIn, null, over), [Healthy with { PageOpen = true }], Deploy);
        Assert.Equal((GateVerdict.Allow, Now.AddMinutes(2)), (decided.Decision, decided.ValidUntil));
        Assert.Equal(
            [
                "Overridden until 2026-11-24 10:02Z, proposed by ana and approved by bo: The fix is in it.",
                "checkout: a page-level burn alert is open. Wait until it closes.",
            ],
            decided.Reasons
        );
    }

    private static GateFigures With(string window, Tally tally) =>
        Healthy with
        {
            Windows = new Dictionary<string, Tally> { [window] = tally },
        };

    private static GatePolicyTerms Terms(params GateRule[] rules) =>
        new(["*"], ["*"], rules, [], null, null, "5m", new(true, "4h"), null);

    private static GateDecided Decide(GateCondition when, GateFigures figures) =>
        Decide(new GateRule("rule", when, GateVerdict.Deny, [], [], "Hold."), figures, Deploy);

    private static GateDecided Decide(GateRule rule, GateFigures figures, AskGate ask) =>
        Decide(Terms(rule), [figures], ask);

    private static GateDecided Decide(GatePolicyTerms terms, GateFigures[] figures, AskGate ask) =>
        Decide(new GateContext(new Policy("p", 3, terms)), figures, ask);

    private static GateDecided Decide(GateContext context, GateFigures[] figures, AskGate ask) =>
        Assert.IsType<GateDecided>(Assert.Single(Asking.Decide("checkout", ask, figures, context, "ana", Now).Events));

    private static void Says(
        GateCondition when,
        GateFigures figures,
        GateVerdict said,
        string reason,
        AskGate? ask = null
    )
    {
        var decided = Decide(new GateRule("rule", when, GateVerdict.Deny, [], [], "Hold."), figures, ask ?? Deploy);
        Assert.Equal(said, decided.Decision);
        Assert.Equal([reason], decided.Reasons);
    }

    private static void AssertSays(GatePolicyTerms terms, GateFigures[] figures, GateVerdict said, string reason)
    {
        var decided = Decide(terms, figures, Deploy);
        Assert.Equal(said, decided.Decision);
        Assert.Equal([reason], decided.Reasons);
    }
}
