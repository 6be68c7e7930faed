using CsCheck;
using Microsoft.Extensions.Configuration;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

/// <summary>Who may feel a run, and what it has for itself.</summary>
public sealed class ReachTests
{
    private static readonly Dependencies Shop = new([
        ("web", "checkout"),
        ("checkout", "ledger"),
        ("reports", "ledger"),
        ("ledger", "web"),
    ]);

    [Fact]
    public void Dependents_are_found_however_many_steps_away_and_in_circles() =>
        Assert.Equal(["checkout", "reports", "web"], Shop.DependentsOf(["ledger"]));

    [Fact]
    public void What_is_declared_elsewhere_counts_as_well() =>
        Assert.Equal(
            ["kiosk", "reports", "web"],
            Shop.Also([("kiosk", "web"), ("web", "checkout")]).DependentsOf(["ledger", "checkout"])
        );

    [Fact]
    public void Nobody_depends_on_what_nobody_names() => Assert.Empty(Shop.DependentsOf(["reports"]));

    [Fact]
    public void The_name_of_an_edge_says_who_needs_whom() =>
        Assert.Equal(["checkout"], new Dependencies([]).With(["checkout-ledger"], []).DependentsOf(["ledger"]));

    [Fact]
    public void A_name_with_several_hyphens_is_cut_between_known_services_only()
    {
        var known = new Dependencies([("web-shop", "order-book")]);
        Assert.Equal(["web-shop"], known.With(["web-shop-order-book"], []).DependentsOf(["order-book"]));
        Assert.Empty(new Dependencies([]).With(["web-shop-order-book"], []).DependentsOf(["order-book"]));
    }

    [Fact]
    public void Settings_name_what_each_service_needs()
    {
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(
                new Dictionary<string, string?>
                {
                    ["Dependencies:checkout:0"] = "ledger",
                    ["Dependencies:web:0"] = "checkout",
                }
            )
            .Build();
        Assert.Equal(["checkout", "web"], Dependencies.Of(settings).DependentsOf(["ledger"]));
    }

    [Fact]
    public void An_edge_is_claimed_everywhere_a_service_in_its_environment() =>
        Assert.Equal(
            ["edge:checkout-ledger", "staging:checkout", "staging:ledger", "staging:web"],
            Claiming.Of(Design, ["web"])
        );

    [Fact]
    public void What_must_never_be_touched_may_not_depend_on_what_is_broken()
    {
        var question = new GateQuestion(Lease1, Design, ["payments", "web"], new Standing([]), Now);
        Assert.Equal(
            [("payments", false), ("web", true)],
            RadiusGate.Judge(question).Select(answer => (answer.Subject, answer.Open))
        );
    }

    [Fact]
    public void A_run_finds_its_own_claims_no_obstacle()
    {
        var claim = new Claim("staging:ledger", Lease1, Now);
        var own = new GateQuestion(Lease1, Design, [], new Standing([claim]), Now);
        Assert.True(ClaimGate.Judge(own).Open);
        var answer = ClaimGate.Judge(own with { Run = Lease2 });
        Assert.False(answer.Open);
        Assert.Contains("staging:ledger", answer.Evidence, StringComparison.Ordinal);
    }

    /// <summary>Whoever depends on a service that is reached is reached: nothing is left out, and nobody else is in.</summary>
    [Fact]
    public void Dependents_are_closed_under_depending() =>
        Gen.Select(Gen.Int[0, 7], Gen.Int[0, 7])
            .Select(pair => ($"s{pair.Item1}", $"s{pair.Item2}"))
            .Array[0, 20]
            .Sample(
                pairs =>
                {
                    var reached = new Dependencies(pairs).DependentsOf(["s0"]).Append("s0").ToHashSet();
                    Assert.All(
                        pairs,
                        pair => Assert.True(!reached.Contains(pair.Item2) || reached.Contains(pair.Item1))
                    );
                    Assert.All(
                        reached.Except(["s0"]),
                        service => Assert.Contains(pairs, pair => pair.Item1 == service && reached.Contains(pair.Item2))
                    );
                },
                iter: 10_000,
                threads: 2
            );
}
