using Steady.Budgets.Gates;
using Steady.Contracts.Budgets;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using GateDecided = Steady.Budgets.Gates.GateDecided;
using GateOverridden = Steady.Budgets.Gates.GateOverridden;

public sealed class OverrideGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly OverrideGate Command = new("The fix is in it.", 60);
    private static readonly OverrideProposed Proposed = new("The fix is in it.", 60, "ana", Now, Now.AddHours(2));

    private static readonly GateDecided Denied = new(
        "checkout",
        GateAction.Deploy,
        "1.4.2",
        "production",
        null,
        GateVerdict.Deny,
        ["No."],
        null,
        [],
        null,
        Now,
        "cd",
        Policy: "production@3",
        OverrideMinutes: 120
    );

    private static readonly GateOverridden Overridden = new(
        "checkout",
        GateAction.Deploy,
        "1.4.2",
        "production",
        "The fix is in it.",
        "ana",
        "bo",
        Now,
        Now.AddMinutes(60)
    );

    [Fact]
    public void A_denial_can_be_proposed_to_be_overridden() =>
        Given<Gate>(Denied).When(gate => Overriding.Propose(gate, Command, "ana", Now)).Then(Proposed);

    [Fact]
    public void Without_a_length_it_holds_as_long_as_the_policy_allows() =>
        Given<Gate>(Denied)
            .When(gate => Overriding.Propose(gate, new("Why"), "ana", Now))
            .Then(new OverrideProposed("Why", 120, "ana", Now, Now.AddHours(2)));

    [Fact]
    public void A_decision_of_an_old_version_can_be_overridden_for_four_hours() =>
        Given<Gate>(Denied with { OverrideMinutes = null })
            .When(gate => Overriding.Propose(gate, new("Why"), "ana", Now))
            .Then(new OverrideProposed("Why", 240, "ana", Now, Now.AddHours(4)));

    [Fact]
    public void Proposing_twice_changes_nothing() =>
        Given<Gate>(Denied, Proposed).When(gate => Overriding.Propose(gate, Command, "ana", Now)).ThenNothing();

    [Theory]
    [InlineData(GateVerdict.Allow)]
    [InlineData(GateVerdict.Warn)]
    public void What_was_not_denied_needs_no_override(GateVerdict verdict) =>
        Given<Gate>(Denied with { Decision = verdict })
            .When(gate => Overriding.Propose(gate, Command, "ana", Now))
            .ThenRefused("override-needless");

    [Fact]
    public void A_policy_may_forbid_it() =>
        Given<Gate>(Denied with { OverrideMinutes = 0 })
            .When(gate => Overriding.Propose(gate, Command, "ana", Now))
            .ThenRefused("override-forbidden");

    [Fact]
    public void Longer_than_the_policy_allows_is_refused() =>
        Given<Gate>(Denied)
            .When(gate => Overriding.Propose(gate, new("Why", 121), "ana", Now))
            .ThenRefused("override-too-long");

    [Fact]
    public void What_is_overridden_is_not_proposed_again_while_it_holds()
    {
        Given<Gate>(Denied, Proposed, Overridden)
            .When(gate => Overriding.Propose(gate, Command, "ana", Now.AddMinutes(59)))
            .ThenRefused("override-given");
        Given<Gate>(Denied, Proposed, Overridden)
            .When(gate => Overriding.Propose(gate, Command, "ana", Now.AddHours(2)))
            .Then(new OverrideProposed("The fix is in it.", 60, "ana", Now.AddHours(2), Now.AddHours(4)));
    }

    [Fact]
    public void A_second_person_approves() =>
        Given<Gate>(Denied, Proposed).When(gate => Overriding.Approve(gate, "bo", Now)).Then(Overridden);

    [Fact]
    public void Approving_twice_changes_nothing_and_a_third_person_is_told()
    {
        Given<Gate>(Denied, Proposed, Overridden).When(gate => Overriding.Approve(gate, "bo", Now)).ThenNothing();
        Given<Gate>(Denied, Proposed, Overridden)
            .When(gate => Overriding.Approve(gate, "cy", Now))
            .ThenRefused("override-given");
    }

    [Fact]
    public void Nobody_approves_what_they_proposed() =>
        Given<Gate>(Denied, Proposed)
            .When(gate => Overriding.Approve(gate, "ana", Now))
            .ThenRefused("second-person-needed");

    [Fact]
    public void Nothing_is_approved_that_was_not_proposed_or_not_in_time()
    {
        Given<Gate>(Denied).When(gate => Overriding.Approve(gate, "bo", Now)).ThenRefused("override-not-proposed");
        Given<Gate>(Denied, Proposed)
            .When(gate => Overriding.Approve(gate, "bo", Now.AddHours(2)))
            .ThenRefused("override-expired");
    }

    [Fact]
    public void What_is_told_of_it_is_the_last_that_was_asked_or_given()
    {
        var gate = new Gate
        {
            Decided = Denied,
            Service = "checkout",
            Order = "",
        };
        Assert.Null(gate.Override());
        Assert.Null(gate.Apply(Proposed).Override()!.ApprovedBy);
        var given = gate.Apply(Proposed).Apply(Overridden);
        Assert.Equal("bo", given.Override()!.ApprovedBy);
        var anew = given.Apply(Proposed with { By = "cy", At = Now.AddHours(3), Until = Now.AddHours(5) }).Override();
        Assert.Equal(new GateOverride(Proposed.Reason, "cy", null, Now.AddHours(5)), anew);
    }
}
