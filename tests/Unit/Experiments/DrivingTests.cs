using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

public sealed class DrivingTests
{
    [Fact]
    public void A_new_run_is_taken_in_hand_once()
    {
        Given<Run>(Ready[..2]).When(run => Driving.Attach(run, Now)).Then(new ControllerAttached(1, Now));
        Given<Run>(Ready).When(run => Driving.Attach(run, Now)).ThenRefused("controller-fenced");
    }

    [Fact]
    public void A_run_that_was_left_behind_is_only_ended() =>
        Given<Run>(Holding)
            .When(run => Driving.TakeOver(run, Now))
            .Then(
                new ControllerAttached(2, Now),
                new HaltRequested("The controller restarted.", Driving.Controller, Now)
            );

    [Fact]
    public void A_run_that_was_left_while_it_ended_is_ended_as_it_would_have_been() =>
        Given<Run>(SecondBroke).When(run => Driving.TakeOver(run, Now)).Then(new ControllerAttached(2, Now));

    [Fact]
    public void A_baseline_out_of_tolerance_halts_before_any_fault() =>
        Given<Run>(Ready[..3])
            .When(run => Driving.MeasureBaseline(run, 1, new Tally(12, 8), Now))
            .Then(
                new BaselineMeasured(12, 8, false, Now),
                new HaltRequested(
                    "Baseline out of tolerance: 12 of 20 requests were good without any fault.",
                    Driving.BaselineRule,
                    Now
                )
            );

    [Fact]
    public void A_baseline_of_nothing_is_no_baseline() =>
        Assert.Contains(
            Driving.MeasureBaseline(Fold<Run>(Ready[..3])!, 1, new Tally(0, 0), Now),
            happened => happened is HaltRequested
        );

    [Fact]
    public void The_ladder_is_climbed_rung_by_rung()
    {
        Given<Run>(Ready)
            .When(run => Driving.StartStep(run, 1, Lease1, Now))
            .Then(new StepStarted(1, Latency(100), Lease1, Now));
        Given<Run>(FirstHeld)
            .When(run => Driving.StartStep(run, 1, Lease2, Now))
            .Then(new StepStarted(2, Latency(200), Lease2, Now));
    }

    [Fact]
    public void No_step_is_taken_without_a_baseline() =>
        Given<Run>(Ready[..3]).When(run => Driving.StartStep(run, 1, Lease1, Now)).ThenRefused("out-of-turn");

    [Fact]
    public void No_step_is_taken_while_a_fault_is_in_place() =>
        Given<Run>(Holding).When(run => Driving.StartStep(run, 1, Lease2, Now)).ThenRefused("out-of-turn");

    [Fact]
    public void No_step_follows_a_rung_that_broke() =>
        Given<Run>(SecondBroke).When(run => Driving.StartStep(run, 1, Lease2, Now)).ThenRefused("out-of-turn");

    [Fact]
    public void A_controller_of_an_older_epoch_is_fenced_off() =>
        Given<Run>([.. Ready, new ControllerAttached(2, Now)])
            .When(run => Driving.StartStep(run, 1, Lease1, Now))
            .ThenRefused("controller-fenced");

    [Fact]
    public void A_fault_counts_once_it_was_seen_to_take_effect()
    {
        Given<Run>(Injecting)
            .When(run => Driving.VerifyEffect(run, 1, Lease1, Seen, Now))
            .Then(new FaultInjected(Subject, 1, Latency(100), Seen, Now));
        var untouched = new FaultEffect(4, 0, 0, 0, 0, 0);
        Given<Run>(Injecting)
            .When(run => Driving.VerifyEffect(run, 1, Lease1, untouched, Now))
            .Then(new EffectNotSeen(1, Latency(100), untouched, Now));
    }

    [Theory]
    [InlineData(19, 1, true)]
    [InlineData(18, 2, false)]
    [InlineData(0, 0, false)]
    public void A_rung_holds_with_enough_good_requests(int good, int bad, bool held) =>
        Given<Run>(Holding)
            .When(run => Driving.Judge(run, 1, new Tally(good, bad), Now))
            .Then(new RungJudged(Subject, 1, Latency(100), held, good, bad, Now));

    [Fact]
    public void A_rung_whose_effect_was_not_seen_is_not_judged() =>
        Given<Run>(Injecting).When(run => Driving.Judge(run, 1, AllGood, Now)).ThenRefused("out-of-turn");

    [Fact]
    public void After_a_halt_no_step_is_taken_and_faults_come_out()
    {
        object[] halted = [.. Holding, Halted];
        Given<Run>(halted).When(run => Driving.StartStep(run, 1, Lease2, Now)).ThenRefused("run-halting");
        Given<Run>(halted).When(run => Driving.GrantLease(run, 1, Lease1, Now)).ThenRefused("run-halting");
        Given<Run>(halted).When(run => Driving.VerifyEffect(run, 1, Lease1, Seen, Now)).ThenRefused("run-halting");
        Given<Run>(halted)
            .When(run => Driving.Revert(run, Lease1, true, Now))
            .Then(new FaultReverted(Subject, 1, Lease1, true, "ana", Now));
    }

    [Fact]
    public void A_fault_is_reverted_once_and_only_if_it_was_asked_for()
    {
        Given<Run>(FirstHeld).When(run => Driving.Revert(run, Lease1, false, Now)).ThenNothing();
        Given<Run>(Holding).When(run => Driving.Revert(run, Lease2, true, Now)).ThenNothing();
    }

    [Fact]
    public void A_run_does_not_end_while_a_fault_may_be_in_place() =>
        Given<Run>([.. Holding, Halted]).When(run => Driving.End(run, Now)).ThenRefused("out-of-turn");

    [Fact]
    public void A_broken_ladder_is_a_conclusion() =>
        Given<Run>([.. SecondBroke, new RecoveryMeasured(0.4m, Now)])
            .When(run => Driving.End(run, Now, new BreakingPoint(FaultKind.Latency, 100, null)))
            .Then(
                new RunConcluded(
                    Subject,
                    Verdict.Broke,
                    "Broke between 100 and 200 ms of latency.",
                    Now,
                    new BreakingPoint(FaultKind.Latency, 200, 100),
                    new BreakingPoint(FaultKind.Latency, 100, null)
                )
            );

    [Fact]
    public void A_halted_run_says_why_and_what_it_has_shown_all_the_same() =>
        Given<Run>([.. FirstHeld, Halted])
            .When(run => Driving.End(run, Now))
            .Then(
                new RunHalted(
                    Subject,
                    Verdict.Inconclusive,
                    "Held up to 100 ms of latency. Ended before the next rung.",
                    "Customers complain.",
                    "ana",
                    Now
                )
            );

    [Fact]
    public void A_fault_that_cannot_be_shown_to_be_out_is_said_so()
    {
        object[] halted = [.. Holding, Halted];
        Given<Run>(halted)
            .When(run => Driving.GiveUp(run, "No answer.", Now))
            .Then(
                new RevertUnconfirmed(
                    Subject,
                    "No answer.",
                    Verdict.Inconclusive,
                    "Ended before 100 ms of latency was judged.",
                    Now
                )
            );
        Given<Run>([.. FirstHeld, Halted]).When(run => Driving.GiveUp(run, "No answer.", Now)).ThenNothing();
    }
}
