using Steady.Contracts.Incidents;

namespace Steady.Incidents.Learning;

/// <summary>What the platform itself knows of an incident, for its postmortem. Pure.</summary>
public static class Facts
{
    public const int MostEntries = 2000;
    private const string Spent = "spend-attributed";
    private const string Runs = "experiments";
    private const string OfItself = "postmortem-";

    /// <summary>The facts as of a moment, from what was known of the incident and its timeline then.</summary>
    public static PostmortemFacts Of(
        IncidentView incident,
        IReadOnlyList<TimelineEntry> known,
        DateTimeOffset knownAt
    ) =>
        new(
            knownAt,
            [.. Milestones(incident)],
            [.. known.Take(MostEntries)],
            known.Count <= MostEntries,
            [.. known.Where(entry => entry.Kind == Spent && entry.IncidentId == incident.Id)],
            [.. known.Where(entry => entry.Source == Runs)]
        );

    /// <summary>Without what a postmortem would say of itself.</summary>
    public static IReadOnlyList<TimelineEntry> Others(IEnumerable<TimelineEntry> entries) =>
        [.. entries.Where(entry => !entry.Kind.StartsWith(OfItself, StringComparison.Ordinal))];

    private static IEnumerable<PostmortemMilestone> Milestones(IncidentView incident)
    {
        (string Name, DateTimeOffset? At)[] moments =
        [
            ("impact started", incident.StartedAt),
            ("declared", incident.DeclaredAt),
            ("acknowledged", incident.AcknowledgedAt),
            ("mitigated", incident.MitigatedAt),
            ("resolved", incident.ResolvedAt),
        ];
        return moments
            .Where(one => one.At is not null)
            .Select(one => new PostmortemMilestone(
                one.Name,
                one.At!.Value,
                (long)(one.At.Value - incident.StartedAt).TotalSeconds
            ))
            .OrderBy(one => one.At);
    }
}
