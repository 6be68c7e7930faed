using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;

namespace Steady.Tests.Unit.Incidents;

/// <summary>Who does what: who takes it first commands, and a hand-over is one when the other says so.</summary>
public sealed class RolesTests
{
    private static readonly HandoverOffered Offered = new(
        "checkout",
        Alert,
        IncidentRole.Commander,
        "ana",
        "bo",
        "The bank is slow.",
        Noon.AddMinutes(25),
        "ana",
        Now
    );
    private static readonly HandoverConfirmed Confirmed = new(
        "checkout",
        Alert,
        IncidentRole.Commander,
        "ana",
        "bo",
        "bo",
        Noon.AddMinutes(12)
    );
    private static readonly OfferHandover Offer = new(IncidentRole.Commander, "bo", "The bank is slow.");

    [Fact]
    public void Who_takes_it_first_commands()
    {
        var taken = Fold<Incident>(Declared, Acknowledged)!;
        Assert.Equal([new RoleHolder(IncidentRole.Commander, "ana", Noon.AddMinutes(1))], taken.Crew.Roles);
        var given = new RoleAssigned("checkout", IncidentRole.Commander, "cleo", "bo", Noon);
        Assert.Equal("cleo", Assert.Single(Fold<Incident>(Declared, given, Acknowledged)!.Crew.Roles).Person);
    }

    [Fact]
    public void A_free_role_is_given_and_a_held_one_is_handed_over()
    {
        var scribe = new StaffRole(IncidentRole.Scribe, "cleo");
        var given = new RoleAssigned("checkout", IncidentRole.Scribe, "cleo", "bo", Now);
        Given<Incident>(Declared).When(i => Staffing.Assign(i, scribe, Bo, Now)).Then(given);
        Given<Incident>(Declared, given).When(i => Staffing.Assign(i, scribe, Bo, Now)).ThenNothing();
        Given<Incident>(Declared, given)
            .When(i => Staffing.Assign(i, scribe with { Person = "bo" }, Bo, Now))
            .ThenRefused("role-held");
        Given<Incident>(Declared, Resolved)
            .When(i => Staffing.Assign(i, scribe, Bo, Now))
            .ThenRefused("incident-resolved");
        Given<Incident>(Declared, given)
            .When(i => Staffing.Release(i, scribe, Bo, Now))
            .Then(new RoleReleased("checkout", IncidentRole.Scribe, "cleo", "bo", Now));
        Given<Incident>(Declared).When(i => Staffing.Release(i, scribe, Bo, Now)).ThenNothing();
    }

    [Theory]
    [InlineData(IncidentRole.SubjectExpert)]
    [InlineData(IncidentRole.Observer)]
    [InlineData(IncidentRole.Shadow)]
    public void Some_roles_are_for_any_number(IncidentRole role)
    {
        var crew = Fold<Incident>(
            Declared,
            new RoleAssigned("checkout", role, "ana", "bo", Noon),
            new RoleAssigned("checkout", role, "cleo", "bo", Noon)
        )!.Crew;
        Assert.Equal(["ana", "cleo"], crew.Roles.Select(one => one.Person));
        Given<Incident>(Declared)
            .When(i => Staffing.Offer(i, Alert, Offer with { Role = role }, Bo, Now))
            .ThenRefused("role-shared");
    }

    [Fact]
    public void At_10_offered_at_12_confirmed_until_then_who_has_it_keeps_it()
    {
        Given<Incident>(Declared, Acknowledged).When(i => Staffing.Offer(i, Alert, Offer, Ana, Now)).Then(Offered);
        Assert.Equal("ana", Commander(Declared, Acknowledged, Offered));
        Given<Incident>(Declared, Acknowledged, Offered).When(Confirm(Bo, 12)).Then(Confirmed);
        Assert.Equal("bo", Commander(Declared, Acknowledged, Offered, Confirmed));
        Given<Incident>(Declared, Acknowledged, Offered, Confirmed).When(Confirm(Bo, 13)).ThenRefused("handover-over");
    }

