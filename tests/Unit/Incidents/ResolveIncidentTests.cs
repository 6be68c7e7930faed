using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentResolved = Steady.Incidents.Response.IncidentResolved;

namespace Steady.Tests.Unit.Incidents;

public sealed class ResolveIncidentTests
{
    private static readonly IncidentResolved Over = new("checkout", "Nobody can pay", "New disk", Noon, "bo", Now);

    [Fact]
    public void An_incident_can_end_from_any_state_and_tells_who_worked_on_it()
    {
        var resolver = new Responder("bo", Now, Now);
        Given<Incident>(Declared).When(Resolve).Then(Over with { Responders = [new("ana", Noon, Noon), resolver] });
        // Who took it is at it until its end.
        Given<Incident>(Declared, Acknowledged)
            .When(Resolve)
            .Then(Over with { Responders = [new("ana", Noon, Now), resolver] });
        Given<Incident>(Declared, Acknowledged, Mitigated)
            .When(Resolve)
            .Then(Over with { Responders = [new("ana", Noon, Now), new("bo", Noon.AddMinutes(5), Now)] });
    }

    [Fact]
    public void A_rule_is_nobody()
    {
        var byRule = Declared with { By = "rule:burn-alert" };
        Given<Incident>(byRule).When(Resolve).Then(Over with { Responders = [new("bo", Now, Now)] });
    }

    [Fact]
    public void What_is_written_after_its_end_is_no_work_in_it()
    {
        var story = Incident
            .Create(Declared)
            .Apply(new NoteAdded("checkout", "On it", Noon.AddMinutes(1), "bo", Noon.AddMinutes(1)))
            .Apply(Over)
            .Apply(new NoteAdded("checkout", "Learnt later", Now.AddDays(14), "bo", Now.AddDays(14)))
            .Apply(new NoteAdded("checkout", "Me too", Now.AddDays(15), "cy", Now.AddDays(15)));
        Assert.Equal(
            [new("ana", Noon, Noon), new("bo", Noon.AddMinutes(1), Noon.AddMinutes(1))],
            story.WorkedOnUntil("rule:load", Now)
        );
    }

    [Fact]
    public void What_was_worked_before_it_came_back_is_not_forgotten()
    {
        var back = new Steady.Incidents.Response.IncidentReopened(
            7,
            "checkout",
            Severity.Sev2,
            "Nobody can pay",
            "Again",
            "cy",
            Now.AddHours(1)
        );
        var first = Over with { Responders = [new("ana", Noon, Now)] };
        var story = Incident.Create(Declared).Apply(first).Apply(back);
        Assert.Equal([new("ana", Noon, Now)], story.Earlier);
        Assert.Equal([new("cy", Now.AddHours(1), Now.AddHours(2))], story.WorkedOnUntil("cy", Now.AddHours(2)));
        Assert.Equal(2, story.Apply(first).Apply(back).Earlier.Count);
    }

    [Fact]
    public void Resolving_twice_changes_nothing() => Given<Incident>(Declared, Resolved).When(Resolve).ThenNothing();

    private static Decision Resolve(Incident incident) =>
        Resolving.Decide(incident, new ResolveIncident("New disk"), Bo, Now);
}
