using JasperFx.Events;
using Steady.Incidents.Catalog;
using Steady.Incidents.Intake;
using Steady.Incidents.Response;
using Public = Steady.Contracts.Incidents;

namespace Steady.Incidents.Exchange;

/// <summary>What the other services hear of incidents. What is not named here stays private.</summary>
public static class Announcements
{
    public static object? Announce(IEvent stored) =>
        stored.Data switch
        {
            IncidentDeclared e => new Public.IncidentDeclared(
                stored.StreamId,
                e.Number,
                e.Service,
                e.Severity,
                e.Title,
                e.AlertId,
                e.StartedAt,
                e.By,
                e.At,
                e.Triage,
                e.Drill
            ),
            IncidentAccepted e => new Public.IncidentAccepted(stored.StreamId, e.Service, e.By, e.At),
            IncidentDeclined e => new Public.IncidentDeclined(stored.StreamId, e.Service, e.Reason, e.By, e.At),
            IncidentMerged e => new Public.IncidentMerged(stored.StreamId, e.Service, e.Into, e.Reason, e.By, e.At),
            IncidentReopened e => new Public.IncidentReopened(
                stored.StreamId,
                e.Number,
                e.Service,
                e.Severity,
                e.Title,
                e.Reason,
                e.By,
                e.At,
                e.Drill
            ),
            UpdatePosted e => new Public.UpdatePosted(
                stored.StreamId,
                e.Service,
                e.Text,
                e.Audience,
                e.NextUpdateDueAt,
                e.By,
                e.At,
                e.Drill
            ),
            IncidentClosed e => new Public.IncidentClosed(stored.StreamId, e.Service, e.By, e.At),
            IncidentAcknowledged e => new Public.IncidentAcknowledged(stored.StreamId, e.Service, e.By, e.At),
            IncidentSeverityChanged e => new Public.IncidentSeverityChanged(
                stored.StreamId,
                e.Service,
                e.Severity,
                e.Reason,
                e.By,
                e.At,
                e.Drill
            ),
            IncidentMitigated e => new Public.IncidentMitigated(stored.StreamId, e.Service, e.Summary, e.By, e.At),
            IncidentResolved e => new Public.IncidentResolved(
                stored.StreamId,
                e.Service,
                e.Title,
                e.Resolution,
                e.StartedAt,
                e.By,
                e.At,
                e.Responders,
                e.Services,
                e.Round,
                e.Drill
            ),
            AlertFired { IsNews: true } e => new Public.AlertFired(
                stored.StreamId,
                e.Integration,
                e.Fingerprint,
                e.Name,
                e.Service,
                e.Severity,
                e.Title,
                e.StartsAt,
                e.EndsAt,
                e.At,
                e.GroupedBy,
                e.WindowMinutes
            ),
            AlertUnsilenced { IsNews: true } e => new Public.AlertFired(
                stored.StreamId,
                e.Integration,
                e.Fingerprint,
                e.Name,
                e.Service,
                e.Severity,
                e.Title,
                e.StartsAt,
                null,
                e.At,
                e.GroupedBy,
                e.WindowMinutes
            ),
            AlertResolved { IsNews: true } e => new Public.AlertResolved(
                stored.StreamId,
                e.Service,
                e.Title,
                e.EndsAt,
                e.At
            ),
            CatalogEntrySet { Kind: Public.CatalogKind.Component } e => new Public.CatalogServiceSet(
                e.Name,
                e.Entry.Title,
                e.Entry.Owner,
                e.Entry.System,
                e.Entry.Tier,
                e.Entry.IsPublic,
                e.Entry.DependsOn ?? [],
                e.By,
                e.At
            ),
            CatalogEntryRemoved { Kind: Public.CatalogKind.Component } e => new Public.CatalogServiceRemoved(
                e.Name,
                e.By,
                e.At
            ),
            _ => null,
        };
}
