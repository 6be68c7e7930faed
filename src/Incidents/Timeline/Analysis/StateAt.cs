using JasperFx.Events;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using IncidentDeclared = Steady.Incidents.Response.IncidentDeclared;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// How an incident stood at one moment, as far as was known at another: only what had happened by the one and had been
/// recorded by the other counts. Pure.
/// </summary>
public static class StateAt
{
    /// <param name="story">The incident's own events.</param>
    /// <param name="past">What of its timeline had happened at <paramref name="at"/> and was known at <paramref name="knownAt"/>.</param>
    /// <param name="at">When it stood so.</param>
    /// <param name="knownAt">By what had been recorded then.</param>
    public static IncidentState Of(IReadOnlyList<IEvent> story, Past past, DateTimeOffset at, DateTimeOffset knownAt)
    {
        var known = story.Where(one => one.Timestamp <= knownAt).ToList();
        var happened = known.Where(one => MomentOf(one) <= at).ToList();
        var incident = Folding.Of(happened.Select(one => one.Data));
        var moments = Timestamps
            .Of(known)
            .Where(one => one.Holds?.OccurredAt <= at)
            .ToDictionary(one => one.Moment, one => one.Holds!.OccurredAt!.Value);
        return new IncidentState(
            story.Count > 0 ? story[0].StreamId : Guid.Empty,
            at.ToUniversalTime(),
            knownAt.ToUniversalTime(),
            incident?.Status,
            incident?.Severity,
            incident?.Crew.Roles ?? [],
            moments.ContainsKey(IncidentMoment.Mitigated),
            moments.TryGetValue(IncidentMoment.Mitigated, out var mitigated) ? mitigated : null,
            [.. (incident?.Tasks ?? []).Where(one => one.DoneAt is null)],
            incident?.Updates.DueAt,
            moments,
            past.Count,
            Told(past.Telling),
            [.. ToldRules.Missed(past.Telling, past.Lags, at)]
        );
    }

    // What foreign accounts say of severity and roles, the latest of each.
    private static SortedDictionary<string, string> Told(IEnumerable<TimelineEntry> past)
    {
        var told = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in past.Where(Accounts.IsTold).OrderBy(one => one.OccurredAt).ThenBy(one => one.Sequence))
        {
            if (entry.Labels?.GetValueOrDefault("severity") is { } severity)
                told["severity"] = severity;
            if (Sorts.Of(entry) == "role")
                told[$"role/{entry.Labels?.GetValueOrDefault("role") ?? "commander"}"] =
                    Accounts.PersonOf(entry) ?? entry.Text;
        }

        return told;
    }

    private static DateTimeOffset MomentOf(IEvent stored) =>
        // Every event of an incident carries its own moment under this name.
        stored.Data.GetType().GetProperty(nameof(IncidentDeclared.At))?.GetValue(stored.Data)
            is DateTimeOffset at
            ? at
            : stored.Timestamp;
}
