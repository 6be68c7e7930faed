using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Learning;
using Steady.Experiments.Runs;

public sealed class LearningTests
{
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-0000000000f1");
    public static readonly Topic About = new("A slow ledger stops checkouts", "slow-ledger", ["checkout", "ledger"]);
    public static readonly FindingRaised Raised = new(
        About,
        Lease2,
        FindingKind.BrokeEarly,
        CouplingType.Operational,
        "It was thought to hold 400 ms.",
        "ana",
        Now
    );
    public static readonly ActionItemLinked Linked = new(About, 1, "Add a timeout", "bo", null, "ana", Now);

    [Fact]
    public void The_regression_experiment_rises_to_where_it_broke_and_must_hold_there()
    {
        var run = Fold<Run>(SecondBroke)!;
        var design = Regressing.Design(run, Id)!;
        Assert.Equal([Latency(100), Latency(200)], design.Ladder.Rungs);
        Assert.Equal("slow-ledger-holds-000000f1", design.Name);
        Assert.Empty(DesignRules.Check(design));
        Given<Lesson>(Raised)
            .When(finding => Regressing.Decide(finding, design, "ana", Now))
            .Then(
                new RegressionExperimentCreated(
                    Steady.Kernel.StableId.From("experiment", design.Name),
                    design.Name,
                    Latency(200),
                    "ana",
                    Now
                )
            );
    }

    [Fact]
    public void After_a_bisection_the_weakest_break_must_hold_and_the_ladder_rises()
    {
        RungResult[] rungs = [Rung(100, true), Rung(400, false), Rung(250, true), Rung(325, false)];
        var run = Fold<Run>(Ready)! with { Rungs = rungs };
        Assert.Equal([Latency(100), Latency(250), Latency(325)], Regressing.Design(run, Id)!.Ladder.Rungs);

        static RungResult Rung(int magnitude, bool held) => new(1, Latency(magnitude), Now, true, 1, 1, held, Now);
    }

    [Fact]
    public void A_run_that_held_gives_no_regression()
    {
        Assert.Null(Regressing.Design(Fold<Run>(FirstHeld)!, Id));
        Given<Lesson>(Raised)
            .When(finding => Regressing.Decide(finding, null, "ana", Now))
            .ThenRefused("finding-not-broken");
    }

    [Fact]
    public void A_long_name_stays_a_name()
    {
        var run = Fold<Run>(SecondBroke)!;
        var name = Regressing.Design(run with { Design = run.Design with { Name = new string('a', 63) } }, Id)!.Name;
        Assert.Equal(63, name.Length);
        Assert.EndsWith("-holds-000000f1", name, StringComparison.Ordinal);
    }

    [Fact]
    public void An_item_is_linked_once()
    {
        var wish = new LinkActionItem("Add a timeout", "bo");
        Given<Lesson>(Raised).When(finding => Linking.Decide(finding, wish, "ana", Now)).Then(Linked);
        Given<Lesson>(Raised, Linked).When(finding => Linking.Decide(finding, wish, "ana", Now)).ThenNothing();
    }

    [Fact]
    public void Only_a_later_run_of_the_regression_that_held_verifies_the_fix()
    {
        var regression = new RegressionExperimentCreated(Id, "slow-ledger-holds-000000f1", Latency(200), "ana", Now);
        var held = Fold<Run>(Ready)! with
        {
            ExperimentId = Id,
            State = RunState.Concluded,
            Verdict = Verdict.Held,
            EndedAt = Now.AddMinutes(1),
        };
        Verify(held).Then(new FixVerified(About, regression.Name, held.Id, Now));
        Verify(held with { Verdict = Verdict.Broke }).ThenNothing();
        Verify(held with { State = RunState.Halted }).ThenNothing();
        Verify(held with { ExperimentId = Lease1 }).ThenNothing();
        Verify(held with { About = held.About with { StartedAt = Now.AddSeconds(-1) } }).ThenNothing();
        Given<Lesson>(Raised, regression, new FixVerified(About, regression.Name, Lease1, Now))
            .When(finding => Verifying.Decide(finding, [held], Now))
            .ThenNothing();

        Support.When Verify(Run run) =>
            Given<Lesson>(Raised, regression).When(finding => Verifying.Decide(finding, [run], Now));
    }
}
