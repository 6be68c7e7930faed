using Steady.Budgets.Burn;
using Steady.Budgets.Gates;
using Steady.Contracts.Budgets;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using GateDecided = Steady.Budgets.Gates.GateDecided;

public sealed class AskGateTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly AskGate Deploy = new(GateAction.Deploy, "1.4.2", "production");
    private static readonly GateContext BuiltIn = new(Policy.BuiltIn);
    private static readonly GateFigures Healthy = new("checkout", 0.999m, "30d", new(99_980, 20), false, Now);

    [Fact]
    public void With_budget_left_and_no_page_the_answer_is_yes() =>
        When(Asking.Decide("checkout", Deploy, [Healthy], BuiltIn, "ana", Now))
            .Then(
                new GateDecided(
                    "checkout",
                    GateAction.Deploy,
                    "1.4.2",
                    "production",
                    null,
                    GateVerdict.Allow,
                    ["checkout: 80 % of the budget is left and no page-level burn alert is open."],
                    0.8m,
                    [new("checkout", 0.999m, 99_980, 20, 100, false, 99_980, 20, null, Now, [])],
                    Now,
                    Now,
                    "ana",
                    Policy: "built-in@1",
                    ValidUntil: Now.AddMinutes(5),
                    OverrideMinutes: 240
                )
            );

    [Fact]
    public void A_service_without_objectives_is_not_held_back() =>
        Says(Decide(Deploy), GateVerdict.Allow, "No objective covers this service.");

    [Fact]
    public void Without_counts_there_is_no_reason_to_say_no()
    {
        var decided = Decide(Deploy, Healthy with { Whole = new(0, 0), Watermark = null });
        Says(decided, GateVerdict.Allow, "checkout: nothing was counted in 30d and no page-level burn alert is open.");
        Assert.Null(decided.Remaining);
        Assert.Null(decided.Watermark);
    }

    [Fact]
    public void An_exhausted_budget_is_a_no() =>
        Says(
            Decide(Deploy, Healthy with { Whole = new(99_900, 100) }),
            GateVerdict.Deny,
            "checkout: the budget is exhausted, 100 failures in 30d where 100 are allowed."
        );

    [Fact]
    public void One_failure_less_is_a_yes() =>
        Assert.Equal(GateVerdict.Allow, Decide(Deploy, Healthy with { Whole = new(99_901, 99) }).Decision);

    [Fact]
    public void A_page_is_a_no() =>
        Says(
            Decide(Deploy, Healthy with { PageOpen = true }),
            GateVerdict.Deny,
            "checkout: a page-level burn alert is open. Wait until it closes."
        );

    [Fact]
    public void An_experiment_that_may_spend_more_than_is_left_is_a_no() =>
        Says(
            Decide(new(GateAction.Experiment, "run", "production", 0.81m), Healthy),
            GateVerdict.Deny,
            "checkout: the experiment may spend 81 % of the budget and 80 % is left."
        );

    [Fact]
    public void Exactly_what_is_left_may_be_spent() =>
        Assert.Equal(
            GateVerdict.Allow,
            Decide(new(GateAction.Experiment, "run", "production", 0.8m), Healthy).Decision
        );

    [Fact]
    public void A_deployment_is_not_asked_what_it_spends() =>
        Assert.Equal(GateVerdict.Allow, Decide(Deploy with { ExpectedSpend = 0.81m }, Healthy).Decision);

    [Fact]
    public void One_no_among_many_is_a_no_and_only_the_noes_are_told()
    {
        var spent = Healthy with
        {
            Objective = "latency",
            Whole = new(0, 5),
            PageOpen = true,
            Watermark = Now.AddHours(-1),
        };
        var decided = Decide(Deploy, Healthy, spent);
        Says(
            decided,
            GateVerdict.Deny,
            "latency: the budget is exhausted, 5 failures in 30d where 0 are allowed.",
            "latency: a page-level burn alert is open. Wait until it closes."
        );
        Assert.Equal(2, decided.Inputs.Count);
        Assert.Equal(Now.AddHours(-1), decided.Watermark);
        Assert.Equal(-999m, decided.Remaining);
    }

    private static GateDecided Decide(AskGate ask, params GateFigures[] figures) =>
        Assert.IsType<GateDecided>(Assert.Single(Asking.Decide("checkout", ask, figures, BuiltIn, "ana", Now).Events));

    private static void Says(GateDecided decided, GateVerdict verdict, params string[] reasons)
    {
        Assert.Equal(verdict, decided.Decision);
        Assert.Equal(reasons, decided.Reasons);
    }
}
