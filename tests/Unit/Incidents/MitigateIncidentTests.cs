using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentMitigated = Steady.Incidents.Response.IncidentMitigated;

namespace Steady.Tests.Unit.Incidents;

public sealed class MitigateIncidentTests
{
    private static readonly IncidentMitigated ByBo = new("checkout", "Traffic moved", "bo", Now);

    [Fact]
    public void Pain_can_end_before_anybody_has_taken_the_incident() =>
        Given<Incident>(Declared).When(Mitigate).Then(ByBo);

    [Fact]
    public void Pain_can_end_afterwards() => Given<Incident>(Declared, Acknowledged).When(Mitigate).Then(ByBo);

    [Fact]
    public void Mitigating_twice_changes_nothing() => Given<Incident>(Declared, Mitigated).When(Mitigate).ThenNothing();

    [Fact]
    public void A_resolved_incident_cannot_be_mitigated() =>
        Given<Incident>(Declared, Resolved).When(Mitigate).ThenRefused("incident-resolved");

    private static Decision Mitigate(Incident incident) =>
        Mitigating.Decide(incident, new MitigateIncident("Traffic moved"), Bo, Now);
}
