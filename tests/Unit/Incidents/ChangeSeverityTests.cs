using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentSeverityChanged = Steady.Incidents.Response.IncidentSeverityChanged;

namespace Steady.Tests.Unit.Incidents;

public sealed class ChangeSeverityTests
{
    [Fact]
    public void An_incident_can_get_worse() =>
        Given<Incident>(Declared)
            .When(To(Severity.Sev1))
            .Then(new IncidentSeverityChanged("checkout", Severity.Sev1, "All regions", "bo", Now));

    [Fact]
    public void The_severity_it_has_already_changes_nothing() =>
        Given<Incident>(Declared).When(To(Severity.Sev2)).ThenNothing();

    [Fact]
    public void Back_to_the_first_severity_is_a_change() =>
        Given<Incident>(Declared, new IncidentSeverityChanged("checkout", Severity.Sev1, "Worse", "bo", Noon))
            .When(To(Severity.Sev2))
            .Then(new IncidentSeverityChanged("checkout", Severity.Sev2, "All regions", "bo", Now));

    [Fact]
    public void A_resolved_incident_keeps_its_severity() =>
        Given<Incident>(Declared, Resolved).When(To(Severity.Sev1)).ThenRefused("incident-resolved");

    private static Func<Incident, Decision> To(Severity severity) =>
        incident => ChangingSeverity.Decide(incident, new ChangeSeverity(severity, "All regions"), Bo, Now);
}
