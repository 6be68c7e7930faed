using Steady.Contracts.Incidents;

namespace Steady.Incidents.Learning;

/// <summary>What the platform itself knows of an incident, for its postmortem. Pure.</summary>
public static class Facts
{
    public const int MostEntries = 2000;
    private const string Spent = "spend-attributed";
    private const string Runs = "experiments";
    private const string OfItself = "postmortem-";
    private const string Stated = "timestamp-stated";

    /// <summary>The facts as of a moment, from what was known of the incident and its timeline then.</summary>
    public static PostmortemFacts Of(
        Guid incident,
        IReadOnlyList<IncidentTimestamp> timestamps,
        IReadOnlyList<IncidentMeasure> measures,
        IReadOnlyList<TimelineEntry> known,
        DateTimeOffset knownAt,
        ToldStory? story = null
    ) =>
        new(
            knownAt,
            [.. Milestones(timestamps)],
            measures,
            [.. known.Take(MostEntries)],
            known.Count <= MostEntries,
            [.. known.Where(entry => entry.Kind == Spent && entry.IncidentId == incident)],
            [.. known.Where(entry => entry.Source == Runs)],
            story is { Told.Count: > 0 } ? Telling.Moments(story, known) : null
        );

    /// <summary>Without what a postmortem would say of itself.</summary>
    public static IReadOnlyList<TimelineEntry> Others(IEnumerable<TimelineEntry> entries) =>
        [.. entries.Where(entry => !IsOfItself(entry))];

    // Its publication is also stated as a moment of the incident, by its own rule and in the same words.
    private static bool IsOfItself(TimelineEntry entry) =>
        entry.Kind.StartsWith(OfItself, StringComparison.Ordinal)
        || (entry.Kind == Stated && entry.Text.EndsWith(WritingPostmortem.Told, StringComparison.Ordinal));

    private static IEnumerable<PostmortemMilestone> Milestones(IReadOnlyList<IncidentTimestamp> timestamps)
    {
        var began = timestamps.Single(one => one.Moment == IncidentMoment.ImpactStarted).Holds?.OccurredAt;
        return timestamps
            .Where(one => one.Holds?.OccurredAt is not null)
            .Select(one => (one.Moment, At: one.Holds!.OccurredAt!.Value))
            .OrderBy(one => one.At)
            .Select(one => new PostmortemMilestone(
                Name(one.Moment),
                one.At,
                began is { } from ? (long)(one.At - from).TotalSeconds : 0
            ));
    }

    // ImpactStarted: impact started.
    private static string Name(IncidentMoment moment) =>
        string.Concat($"{moment}".Select((letter, i) => i > 0 && char.IsUpper(letter) ? $" {letter}" : $"{letter}"))
            .ToLowerInvariant();
}
