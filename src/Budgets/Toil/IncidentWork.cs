using Steady.Contracts.Budgets;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Budgets.Toil;

/// <summary>
/// What an incident took of a team's time: each responder from their first act to their last, a begun minute as a whole one,
/// a shift of twelve hours at most. An incident that does not say who worked on it counts once, from its beginning to its end.
/// </summary>
public static class IncidentWork
{
    private const int Shift = 12 * 60;
    private static readonly Responder?[] Nobody = [null];

    /// <summary>The same incident again changes nothing; a drill is no toil.</summary>
    public static Decision Decide(ToilTeam team, IncidentResolved incident, DateTimeOffset now)
    {
        if (incident.Drill)
            return [];
        IEnumerable<Responder?> responders = Nobody;
        if (incident.Responders is { Count: > 0 } told)
            responders = told;
        var entries = responders
            .Select(responder => Entry(team, incident, responder, now))
            .Where(entry => entry.Start >= now - ToilTeam.Memory)
            .Where(entry => !team.Knows(entry.EntryId))
            .ToList();
        return entries.Count == 0
            ? []
            : Weeks.WithCrossings(team, entries.Aggregate(team, (after, entry) => after.Apply(entry)), entries, now);
    }

    // Work on what came back is another entry of the same person.
    private static Guid EntryOf(ToilTeam team, IncidentResolved incident, Guid? person) =>
        incident.Round == 0
            ? StableId.From("toil-incident", team.Team, $"{incident.IncidentId}", $"{person}")
            : StableId.From("toil-incident", team.Team, $"{incident.IncidentId}", $"{person}", $"{incident.Round}");

    private static ToilRecorded Entry(
        ToilTeam team,
        IncidentResolved incident,
        Responder? responder,
        DateTimeOffset now
    )
    {
        var person = responder is null ? (Guid?)null : ToilTeam.PersonOf(team.Team, responder.Person);
        var start = Recording.ToTheMinute(responder?.From ?? incident.StartedAt);
        var end = responder?.To ?? incident.At;
        var minutes = (end - start + TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(1)).Ticks / TimeSpan.TicksPerMinute;
        return new ToilRecorded(
            team.Team,
            EntryOf(team, incident, person),
            start,
            (int)Math.Clamp(minutes, 1, Shift),
            ToilKind.Incident,
            person,
            $"incident {incident.IncidentId}",
            now
        );
    }
}
