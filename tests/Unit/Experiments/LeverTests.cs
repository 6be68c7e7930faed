using Steady.Contracts.Incidents;
using Steady.Experiments.Safety.Levers;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class LeverTests
{
    private static readonly LeverEngaged Engaged = new("staging", "Customers complain.", "ana", Now);
    private static readonly LeverReleased Released = new("staging", "It is over.", "ana", Now);

    [Fact]
    public void A_lever_that_was_never_pulled_engages() =>
        When(Pulling.Engage(null, "staging", "Customers complain.", "ana", Now)).Then(Engaged);

    [Fact]
    public void Pulling_twice_changes_nothing() =>
        Given<Lever>(Engaged).When(lever => Pulling.Engage(lever, "staging", "Again.", "bo", Now)).ThenNothing();

    [Fact]
    public void A_released_lever_engages_again() =>
        Given<Lever>(Engaged, Released)
            .When(lever => Pulling.Engage(lever, "staging", "Customers complain.", "ana", Now))
            .Then(Engaged);

    [Fact]
    public void A_person_releases_it() =>
        Given<Lever>(Engaged).When(lever => Pulling.Release(lever, "It is over.", "ana", Now)).Then(Released);

    [Fact]
    public void A_rule_does_not_release_it() =>
        Given<Lever>(Engaged)
            .When(lever => Pulling.Release(lever, "It is over.", "rule:incident", Now))
            .ThenRefused("lever-needs-a-person");

    [Fact]
    public void Releasing_twice_changes_nothing() =>
        Given<Lever>(Engaged, Released).When(lever => Pulling.Release(lever, "Again.", "bo", Now)).ThenNothing();

    [Fact]
    public void Every_environment_is_closed_until_the_levers_have_been_read()
    {
        var board = new LeverBoard();
        Assert.NotNull(board.Closed("staging"));
        board.Read([]);
        Assert.Null(board.Closed("staging"));
    }

    [Fact]
    public void A_mark_that_was_set_before_the_levers_were_read_stays()
    {
        var board = new LeverBoard();
        board.Mark("staging", "Customers complain.");
        board.Read([
            new Lever
            {
                Environment = "production",
                Engaged = true,
                Reason = "Stop.",
            },
        ]);
        Assert.Contains("Customers complain.", board.Closed("staging"), StringComparison.Ordinal);
        Assert.Contains("Stop.", board.Closed("production"), StringComparison.Ordinal);
        board.Clear("staging");
        Assert.Null(board.Closed("staging"));
    }

    [Theory]
    [InlineData(Severity.Sev1, 1)]
    [InlineData(Severity.Sev2, 1)]
    [InlineData(Severity.Sev3, 0)]
    public void A_grave_incident_pulls_the_levers_that_are_named_for_it(Severity severity, int pulled) =>
        Assert.Equal(pulled, new LeverRule(["production"]).EngagedBy(severity).Count);
}
