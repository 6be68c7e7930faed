using Marten;
using Steady.Incidents.Response;

namespace Steady.Incidents.Intake;

/// <summary>Which groups of alerts are no news: those of an open incident, and, where no incident is asked for, those that fire already.</summary>
public static class ToldGroups
{
    public static async Task<IReadOnlySet<(string Service, string Group)>> Of(
        IQuerySession session,
        IReadOnlyCollection<AlertFired> fired,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var told = new HashSet<(string Service, string Group)>();
        // What declares is told when an incident has it: one that was resolved while the alert goes on must not swallow the next.
        foreach (
            var (service, lot, window) in fired
                .Where(one => one.Severity is not null)
                .Select(one => (one.Service, one.GroupedBy, one.WindowMinutes))
                .Distinct()
        )
        {
            if (
                await OpenIncidents.Open(session, service, lot, window, now, stop) is { } open
                && await session.Events.AggregateStreamAsync<Incident>(open, token: stop) is { } incident
            )
                told.UnionWith(incident.Groups.Select(group => (service, AlertFired.Within(group, lot))));
        }

        foreach (var place in fired.Where(one => one.Severity is null).Select(one => one.Place()).Distinct())
        {
            var (service, name) = place;
            if (
                await session
                    .Query<Alert>()
                    .AnyAsync(a => a.IsFiring && a.SilencedBy == null && a.Service == service && a.Name == name, stop)
            )
                told.Add(place);
        }

        return told;
    }
}
