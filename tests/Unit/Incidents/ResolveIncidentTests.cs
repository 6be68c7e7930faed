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
    public void Resolving_twice_changes_nothing() => Given<Incident>(Declared, Resolved).When(Resolve).ThenNothing();

    private static Decision Resolve(Incident incident) =>
        Resolving.Decide(incident, new ResolveIncident("New disk"), Bo, Now);
}
