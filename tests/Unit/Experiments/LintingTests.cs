using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Gates;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class LintingTests
{
    private static readonly ExperimentDesign Careful = Design with { Budget = new BudgetReserve(0.05m) };

    [Fact]
    public void Of_a_careful_design_nothing_is_said() => Assert.Empty(Linting.Of(Careful));

    [Fact]
    public void What_may_be_regretted_is_said_once_each()
    {
        Assert.Equal(["no-abort"], Codes(Careful with { Abort = [] }));
        Assert.Equal(["abort-never"], Codes(Careful with { Abort = [new AbortCriterion(1, 2)] }));
        Assert.Equal(["abort-within-tolerance"], Codes(Careful with { Abort = [new AbortCriterion(0.01m, 2)] }));
        Assert.Equal(["abort-slower-than-rung"], Codes(Careful with { Abort = [new AbortCriterion(0.5m, 5)] }));
        Assert.Equal(["no-never-touch"], Codes(Careful with { BlastRadius = new("edge", ["checkout"]) }));
        Assert.Equal(["one-rung"], Codes(Careful with { Ladder = new([Latency(100)], 4) }));
        var rare = Careful.SteadyState with { Probe = Careful.SteadyState.Probe with { EveryMs = 500 } };
        Assert.Equal(["few-requests"], Codes(Careful with { SteadyState = rare }));
        Assert.Equal(["no-reserve"], Codes(Careful with { Budget = null }));
        var slow = Careful.SteadyState with { Tolerance = new Tolerance(200, 3000, 0.95m) };
        Assert.Equal(["never-slow"], Codes(Careful with { SteadyState = slow }));
    }

    [Fact]
    public void What_is_there_or_not_needs_no_second_rung() =>
        Assert.Empty(Linting.Of(Careful with { Ladder = new([new Rung(FaultKind.Pause, 1)], 4) }));

    [Fact]
    public void A_frozen_design_of_that_name_is_an_error_and_a_draft_of_another_worth_a_word()
    {
        var stands = new Experiment { Design = Design, By = "ana" };
        Assert.Null(Linting.Before(null, Careful, "bo"));
        Assert.Null(Linting.Before(stands, Design, "bo"));
        Assert.Null(Linting.Before(stands, Careful, "ana"));
        Assert.Equal("draft-of-another", Linting.Before(stands, Careful, "bo")?.Code);
        var frozen = Linting.Before(stands with { FrozenHash = "x" }, Careful, "ana");
        Assert.Equal((FindingWeight.Error, "design-frozen"), (frozen!.Weight, frozen.Code));
    }

    [Fact]
    public void What_would_refuse_a_run_today_is_foreseen()
    {
        Assert.Empty(Foreseeing.Of(Question(), null));
        Assert.Equal(["lever"], Foreseeing.Of(Question(), "It is engaged.").Select(one => one.Code));
        var taken = Question() with { Standing = new Standing([new Claim("edge:checkout-ledger", Lease1, Now)]) };
        Assert.Equal(["claimed"], Foreseeing.Of(taken, null).Select(one => one.Code));
    }

    [Fact]
    public void Another_game_day_that_needs_the_same_overlaps_and_its_own_does_not()
    {
        var other = Design with { Name = "other" };
        var planned = new PlannedRun("gd-117", Now, Now.AddHours(2), other);
        var overlap = Assert.Single(Foreseeing.Overlaps(Question(), [planned]));
        Assert.Contains("'gd-117'", overlap.Message, StringComparison.Ordinal);
        Assert.Contains("edge:checkout-ledger", overlap.Message, StringComparison.Ordinal);
        Assert.Empty(Foreseeing.Overlaps(Question(), [planned with { Design = Design }]));
        var elsewhere = other with { BlastRadius = new BlastRadius("mail", ["mail"]) };
        Assert.Empty(Foreseeing.Overlaps(Question(), [planned with { Design = elsewhere }]));
    }

    [Fact]
    public void Who_is_expected_to_break_outside_of_the_radius_is_named()
    {
        var expected = new ExperimentPrediction("staging", "a → b", [], [], ["payments"], 0.5m, 0, 0);
        Assert.Contains(
            "payments is expected",
            Assert.Single(Foreseeing.Of(expected, null)).Message,
            StringComparison.Ordinal
        );
        Assert.Empty(Foreseeing.Of(expected with { Beyond = [] }, null));
    }

    private static GateQuestion Question() =>
        new(Guid.Empty, Design, [], new Standing([], null, Array.Empty<Blackout>()), Now);

    private static IEnumerable<string> Codes(ExperimentDesign design) => Linting.Of(design).Select(one => one.Code);
}
