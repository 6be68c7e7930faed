using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentAccepted = Steady.Incidents.Response.IncidentAccepted;
using IncidentClosed = Steady.Incidents.Response.IncidentClosed;
using IncidentDeclared = Steady.Incidents.Response.IncidentDeclared;
using IncidentDeclined = Steady.Incidents.Response.IncidentDeclined;
using IncidentMerged = Steady.Incidents.Response.IncidentMerged;
using IncidentMitigated = Steady.Incidents.Response.IncidentMitigated;
using IncidentReopened = Steady.Incidents.Response.IncidentReopened;
using IncidentResolved = Steady.Incidents.Response.IncidentResolved;
using IncidentSeverityChanged = Steady.Incidents.Response.IncidentSeverityChanged;

namespace Steady.Tests.Unit.Incidents;

/// <summary>Triage, declining, reopening, closing, merging, and drills.</summary>
public sealed class LifecycleTests
{
    private static readonly IncidentDeclared LookedAt = Declared with { Triage = true };
    private static readonly IncidentReopened Reopened = new(
        7,
        "checkout",
        Severity.Sev2,
        "Nobody can pay",
        "It is back",
        "bo",
        Noon.AddMinutes(30)
    );
    private static readonly IncidentDeclined Declined = new("checkout", "A test order", "bo", Noon);
    private static readonly IncidentMerged Merged = new("checkout", Alert, 9, "The same", "bo", Noon);
    private static readonly IncidentClosed Closed = new("checkout", "bo", Noon);

    [Fact]
    public void What_is_looked_at_is_accepted_once_or_declined()
    {
        var accepted = new IncidentAccepted("checkout", "bo", Now);
        Given<Incident>(LookedAt).When(Accept).Then(accepted);
        Given<Incident>(LookedAt, accepted).When(Accept).ThenNothing();
        Given<Incident>(LookedAt).When(Decline).Then(Declined with { At = Now });
        Given<Incident>(LookedAt, Declined).When(Decline).ThenNothing();
        Given<Incident>(LookedAt, accepted).When(Decline).ThenRefused("incident-accepted");
        Given<Incident>(Declared).When(Decline).ThenRefused("incident-accepted");
        Given<Incident>(Declared, Resolved).When(Decline).ThenRefused("incident-resolved");
    }

    [Fact]
    public void Accepting_makes_it_active_and_who_took_it_meanwhile_leads_it()
    {
        var accepted = new IncidentAccepted("checkout", "bo", Now);
        Assert.Equal(IncidentStatus.Triage, Fold<Incident>(LookedAt, Acknowledged)!.Status);
        Assert.Equal(IncidentStatus.Open, Fold<Incident>(LookedAt, accepted)!.Status);
        Assert.Equal(IncidentStatus.Acknowledged, Fold<Incident>(LookedAt, Acknowledged, accepted)!.Status);
    }

    [Fact]
    public void Who_ends_the_pain_of_what_is_looked_at_has_accepted_it()
    {
        var accepted = new IncidentAccepted("checkout", "bo", Now);
        Given<Incident>(LookedAt)
            .When(i => Mitigating.Decide(i, new MitigateIncident("Rolled back"), Bo, Now))
            .Then(accepted, new IncidentMitigated("checkout", "Rolled back", "bo", Now));
        var resolved = Fold<Incident>(LookedAt) is { } looked
            ? Resolving.Decide(looked, new ResolveIncident("Done"), Bo, Now).Events
            : [];
        Assert.Equal([typeof(IncidentAccepted), typeof(IncidentResolved)], resolved.Select(one => one.GetType()));
    }

    [Fact]
    public void Only_what_was_resolved_can_be_closed_and_only_what_is_over_reopened()
    {
        Given<Incident>(Declared, Resolved).When(Close).Then(Closed with { At = Now });
        Given<Incident>(Declared, Resolved, Closed).When(Close).ThenNothing();
        Given<Incident>(Declared).When(Close).ThenRefused("incident-not-resolved");
        Given<Incident>(Declared, Resolved).When(Reopen).Then(Reopened with { At = Now });
        Given<Incident>(Declared, Resolved, Closed).When(Reopen).Then(Reopened with { At = Now });
        Given<Incident>(Declared).When(Reopen).ThenRefused("incident-not-resolved");
        Given<Incident>(LookedAt, Declined).When(Reopen).ThenRefused("incident-declined");
        Given<Incident>(Declared, Merged).When(Reopen).ThenRefused("incident-merged");
    }

    [Fact]
    public void What_came_back_is_worked_on_anew_and_is_resolved_once_more()
    {
        var again = Fold<Incident>(Declared, Acknowledged, Resolved, Reopened)!;
        Assert.Equal((IncidentStatus.Acknowledged, 1), (again.Status, again.Round));

        var decision = Resolving.Decide(again, new ResolveIncident("Now really"), Ana, Noon.AddMinutes(40));

        var resolved = Assert.IsType<IncidentResolved>(Assert.Single(decision));
        Assert.Equal((1, Noon), (resolved.Round, resolved.StartedAt));
        // The half hour in which it was over is nobody's work.
        Assert.Equal(
            [
                new Responder("bo", Noon.AddMinutes(30), Noon.AddMinutes(30)),
                new("ana", Noon.AddMinutes(40), Noon.AddMinutes(40)),
            ],
            resolved.Responders!
        );
    }

