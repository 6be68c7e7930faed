using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
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

    [Fact]
    public void What_hurts_again_pages_anew_although_somebody_had_it_until_somebody_acts()
    {
        var pagers = new Pagers(Policy([Step(5, "ana"), Step(5, "bo")])).Taken(1, "ana");
        pagers.At(3, one => one with { IsOver = true });
        pagers.At(20, one => one with { IsOver = false, HurtsAgainAt = Noon.AddMinutes(20) });
        pagers.Until(26);
        pagers.At(27, one => one with { LastActAt = Noon.AddMinutes(27) });
        Assert.Equal(
            [
                "0 page ana over mail",
                "1 stop: ana has it",
                "20 again: users suffer again",
                "20 page ana over mail",
                "25 page bo over mail",
                "27 stop: ana has it",
            ],
            pagers.Until(90).Lines
        );
    }

    [Fact]
    public void An_alert_after_the_pain_had_ended_and_a_reopening_say_that_it_hurts_again_until_it_is_mitigated_again()
    {
        var mitigated = Incident.Create(Sample.Declared).Apply(Sample.Acknowledged).Apply(Sample.Mitigated);
        Assert.Null(mitigated.HurtsAgainAt);
        var again = mitigated.Apply(new AlertAttached("checkout", Guid.AllBitsSet, "Again", "rule:alert", Sample.Now));
        Assert.Equal(Sample.Now, again.HurtsAgainAt);
        Assert.Empty(Mitigating.Decide(mitigated, new MitigateIncident("Rolled back"), Sample.Bo, Sample.Now));
        var better = Assert.Single(Mitigating.Decide(again, new MitigateIncident("Again"), Sample.Bo, Sample.Now));
        Assert.Null(again.Apply((Steady.Incidents.Response.IncidentMitigated)better).HurtsAgainAt);
        // Before it is mitigated a further alert is more of the same.
        var open = Incident.Create(Sample.Declared);
        Assert.Null(
            open.Apply(new AlertAttached("checkout", Guid.AllBitsSet, "More", "rule:alert", Sample.Now)).HurtsAgainAt
        );
    }
}
