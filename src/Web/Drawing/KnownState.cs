using Steady.Contracts.Incidents;

namespace Steady.Web.Drawing;

/// <summary>How an incident stood, folded from the entries that were known. Null where nobody had said anything yet.</summary>
public sealed record KnownState(Severity? Severity, IncidentStatus? Status, string? Lead, int Entries)
{
    public static KnownState Of(IncidentView incident, IReadOnlyList<TimelineEntry> entries, DateTimeOffset? at)
    {
        if (at is null)
            return new KnownState(incident.Severity, incident.Status, incident.Lead, entries.Count);
        return entries
            .Where(e => e.IncidentId == incident.Id)
            .OrderBy(e => e.RecordedAt)
            .Aggregate(new KnownState(null, null, null, entries.Count), Apply);
    }

    /// <summary>Whether users suffer again after the pain had ended: an alert joined since, and nobody mitigated it.</summary>
    public static bool HurtsAgain(IncidentView incident, IReadOnlyList<TimelineEntry> entries) =>
        incident.Status == IncidentStatus.Mitigated
        && entries
            .Where(e => e.IncidentId == incident.Id && e.Kind is "incident-mitigated" or "alert-attached")
            .OrderBy(e => e.RecordedAt)
            .ThenBy(e => e.Sequence)
            .LastOrDefault()
            is { Kind: "alert-attached" };

    private static KnownState Apply(KnownState state, TimelineEntry entry)
    {
        var next = state with { Severity = Kinds.SeverityIn(entry) ?? state.Severity };
        return entry.Kind switch
        {
            "incident-declared" => next with
            {
                Status = entry.Text.Contains(" for triage on ", StringComparison.Ordinal)
                    ? IncidentStatus.Triage
                    : IncidentStatus.Open,
            },
            "incident-accepted" or "incident-reopened" => next with
            {
                Status = state.Lead is null ? IncidentStatus.Open : IncidentStatus.Acknowledged,
            },
            // "bo has taken over from ana as commander.", "cleo is commander now.", "cleo is commander no longer."
            "handover-confirmed" when entry.Text.EndsWith(" as commander.", StringComparison.Ordinal) => next with
            {
                Lead = entry.Actor,
            },
            "role-assigned" when Subject(entry, " is commander now.") is { } given => next with { Lead = given },
            "role-released" when Subject(entry, " is commander no longer.") is not null => next with { Lead = null },
            "incident-declined" => next with { Status = IncidentStatus.Declined },
            "incident-merged" => next with { Status = IncidentStatus.Merged },
            "incident-closed" => next with { Status = IncidentStatus.Closed },
            "incident-acknowledged" => next with
            {
                Status = state.Status is IncidentStatus.Triage or IncidentStatus.Mitigated
                    ? state.Status
                    : IncidentStatus.Acknowledged,
                Lead = state.Lead ?? entry.Actor,
            },
            "incident-mitigated" => next with { Status = IncidentStatus.Mitigated },
            "incident-resolved" => next with { Status = IncidentStatus.Resolved },
            _ => next,
        };
    }

    private static string? Subject(TimelineEntry entry, string rest) =>
        entry.Text.EndsWith(rest, StringComparison.Ordinal) ? entry.Text[..^rest.Length] : null;
}
