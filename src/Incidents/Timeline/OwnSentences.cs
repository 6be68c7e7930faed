using Steady.Incidents.FollowUps;
using Steady.Incidents.Learning;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Analysis;
using Steady.Incidents.Timeline.Query;

namespace Steady.Incidents.Timeline;

/// <summary>This service's own events, as lines of the timeline of an incident or of the services it is about.</summary>
public static class OwnSentences
{
    /// <param name="stream">The incident, or the follow-up.</param>
    /// <param name="data">What happened to it.</param>
    public static Line? Of(Guid stream, object data) =>
        data switch
        {
            FollowUpOpened e => new(
                e.At,
                e.Services,
                stream,
                $"{e.Owner} is to do{(e.DueOn is { } due ? $", until {due:yyyy-MM-dd}" : "")}: {e.Text} ({e.About})"
            )
            {
                By = e.By,
            },
            FollowUpLinked e => new(
                e.At,
                e.Services,
                stream,
                e.Link is null ? "A follow-up is kept here only." : $"A follow-up is kept under {e.Link} too."
            )
            {
                By = e.By,
            },
            FollowUpOverdue e => new(e.At, e.Services, stream, $"A follow-up of {e.Owner} is overdue: {e.Text}")
            {
                By = "rule:reminder",
            },
            FollowUpCompleted e => new(e.At, e.Services, stream, $"Followed up: {e.Outcome}") { By = e.By },
            SeveritiesSet e => new(e.At, [], stream, $"What the severities mean was set: {e.Reason}") { By = e.By },
            _ => OnCallSentences.Of(stream, data)
                ?? PagingSentences.Of(stream, data)
                ?? IntakeSentences.Of(stream, data)
                ?? CatalogSentences.Of(stream, data)
                ?? AnalysisSentences.Of(data)
                ?? ViewSentences.Of(stream, data)
                ?? OfPostmortem(data)
                ?? OfCorrection(data)
                ?? OfIncident(stream, data),
        };

    // A postmortem belongs to its incident.
    private static Line? OfPostmortem(object data) =>
        data switch
        {
            PostmortemStarted e => Of(e.IncidentId, e.At, e.Service, e.By, $"{e.By} began the postmortem."),
            // Each edit of a section is kept and told by the postmortem; on the timeline it would bury the rest.
            SectionWritten => null,
            // So does what people choose from it afterwards: it happened to nobody.
            KeyMomentTold or KeyMomentLeftOut => null,
            PostmortemSubmitted e => Of(
                e.IncidentId,
                e.At,
                e.Service,
                e.By,
                $"{e.By} asks for a review of the postmortem."
            ),
            PostmortemSentBack e => Of(
                e.IncidentId,
                e.At,
                e.Service,
                e.By,
                $"{e.By} gave the postmortem back: {e.Reason}"
            ),
            PostmortemReviewed e => Of(
                e.IncidentId,
                e.At,
                e.Service,
                e.By,
                $"{e.By} reviewed the postmortem{(e.Comment is { } said ? $": {said}" : ".")}"
            ),
            PostmortemPublished e => Of(e.IncidentId, e.At, e.Service, e.By, $"{e.By} published the postmortem."),
            _ => null,
        };

    private static Line? OfCorrection(object data) =>
        data switch
        {
            EntryAmended e => new Line(e.At, e.Entry.Services, e.EntryId, $"{e.By} amended an entry: {e.Reason}")
            {
                By = e.By,
                IncidentId = e.Entry.IncidentId,
                Corrects = e.EntryId,
            },
            EntryRetracted e => new Line(e.At, e.Services, e.EntryId, $"{e.By} took an entry back: {e.Reason}")
            {
                By = e.By,
                IncidentId = e.IncidentId,
                Corrects = e.EntryId,
            },
            EntryRedacted e => new Line(e.At, e.Services, e.EntryId, $"{e.By} redacted an entry: {e.Reason}")
            {
                By = e.By,
                IncidentId = e.IncidentId,
                Corrects = e.EntryId,
            },
            PersonRedacted e => new Line(e.At, [], null, $"{e.By} redacted all that a person wrote: {e.Reason}")
            {
                By = e.By,
            },
            _ => null,
        };

    private static Line Of(Guid incident, DateTimeOffset at, string service, string by, string text) =>
        Own(at, service, by, text) with
        {
            SubjectId = incident,
            IncidentId = incident,
        };

    private static string Taken(IncidentAcknowledged e) =>
        e.Joins is { } lead ? $"{e.By} is on it too; {lead} leads." : $"{e.By} took the incident.";

    private static Line? OfIncident(Guid incident, object data) =>
        data switch
        {
            IncidentDeclared e => Own(
                e.At,
                e.Service,
                e.By,
                $"INC-{e.Number} {(e.Drill ? "declared as a drill" : "declared")}{(e.Triage ? " for triage" : "")}{(e.Private ? " in private" : "")} on {e.Service}, {Name(e.Severity)}: {e.Title}"
            ),
            IncidentAccepted e => Own(e.At, e.Service, e.By, $"{e.By} says that it is an incident."),
            IncidentDeclined e => Own(e.At, e.Service, e.By, $"Declined, it was no incident: {e.Reason}"),
            IncidentMerged e => Own(e.At, e.Service, e.By, $"Part of INC-{e.IntoNumber} from now on: {e.Reason}"),
            IncidentAbsorbed e => Own(
                e.At,
                e.Service,
                e.By,
                $"INC-{e.Incidents[0].Number} on {e.Service} ({e.Title}) is part of this now: {e.Reason}"
            ),
            IncidentReopened e => Own(e.At, e.Service, e.By, $"Reopened: {e.Reason}"),
            IncidentClosed e => Own(e.At, e.Service, e.By, "Closed: nothing more is to be done."),
            AlertAttached e => Own(e.At, e.Service, e.By, $"A further alert joined: {e.Alert}"),
            IncidentAcknowledged e => Own(e.At, e.Service, e.By, Taken(e)),
            IncidentSeverityChanged e => Own(e.At, e.Service, e.By, $"Severity is now {Name(e.Severity)}: {e.Reason}"),
            FirstPersonNotified e => Own(e.At, e.Service, e.By, $"{e.Person} was the first who was reached."),
            NoteAdded e => Own(e.OccurredAt, e.Service, e.By, e.Text),
            IncidentMitigated e => Own(e.At, e.Service, e.By, $"Mitigated: {e.Summary}"),
            IncidentResolved e => Own(e.At, e.Service, e.By, $"Resolved: {e.Resolution}"),
            _ => WorkSentences.Of(data),
        }
            is { } line
            ? line with
            {
                SubjectId = incident,
                IncidentId = incident,
            }
            : null;

    private static Line Own(DateTimeOffset at, string service, string by, string text) =>
        new(at, [service], Guid.Empty, text) { By = by };

    private static string Name(Contracts.Incidents.Severity severity) =>
        $"SEV-{severity.ToString().AsSpan("Sev".Length)}";
}
