namespace Steady.Incidents.Timeline;

// These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

/// <summary>What another service announced or an integration sent, as the timeline keeps it: a stream of its own under the message's id.</summary>
public sealed record EntryRecorded(
    string Source,
    string Kind,
    DateTimeOffset OccurredAt,
    IReadOnlyList<string> Services,
    Guid? IncidentId,
    Guid? SubjectId,
    string Actor,
    string? TraceId,
    string Text,
    IReadOnlyDictionary<string, string>? Labels = null
);

public sealed record Entry
{
    public Guid Id { get; init; }
    public long Version { get; init; }

    public static Entry Create(EntryRecorded _) => new();
}
