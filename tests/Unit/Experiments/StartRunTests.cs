using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Gates;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

public sealed class StartRunTests
{
    private static readonly GateEvaluated Open = new("incidents", "checkout", true, "No incident is open.", Now);
    private static readonly GateEvaluated Closed = new("budget", "ledger", false, "The budget is spent.", Now);

    [Fact]
    public void A_run_starts_when_every_gate_is_open() =>
        When(Starting.Decide(Requested, [Open]))
            .Then(Requested, Open, new RunStarted(Subject, Requested.ExperimentId, Now));

    [Fact]
    public void One_closed_gate_refuses_the_run_with_its_reason() =>
        When(Starting.Decide(Requested, [Open, Closed]))
            .Then(Requested, Open, Closed, new RunRefused(Subject, "Budget (ledger): The budget is spent.", Now));

    [Fact]
    public void A_lost_claim_is_a_closed_gate() =>
        Assert.Contains(
            Starting.Decide(Requested, [Open, ClaimGate.Lost("checkout-ledger", [], Now)]),
            happened => happened is RunRefused refused && refused.Reason.Contains("Another run has this in hand")
        );
}
