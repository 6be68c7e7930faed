using Steady.Contracts.Budgets;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>A policy is read as sentences; every condition that there is has one.</summary>
public sealed class PolicyWordsTests
{
    private static readonly SpentAbove Fifth = new(0.2m, "90d");

    public static TheoryData<GateCondition, string> Conditions =>
        new()
        {
            { new(Exhausted: true), "the budget is exhausted" },
            { new(RemainingBelow: 0.1m), "less than 10 % of the budget is left" },
            { new(AlertOpen: AlertLevel.Page), "a page-level burn alert is open" },
            { new(AlertOpen: AlertLevel.Any), "a burn alert is open" },
            { new(BurnRateAbove: new("1h", 14.4m)), "it burns faster than 14.4× over 1h" },
            { new(ExpectedSpendAboveRemaining: true), "it may spend more than is left" },
            { new(DataOlderThan: "15m"), "the newest count is older than 15m" },
            { new(SpentAbove: Fifth), "more than 20 % of the budget went within 90d" },
            { new(IncidentAbove: Fifth), "one incident spent more than 20 % within 90d" },
            { new(ClassAbove: Fifth), "causes of one class spent more than 20 % within 90d" },
        };

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Every_condition_is_said(GateCondition when, string said) => Assert.Equal(said, PolicyWords.When(when));

    [Fact]
    public void A_rule_and_a_freeze_say_what_they_let_through()
    {
        var rule = new GateRule("freeze", new(Exhausted: true), GateVerdict.Deny, [], ["p0-fix", "security"], null);
        Assert.Equal("Denies everything when the budget is exhausted, except p0-fix, security", PolicyWords.Of(rule));
        var freeze = new CalendarFreeze(
            "weekends",
            "fri 18:00",
            "mon 07:00",
            "Europe/Berlin",
            GateVerdict.Warn,
            [GateAction.Deploy],
            []
        );
        Assert.Equal("Warns of deploys from fri 18:00 to mon 07:00 (Europe/Berlin)", PolicyWords.Of(freeze));
    }

    [Theory]
    [InlineData(45, "45 min")]
    [InlineData(120, "2 h")]
    [InlineData(4_001, "66 h 41 min")]
    public void Working_time_does_not_become_days(long minutes, string said) =>
        Assert.Equal(said, Words.Hours(minutes));
}
