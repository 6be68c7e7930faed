using Steady.Budgets.Spending;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using DeployRecorded = Steady.Budgets.Spending.DeployRecorded;

public sealed class SpendingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_deployment_is_told_with_what_is_known_of_it()
    {
        When(RecordingDeploy.Decide(new("ledger", "1.4.2", "production"), "cd", Now))
            .Then(new DeployRecorded("ledger", "1.4.2", "production", ["ledger"], null, "deploy", false, "cd", Now));
        When(
                RecordingDeploy.Decide(
                    new(
                        "ledger",
                        "1.4.1",
                        "production",
                        Now.AddMinutes(-5),
                        ["checkout", "ledger"],
                        "payments",
                        "config",
                        true
                    ),
                    "cd",
                    Now
                )
            )
            .Then(
                new DeployRecorded(
                    "ledger",
                    "1.4.1",
                    "production",
                    ["ledger", "checkout"],
                    "payments",
                    "config",
                    true,
                    "cd",
                    Now.AddMinutes(-5)
                )
            );
    }

    [Fact]
    public void A_deployment_of_the_future_is_refused() =>
        When(RecordingDeploy.Decide(new("ledger", "1", "production", Now.AddMinutes(2)), "cd", Now))
            .ThenRefused("in-the-future");

    [Fact]
    public void A_team_takes_a_period_on_itself()
    {
        var claim = new ClaimPeriod("databases", Now.AddHours(-1), Now, "Move");
        When(RecordingDeploy.Decide("checkout", claim, "ana", Now))
            .Then(new PeriodClaimed("checkout", "databases", Now.AddHours(-1), Now, "Move", "team", "ana", Now));
        When(RecordingDeploy.Decide("checkout", claim with { To = claim.From }, "ana", Now))
            .ThenRefused("period-invalid");
    }

    [Fact]
    public void A_deployment_covers_an_hour_or_the_time_until_the_next_one_of_its_place()
    {
        var causes = Causes(
            Deploy("1", 0),
            Deploy("2", 20),
            Deploy("3", 200),
            Deploy("staging", 210) with
            {
                Environment = "staging",
            },
            Deploy("other", 210) with
            {
                Service = "checkout",
            }
        );
        Assert.Equal(
            [("ledger 1", 0, 20), ("ledger 2", 20, 80), ("ledger 3", 200, 260), ("checkout other", 210, 270)],
            causes.Select(cause => (cause.Label, Minute(cause.From), Minute(cause.To))).OrderBy(one => one.Item2)
        );
        Assert.Equal(["payments", "payments", "payments", "shop"], causes.Select(cause => cause.Team));
    }

    [Fact]
    public void A_rollback_ends_what_it_takes_back_and_covers_nothing() =>
        Assert.Equal(
            [("ledger 1", 0, 10)],
            Causes(Deploy("1", 0), Deploy("0", 10) with { Rollback = true })
                .Select(cause => (cause.Label, Minute(cause.From), Minute(cause.To)))
        );

    [Fact]
    public void A_team_that_was_told_with_the_deployment_answers_for_it() =>
        Assert.Equal("platform", Assert.Single(Causes(Deploy("1", 0) with { Team = "platform" })).Team);

    [Fact]
    public void A_service_gets_its_team_once()
    {
        When(Describing.Name(null, "checkout", new("shop"), "ana", Now))
            .Then(new TeamNamed("checkout", "shop", "ana", Now));
        Given<ServiceProfile>(new TeamNamed("checkout", "shop", "ana", Now))
            .When(profile => Describing.Name(profile, "checkout", new("shop"), "bo", Now))
            .ThenNothing();
        Given<ServiceProfile>(new TeamNamed("checkout", "shop", "ana", Now))
            .When(profile => Describing.Name(profile, "checkout", new("pay"), "bo", Now))
            .Then(new TeamNamed("checkout", "pay", "bo", Now));
    }

    [Fact]
    public void How_spend_is_put_down_can_be_tuned()
    {
        var tuned = new AttributionTuned("checkout", new(0.001m, 30, "live", ServiceProfile.Order), "ana", Now);
        When(Describing.Tune(null, "checkout", new(0.001m, 30, "live"), "ana", Now)).Then(tuned);
        Given<ServiceProfile>(tuned)
            .When(profile => Describing.Tune(profile, "checkout", new(0.001m, 30, "live"), "ana", Now))
            .ThenNothing();
        CauseKind[] order = [CauseKind.Deploy, CauseKind.Run, CauseKind.Incident, CauseKind.Team];
        Given<ServiceProfile>(tuned)
            .When(profile => Describing.Tune(profile, "checkout", new(0.001m, 30, "live", order), "ana", Now))
            .Then(tuned with { Terms = tuned.Terms with { Order = order } });
    }

    [Theory]
    [InlineData(CauseKind.Run, CauseKind.Incident, CauseKind.Deploy)]
    [InlineData(CauseKind.Run, CauseKind.Run, CauseKind.Deploy, CauseKind.Team)]
    [InlineData(CauseKind.Run, CauseKind.Incident, CauseKind.Deploy, CauseKind.Background)]
    public void An_order_names_each_kind_once(params CauseKind[] order) =>
        When(Describing.Tune(null, "checkout", new(Order: order), "ana", Now)).ThenRefused("order-invalid");

    private static IReadOnlyList<Steady.Budgets.Burn.Cause> Causes(params Deploy[] deploys) =>
        Deploys.Causes(
            deploys,
            TimeSpan.FromHours(1),
            environment => environment == "production",
            service => service == "ledger" ? "payments" : "shop"
        );

    private static Deploy Deploy(string release, int minute) =>
        new()
        {
            Id = StableId.From(release),
            Service = "ledger",
            Environment = "production",
            Ref = release,
            Affects = ["ledger"],
            Class = "deploy",
            At = Now.AddMinutes(minute),
        };

    private static int Minute(DateTimeOffset at) => (int)(at - Now).TotalMinutes;
}
