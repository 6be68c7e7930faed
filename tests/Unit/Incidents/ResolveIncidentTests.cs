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
    public void An_incident_can_end_from_any_state()
    {
        Given<Incident>(Declared).When(Resolve).Then(Over);
        Given<Incident>(Declared, Acknowledged).When(Resolve).Then(Over);
        Given<Incident>(Declared, Acknowledged, Mitigated).When(Resolve).Then(Over);
    }

    [Fact]
    public void Resolving_twice_changes_nothing() => Given<Incident>(Declared, Resolved).When(Resolve).ThenNothing();

    private static Decision Resolve(Incident incident) =>
        Resolving.Decide(incident, new ResolveIncident("New disk"), Bo, Now);
}
