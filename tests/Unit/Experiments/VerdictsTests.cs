using Steady.Contracts.Experiments;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

public sealed class VerdictsTests
{
    [Fact]
    public void The_breaking_point_lies_between_two_rungs_of_one_kind() =>
        Shows(Verdict.Broke, "Broke between 200 and 400 ms of latency.", (Latency(200), true), (Latency(400), false));

    [Fact]
    public void A_first_rung_that_breaks_is_an_upper_bound() =>
        Shows(Verdict.Broke, "Broke at or below 100 ms of latency.", (Latency(100), false));

    [Fact]
    public void What_is_there_or_not_has_nothing_below_it()
    {
        Shows(Verdict.Broke, "Broke with process paused.", (new Rung(FaultKind.Pause, 1), false));
        Shows(Verdict.Held, "Held with process paused.", (new Rung(FaultKind.Pause, 1), true));
    }

    [Fact]
    public void A_change_of_kind_names_both() =>
        Shows(
            Verdict.Broke,
            "Held 400 ms of latency; broke at 20 % failures.",
            (Latency(400), true),
            (Failure(20), false)
        );

    [Fact]
    public void The_last_rung_of_the_same_kind_counts_also_when_another_lies_between() =>
        Shows(
            Verdict.Broke,
            "Broke between 5 and 20 % failures.",
            (Failure(5), true),
            (Latency(400), true),
            (Failure(20), false)
        );

    [Fact]
    public void A_ladder_that_held_names_the_highest_of_each_kind() =>
        Shows(
            Verdict.Held,
            "Held up to 400 ms of latency and 20 % failures.",
            (Latency(200), true),
            (Latency(400), true),
            (Failure(20), true)
        );

    [Fact]
    public void Holding_without_coming_back_is_no_success()
    {
        var run = RunOf((Latency(100), true)) with { RecoveryDone = true };
        Assert.Equal(
            (
                Verdict.Broke,
                "Held up to 100 ms of latency. The steady state did not come back within 60 s after the last fault."
            ),
            Verdicts.Of(run)
        );
    }

    [Fact]
    public void A_fault_that_never_took_effect_proves_nothing()
    {
        var run = RunOf((Latency(100), true), (Latency(200), null)) with { EffectMissed = true };
        Assert.Equal(
            (
                Verdict.Inconclusive,
                "Held up to 100 ms of latency. The fault of rung 2 (200 ms of latency) did not take effect."
            ),
            Verdicts.Of(run)
        );
    }

    private static void Shows(Verdict verdict, string finding, params (Rung Rung, bool? Held)[] rungs) =>
        Assert.Equal((verdict, finding), Verdicts.Of(RunOf(rungs)));

    private static Run RunOf(params (Rung Rung, bool? Held)[] rungs) =>
        new()
        {
            Design = Design with { Ladder = new Ladder([.. rungs.Select(rung => rung.Rung)], 4) },
            About = Subject,
            Rungs =
            [
                .. rungs.Select(
                    (rung, at) => new RungResult(at + 1, rung.Rung, Now, rung.Held is not null, 0, 0, rung.Held, Now)
                ),
            ],
        };
}