    [Fact]
    public void Only_who_is_to_take_it_answers_and_only_who_offered_it_or_has_it_withdraws()
    {
        Given<Incident>(Declared, Acknowledged, Offered).When(Confirm(Ana, 12)).ThenRefused("handover-not-yours");
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Staffing.Decline(i, Alert, new DeclineHandover("On a train"), Ana, Now))
            .ThenRefused("handover-not-yours");
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Staffing.Withdraw(i, Alert, Bo, Now))
            .ThenRefused("handover-not-yours");
        var declined = new HandoverDeclined("checkout", Alert, IncidentRole.Commander, "bo", "On a train", "bo", Now);
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Staffing.Decline(i, Alert, new DeclineHandover("On a train"), Bo, Now))
            .Then(declined);
        var withdrawn = new HandoverWithdrawn("checkout", Alert, IncidentRole.Commander, "bo", "ana", Now);
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Staffing.Withdraw(i, Alert, Ana, Now))
            .Then(withdrawn);
        Given<Incident>(Declared, Acknowledged, Offered, declined).When(Confirm(Bo, 12)).ThenRefused("handover-over");
        Given<Incident>(Declared, Acknowledged, Offered, withdrawn).When(Confirm(Bo, 12)).ThenRefused("handover-over");
    }

    [Fact]
    public void At_25_nobody_has_answered_and_who_has_it_still_has_it()
    {
        var waiting = Fold<Incident>(Declared, Acknowledged, Offered)!;
        Assert.Empty(Reminding.Decide(waiting, Noon.AddMinutes(24)).Events);
        Given<Incident>(Declared, Acknowledged, Offered).When(Confirm(Bo, 25)).ThenRefused("handover-over");
        var expired = new HandoverExpired("checkout", Alert, IncidentRole.Commander, "ana", "bo", Noon.AddMinutes(25));
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Reminding.Decide(i, Noon.AddMinutes(25)))
            .Then(expired);
        Assert.Equal("ana", Commander(Declared, Acknowledged, Offered, expired));
        Given<Incident>(Declared, Acknowledged, Offered, expired)
            .When(i => Reminding.Decide(i, Now.AddHours(1)))
            .ThenNothing();
    }

    [Fact]
    public void What_cannot_be_offered_is_refused()
    {
        Given<Incident>(Declared).When(i => Staffing.Offer(i, Alert, Offer, Ana, Now)).ThenRefused("role-free");
        Given<Incident>(Declared, Acknowledged)
            .When(i => Staffing.Offer(i, Alert, Offer with { To = "ana" }, Ana, Now))
            .ThenRefused("role-held");
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Staffing.Offer(i, Guid.Empty, Offer with { To = "cleo" }, Ana, Now))
            .ThenRefused("handover-open");
        Given<Incident>(Declared, Acknowledged, Offered)
            .When(i => Staffing.Offer(i, Alert, Offer, Ana, Now))
            .ThenNothing();
        Given<Incident>(Declared, Acknowledged, Offered, Resolved)
            .When(Confirm(Bo, 12))
            .ThenRefused("incident-resolved");
    }

    [Fact]
    public void Who_lays_a_role_down_hands_nothing_over_any_more()
    {
        var released = new RoleReleased("checkout", IncidentRole.Commander, "ana", "ana", Now);
        var crew = Fold<Incident>(Declared, Acknowledged, Offered, released)!.Crew;
        Assert.Empty(crew.Roles);
        Assert.Empty(crew.Handovers);
    }

    private static string? Commander(params object[] events) =>
        Fold<Incident>(events)!.Crew.Holder(IncidentRole.Commander)?.Person;

    private static Func<Incident, Decision> Confirm(Actor by, int minute) =>
        incident => Staffing.Confirm(incident, Alert, by, Noon.AddMinutes(minute));
}
