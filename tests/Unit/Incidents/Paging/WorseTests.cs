using Steady.Contracts.Incidents;
using Xunit;
using static Steady.Tests.Unit.Incidents.Paging.Pagers;

namespace Steady.Tests.Unit.Incidents.Paging;

/// <summary>What becomes worse than it was as its steps were passed over.</summary>
public sealed class WorseTests
{
    [Fact]
    public void What_gets_worse_after_its_steps_were_passed_over_still_pages()
    {
        var worst = new StepCondition([Severity.Sev1]);
        Assert.Equal(
            [
                "0 end: nobody could be paged",
                "9 again: a step that was passed over is to be taken now",
                "9 page ana over mail",
                "14 end: all steps were gone through and nobody took it",
            ],
            new Pagers(Policy([Step(5, "ana", worst)]))
                .At(3, one => one)
                .At(9, one => one with { Severity = Severity.Sev1 })
                .At(20, one => one)
                .Until(60)
                .Lines
        );
        // Its burn may be heard of after it was declared.
        Assert.Equal(
            ["0 page ana over mail", "5 end: all steps were gone through and nobody took it"],
            new Pagers(Policy([Step(5, "ana"), Step(5, "bo", new StepCondition(BurnAtLeast: 14.4m))])).Until(60).Lines
        );
        Assert.Contains(
            "7 page ana over mail",
            new Pagers(Policy([Step(5, "ana"), Step(5, "bo", new StepCondition(BurnAtLeast: 14.4m))]))
                .At(7, one => one with { Burn = 14.4m })
                .Until(60)
                .Lines
        );
    }
}