    [Theory]
    [InlineData(IncidentStatus.Resolved, "incident-resolved")]
    [InlineData(IncidentStatus.Closed, "incident-closed")]
    [InlineData(IncidentStatus.Declined, "incident-declined")]
    [InlineData(IncidentStatus.Merged, "incident-merged")]
    public void What_is_over_is_not_changed(IncidentStatus status, string code)
    {
        var over = Fold<Incident>(Declared)! with { Status = status };
        Decision[] refused =
        [
            Acknowledging.Decide(over, Bo, Now),
            ChangingSeverity.Decide(over, new ChangeSeverity(Severity.Sev1, "Worse"), Bo, Now),
            Mitigating.Decide(over, new MitigateIncident("Rolled back"), Bo, Now),
            Triaging.Accept(over, Bo, Now),
            DeclaringFromAlert.Decide(Cause, over, 0, Now),
            Merging.Decide(over, Other, Merge, Bo, Now),
        ];
        Assert.All(refused, decision => Assert.Equal(code, decision.Refusal?.Code));
    }

    [Fact]
    public void A_merged_incident_takes_nothing_not_even_a_note_and_says_where_to_go()
    {
        var merged = Fold<Incident>(Declared, Merged)!;
        var note = Noting.Decide(merged, new AddNote("Seen"), Bo, Now);
        Assert.Equal("incident-merged", note.Refusal?.Code);
        Assert.Contains("INC-9", note.Refusal?.Detail, StringComparison.Ordinal);
        Assert.Equal("incident-merged", Resolving.Decide(merged, new ResolveIncident("x"), Bo, Now).Refusal?.Code);
        Assert.Single(Noting.Decide(Fold<Incident>(LookedAt, Declined)!, new AddNote("Seen"), Bo, Now));
    }

    [Fact]
    public void Two_that_are_one_go_on_as_the_second_with_all_that_the_first_knew()
    {
        var first = Fold<Incident>(Declared with { Group = "Errors Sev2" }, Acknowledged)!;
        Given<Incident>(Declared with { Number = 9, Service = "ledger" })
            .When(into => Merging.Decide(first with { Id = Alert }, into, Merge, Bo, Now))
            .Then(new IncidentMerged("checkout", Guid.Empty, 9, "One outage", "bo", Now));

        var absorbed = Merging.Absorb(first, Merge, Bo, Now);
        var into = Fold<Incident>(
            Declared with
            {
                Number = 9,
                Service = "ledger",
                AlertId = null,
                StartedAt = Noon.AddMinutes(2),
                By = "cleo",
            },
            absorbed
        )!;

        Assert.Equal(["ledger", "checkout"], into.Services);
        Assert.Equal((Noon, Alert), (into.StartedAt, Assert.Single(into.Alerts)));
        Assert.Equal(["Errors Sev2"], into.Groups);
        Assert.Equal([7L], into.Absorbed.Select(one => one.Number));
        Assert.Equal(["cleo", "ana", "bo"], into.Responders.Select(one => one.Person));
        var resolved = Resolving.Decide(into, new ResolveIncident("Done"), Bo, Now);
        Assert.Equal(["ledger", "checkout"], Assert.IsType<IncidentResolved>(Assert.Single(resolved)).Services!);
    }

    [Fact]
    public void Merging_twice_changes_nothing()
    {
        var merged = Fold<Incident>(Declared, Merged)! with { Id = Guid.Empty };
        Assert.Empty(Merging.Decide(merged, Other, Merge, Bo, Now).Events);
        Assert.Null(Merging.Decide(merged, Other, Merge, Bo, Now).Refusal);
        Assert.Equal(
            "incident-merged",
            Merging.Decide(merged, Other with { Number = 10 }, Merge, Bo, Now).Refusal?.Code
        );
    }

    [Fact]
    public void Nothing_is_merged_into_itself_into_what_is_over_or_a_drill_into_what_is_real()
    {
        var first = Fold<Incident>(Declared)!;
        Refused(first, first);
        Refused(first, Other with { Drill = true });
        Refused(first with { Drill = true }, Other);
        Refused(first, Other with { Status = IncidentStatus.Resolved });
        Refused(first, Other with { Status = IncidentStatus.Declined });

        static void Refused(Incident first, Incident into) =>
            Assert.Equal("merge-refused", Merging.Decide(first, into, Merge, Bo, Now).Refusal?.Code);
    }

    [Fact]
    public void A_drill_says_so_in_all_that_others_hear()
    {
        var drill = Declared with { Drill = true };
        Given<Incident>(drill)
            .When(i => ChangingSeverity.Decide(i, new ChangeSeverity(Severity.Sev1, "Worse"), Bo, Now))
            .Then(new IncidentSeverityChanged("checkout", Severity.Sev1, "Worse", "bo", Now, Drill: true));
        var resolved = Resolving.Decide(Fold<Incident>(drill)!, new ResolveIncident("Practised"), Bo, Now);
        Assert.True(Assert.IsType<IncidentResolved>(Assert.Single(resolved)).Drill);
        var over = (IncidentResolved)Assert.Single(resolved);
        Given<Incident>(drill, over).When(Reopen).Then(Reopened with { At = Now, Drill = true });
    }

    private static Incident Other => Fold<Incident>(Declared with { Number = 9 })! with { Id = Alert };

    private static MergeIncident Merge { get; } = new("INC-9", "One outage");

    private static Cause Cause { get; } = new(Alert, null, "checkout", Severity.Sev2, "Errors", Noon, Noon, Bo);

    private static Decision Accept(Incident incident) => Triaging.Accept(incident, Bo, Now);

    private static Decision Decline(Incident incident) =>
        Triaging.Decline(incident, new DeclineIncident("A test order"), Bo, Now);

    private static Decision Reopen(Incident incident) =>
        Reopening.Decide(incident, new ReopenIncident("It is back"), Bo, Now);

    private static Decision Close(Incident incident) => Reopening.Close(incident, Bo, Now);
}
