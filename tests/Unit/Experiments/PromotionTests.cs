using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Learning;
using Steady.Experiments.Runs;

public sealed class PromotionTests
{
    private static readonly ExperimentDesign Terms = Design with { Promotion = new("production", 2, 14) };
    private static readonly ExperimentView Frozen = new(Lease1, 2, Terms, DesignHash.Of(Terms), Now, "ana");
    private static readonly Guid First = Guid.Parse("01990000-0000-7000-8000-000000000011");
    private static readonly Guid Second = Guid.Parse("01990000-0000-7000-8000-000000000012");
    private static readonly Guid Third = Guid.Parse("01990000-0000-7000-8000-000000000013");
    private static readonly Shown[] Enough = [Ran(First, 1), Ran(Second, 2), Killed(Third, 3)];
    private static readonly RunHalted Ended = new(
        Subject,
        Verdict.Inconclusive,
        "Ended before 100 ms of latency was judged.",
        "The controller restarted.",
        "controller",
        Now
    );

    public static readonly ExperimentPromoted Promoted = new(
        "slow-ledger",
        "production",
        "slow-ledger-in-production",
        DesignHash.Of(Promoting.Target(Terms)!),
        new PromotionEvidence(Frozen.FrozenHash!, [First, Second], Third),
        Now.AddDays(-3).AddDays(14),
        "ana",
        Now
    );
    public static readonly PromotionRevoked Revoked = new("slow-ledger", "production", "It hurt.", "bo", Now);

    [Fact]
    public void What_held_often_enough_and_was_drilled_is_promoted() =>
        When(Promoting.Decide(null, Frozen, Enough, "ana", Now)).Then(Promoted);

    [Fact]
    public void Anything_less_is_not()
    {
        Refused(Enough[1..], "promotion-unproven");
        Refused(Enough[..2], "promotion-unproven");
        Refused([Ran(First, 1), Ran(Second, 15), Killed(Third, 3)], "promotion-unproven");
        Refused([Ran(First, 1), Ran(Second, 2), Killed(Third, 15)], "promotion-unproven");
        When(Promoting.Decide(null, Frozen with { FrozenHash = null }, Enough, "ana", Now))
            .ThenRefused("design-not-frozen");
        When(Promoting.Decide(null, Frozen with { Design = Design }, Enough, "ana", Now))
            .ThenRefused("promotion-without-terms");
        var import = new ImportSource("f00d", [new("W-NO-ROLLBACK", "/rollbacks", "Nothing puts it back.")], Now);
        When(Promoting.Decide(null, Frozen with { Import = import }, Enough, "ana", Now))
            .ThenRefused("promotion-without-rollback");

        static void Refused(Shown[] runs, string code) =>
            When(Promoting.Decide(null, Frozen, runs, "ana", Now)).ThenRefused(code);
    }

    [Fact]
    public void What_was_revoked_needs_new_evidence()
    {
        var revoked = Fold<Promotion>(Promoted, Revoked)!;
        When(Promoting.Decide(revoked, Frozen, Enough, "ana", Now)).ThenRefused("promotion-unproven");
        var later = Now.AddDays(4);
        Shown[] anew = [Ran(First, -1), Ran(Second, -2), Killed(Third, -3)];
        Assert.Single(Promoting.Decide(revoked, Frozen, anew, "ana", later).Events);
        When(Promoting.Decide(Fold<Promotion>(Promoted), Frozen, Enough, "ana", Now)).ThenNothing();
        Given<Promotion>(Promoted)
            .When(promotion => Promoting.Revoke(promotion, new("It hurt."), "bo", Now))
            .Then(Revoked);
    }

    [Fact]
    public void The_same_design_goes_to_the_next_environment()
    {
        var target = Promoting.Target(Terms)!;
        Assert.Equal(("slow-ledger-in-production", "production"), (target.Name, target.Environment));
        Assert.Equal(
            DesignHash.Of(Design),
            DesignHash.Of(target with { Name = Design.Name, Environment = Design.Environment })
        );
    }

    [Fact]
    public void The_gate_of_production_opens_for_what_was_shown_and_while_it_is_new()
    {
        Assert.False(PromotionGate.Answer(null, Now).Open);
        Assert.True(PromotionGate.Answer(Fold<Promotion>(Promoted), Now).Open);
        Assert.False(PromotionGate.Answer(Fold<Promotion>(Promoted), Promoted.ValidUntil).Open);
        Assert.False(PromotionGate.Answer(Fold<Promotion>(Promoted, Revoked), Now).Open);
    }

    [Fact]
    public void A_drill_is_a_run_whose_controller_died_with_a_fault_in_place_that_was_seen_gone()
    {
        object[] killed = [.. Holding, new ControllerAttached(2, Now)];
        var gone = new FaultReverted(Subject, 1, Lease1, true, "controller", Now);
        Assert.True(Promoting.IsDrill([.. killed, gone, Ended]));
        // The fault was not seen gone; a person had to look; it has not ended; nothing was in place; nobody died.
        Assert.False(Promoting.IsDrill([.. killed, Ended]));
        Assert.False(
            Promoting.IsDrill([
                .. killed,
                gone,
                new RevertUnconfirmed(Subject, "No answer.", Verdict.Inconclusive, "Ended.", Now),
                new RevertConfirmed(Subject, "Looked.", "Ended.", "ana", Now),
                Ended,
            ])
        );
        Assert.False(Promoting.IsDrill([.. killed, gone]));
        Assert.False(Promoting.IsDrill([.. Ready, new ControllerAttached(2, Now), Ended]));
        Assert.False(Promoting.IsDrill([.. Holding, gone, Ended]));
    }

    private static Shown Ran(Guid id, int daysAgo) => new(id, Now.AddDays(-daysAgo), true, false);

    private static Shown Killed(Guid id, int daysAgo) => new(id, Now.AddDays(-daysAgo), false, true);
}
