using Steady.Contracts.Experiments;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

public sealed class HaltRunTests
{
    private static readonly Cause Complaint = new("Customers complain.", "ana");

    [Fact]
    public void An_active_run_is_halted_with_its_cause() =>
        Given<Run>(Holding).When(run => Halting.Decide(run, Complaint, Now)).Then(Halted);

    [Fact]
    public void Halting_twice_changes_nothing() =>
        Given<Run>([.. Holding, Halted])
            .When(run => Halting.Decide(run, new Cause("Again.", "cleo"), Now))
            .ThenNothing();

    [Fact]
    public void A_rung_that_was_out_of_tolerance_when_it_was_halted_has_broken() =>
        Given<Run>(Holding)
            .When(run => Halting.Decide(run, Complaint, Now, AllBad))
            .Then(new RungJudged(Subject, 1, Latency(100), false, 0, 20, Now), Halted);

    [Fact]
    public void A_rung_that_was_well_when_it_was_halted_is_not_judged() =>
        Given<Run>(Holding).When(run => Halting.Decide(run, Complaint, Now, AllGood)).Then(Halted);

    [Fact]
    public void A_run_that_is_ending_by_itself_is_left_to_end() =>
        Given<Run>(SecondBroke).When(run => Halting.Decide(run, Complaint, Now)).ThenNothing();

    [Fact]
    public void A_run_with_an_unconfirmed_revert_needs_a_person_not_a_halt()
    {
        object[] unconfirmed =
        [
            .. Holding,
            Halted,
            new RevertUnconfirmed(Subject, "No answer.", Verdict.Inconclusive, "…", Now),
        ];
        Given<Run>(unconfirmed).When(run => Halting.Decide(run, Complaint, Now)).ThenRefused("revert-unconfirmed");
        Given<Run>(unconfirmed)
            .When(run => Confirming.Decide(run, "Restarted the agent; no toxic is listed.", "ana", Now))
            .Then(new RevertConfirmed(Subject, "Restarted the agent; no toxic is listed.", "…", "ana", Now));
    }

    [Fact]
    public void There_is_nothing_to_confirm_in_an_active_run() =>
        Given<Run>(Holding).When(run => Confirming.Decide(run, "Looked.", "ana", Now)).ThenRefused("run-active");

    [Fact]
    public void Confirming_twice_changes_nothing() =>
        Given<Run>([
                .. Holding,
                Halted,
                new RevertUnconfirmed(Subject, "No answer.", Verdict.Inconclusive, "…", Now),
                new RevertConfirmed(Subject, "Looked.", "…", "ana", Now),
            ])
            .When(run => Confirming.Decide(run, "Looked.", "ana", Now))
            .ThenNothing();
}
