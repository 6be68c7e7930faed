using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentRole = Steady.Contracts.Incidents.IncidentRole;

namespace Steady.Tests.Unit.Incidents;

public sealed class AcknowledgeIncidentTests
{
    [Fact]
    public void Who_takes_an_open_incident_leads_it() =>
        Given<Incident>(Declared).When(ByBo).Then(new IncidentAcknowledged("checkout", "bo", Now));

    [Fact]
    public void Acknowledging_twice_changes_nothing() =>
        Given<Incident>(Declared, Acknowledged, new IncidentAcknowledged("checkout", "bo", Now, "ana"))
            .When(ByBo)
            .ThenNothing();

    [Fact]
    public void Who_comes_later_joins_whoever_leads_it()
    {
        Given<Incident>(Declared, Acknowledged).When(ByBo).Then(new IncidentAcknowledged("checkout", "bo", Now, "ana"));
        var joined = Fold<Incident>(Declared, Acknowledged, new IncidentAcknowledged("checkout", "bo", Now, "ana"))!;
        Assert.Equal("ana", joined.Crew.Holder(IncidentRole.Commander)?.Person);
        Assert.Equal(["ana", "bo"], joined.Takers);
    }

    [Fact]
    public void Who_comes_when_nobody_leads_any_more_leads_it()
    {
        var released = new RoleReleased("checkout", IncidentRole.Commander, "ana", "ana", Now);
        Given<Incident>(Declared, Acknowledged, released)
            .When(ByBo)
            .Then(new IncidentAcknowledged("checkout", "bo", Now));
    }

    [Fact]
    public void Who_is_paged_anew_because_nothing_was_heard_of_the_lead_says_once_that_they_are_there()
    {
        Given<Incident>(Declared, Acknowledged)
            .When(incident => Acknowledging.Decide(incident, Bo, Now, pagedAnewAt: Now.AddMinutes(-1)))
            .Then(new IncidentAcknowledged("checkout", "bo", Now, "ana"));
        Given<Incident>(Declared, Acknowledged, new IncidentAcknowledged("checkout", "bo", Now, "ana"))
            .When(incident => Acknowledging.Decide(incident, Bo, Now, pagedAnewAt: Now.AddMinutes(-1)))
            .ThenNothing();
    }

    [Fact]
    public void A_mitigated_incident_that_nobody_leads_can_be_taken() =>
        Given<Incident>(Declared, Mitigated).When(ByBo).Then(new IncidentAcknowledged("checkout", "bo", Now));

    [Fact]
    public void Taking_a_mitigated_incident_does_not_bring_the_pain_back() =>
        Given<Incident>(Declared, Mitigated, Acknowledged)
            .When(incident => Mitigating.Decide(incident, new("Rolled back"), Bo, Now))
            .ThenNothing();

    [Fact]
    public void A_resolved_incident_cannot_be_acknowledged() =>
        Given<Incident>(Declared, Resolved).When(ByBo).ThenRefused("incident-resolved");

    private static Decision ByBo(Incident incident) => Acknowledging.Decide(incident, Bo, Now);
}
