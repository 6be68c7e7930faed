using Steady.Contracts.Budgets;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>What is offered about a question that a gate denied: who may ask, who may agree, and until when.</summary>
public sealed class LetThroughTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Now.AddHours(1);
    private static readonly DateTimeOffset Before = Now.AddHours(-1);

    [Fact]
    public void A_denial_may_be_asked_about_and_what_is_allowed_may_not()
    {
        Assert.True(LetThrough.MayBeAsked(Said(GateVerdict.Deny), Now, "ana"));
        Assert.False(LetThrough.MayBeAsked(Said(GateVerdict.Warn), Now, "ana"));
        Assert.Null(LetThrough.Said(Said(GateVerdict.Deny), Now));
    }

    [Fact]
    public void What_waits_is_agreed_to_by_somebody_else_and_said_in_other_words_by_who_asked()
    {
        var asked = Said(GateVerdict.Deny, new GateOverride("The fix is in it.", "ana", null, Later));
        Assert.True(LetThrough.MayBeAgreed(asked, Now, "bo"));
        Assert.False(LetThrough.MayBeAgreed(asked, Now, "ana"));
        Assert.True(LetThrough.MayBeAsked(asked, Now, "ana"));
        Assert.False(LetThrough.MayBeAsked(asked, Now, "bo"));
        Assert.Equal(
            "ana asks to let it through; somebody else can agree until 2026-11-24 15:00 UTC: The fix is in it.",
            LetThrough.Said(asked, Now)
        );
    }

    [Theory]
    [InlineData(null, "ana asked to let it through, and nobody agreed until 2026-11-24 13:00 UTC: It must.")]
    [InlineData("bo", "Was let through until 2026-11-24 13:00 UTC by ana and bo: It must.")]
    public void What_has_lapsed_may_be_asked_for_anew(string? by, string told)
    {
        var lapsed = Said(GateVerdict.Deny, new GateOverride("It must.", "ana", by, Before));
        Assert.True(LetThrough.MayBeAsked(lapsed, Now, "cy"));
        Assert.False(LetThrough.MayBeAgreed(lapsed, Now, "cy"));
        Assert.Equal(told, LetThrough.Said(lapsed, Now));
    }

    [Fact]
    public void What_is_let_through_needs_nothing_more()
    {
        var through = Said(GateVerdict.Deny, new GateOverride("It must.", "ana", "bo", Later));
        Assert.False(LetThrough.MayBeAsked(through, Now, "ana"));
        Assert.False(LetThrough.MayBeAgreed(through, Now, "cy"));
        Assert.StartsWith("Let through until 2026-11-24 15:00 UTC by ana and bo", LetThrough.Said(through, Now));
    }

    private static GateDecision Said(GateVerdict verdict, GateOverride? last = null) =>
        new(
            Guid.Empty,
            "checkout",
            GateAction.Deploy,
            "release-9",
            "production",
            verdict,
            verdict != GateVerdict.Deny,
            ["No."],
            null,
            [],
            null,
            Before,
            "ci",
            Override: last
        );
}
