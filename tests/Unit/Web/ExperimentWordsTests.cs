using Steady.Contracts.Experiments;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class ExperimentWordsTests
{
    private static readonly ExperimentDesign Design = Experiments.Designs.Design;

    [Fact]
    public void What_a_run_will_do_is_said_before_it_does()
    {
        Assert.Equal(
            "On checkout-ledger in staging: 100 ms latency, rising in 2 rungs to 200 ms latency. Each rung is held for 4 s.",
            ExperimentWords.Breaks(Design)
        );
        Assert.Equal(
            "It may hurt checkout, ledger. web may feel it too. It must not touch payments. It may spend 5 % of an error budget.",
            ExperimentWords.Reaches(Design with { Budget = new BudgetReserve(0.05m) }, ["web"])
        );
        Assert.Equal(
            "It may hurt checkout.",
            ExperimentWords.Reaches(Design with { BlastRadius = new BlastRadius("edge", ["checkout"]) }, null)
        );
    }

    [Fact]
    public void Where_it_broke_is_compared_with_the_run_before()
    {
        var (weak, strong) = (
            new BreakingPoint(FaultKind.Latency, 200, 100),
            new BreakingPoint(FaultKind.Latency, 400, null)
        );
        Assert.Equal("at 200 ms latency; 100 ms latency held", ExperimentWords.Broke(weak));
        Assert.Equal("the run before at 200 ms latency: it bears more now", ExperimentWords.Since(strong, weak));
        Assert.Equal("the run before at 400 ms latency: it bears less now", ExperimentWords.Since(weak, strong));
        Assert.Equal("as the run before", ExperimentWords.Since(weak, weak));
        Assert.Equal("the run before broke at 400 ms latency", ExperimentWords.Since(null, strong));
        Assert.Null(ExperimentWords.Since(weak, null));
    }

    [Fact]
    public void What_it_cost_is_said_with_its_share() =>
        Assert.Equal(
            ("1 failure", "1,200 failures, 0.85 % of it"),
            (
                ExperimentWords.Charged(new BudgetCharge("a", "b", 1, 0, null)),
                ExperimentWords.Charged(new BudgetCharge("a", "b", 1200, 0, 0.0085m))
            )
        );
}
