using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

// These names and shapes are what is stored; tests/Unit/Wire/incidents.golden.json pins them.

/// <summary>
/// What another service announced, an integration sent or somebody wrote down, as the timeline keeps it: a stream of its
/// own under the message's id.
/// </summary>
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
    IReadOnlyDictionary<string, string>? Labels = null,
    DateTimeOffset? OccurredUntil = null,
    EntryPrecision? Precision = null,
    string? SourceId = null,
    EntryConfidence? Confidence = null,
    IReadOnlyList<EntryLink>? Links = null,
    IReadOnlyList<Guid>? Causes = null,
    string? CorrelationId = null,
    DateTimeOffset? WrittenAt = null,
    SealedText? Sealed = null
);

public sealed record Entry
{
    public Guid Id { get; init; }
    public long Version { get; init; }

    public static Entry Create(EntryRecorded _) => new();
}

/// <summary>An entry as it is said now; <paramref name="EntryVersion"/> is 2 for the first amendment.</summary>
public sealed record EntryAmended(
    Guid EntryId,
    int EntryVersion,
    EntryRecorded Entry,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record EntryRetracted(
    Guid EntryId,
    int EntryVersion,
    string Source,
    string Kind,
    IReadOnlyList<string> Services,
    Guid? IncidentId,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The words of an entry, in all its versions, are gone for good.</summary>
public sealed record EntryRedacted(
    Guid EntryId,
    string Source,
    string Kind,
    IReadOnlyList<string> Services,
    Guid? IncidentId,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>Everything that a person wrote is gone for good.</summary>
public sealed record PersonRedacted(string Person, string Reason, string By, DateTimeOffset At);

public sealed record RedactedPerson
{
    public Guid Id { get; init; }
    public long Version { get; init; }

    public static RedactedPerson Create(PersonRedacted _) => new();
}

/// <summary>What was said of one entry after it was recorded: a stream of its own, because most entries are events of other streams.</summary>
public sealed record Correction
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public Guid EntryId { get; init; }

    /// <summary>The newest words; null when it was retracted before it was ever amended.</summary>
    public EntryRecorded? Newest { get; init; }
    public bool IsRetracted { get; init; }
    public bool IsRedacted { get; init; }

    /// <summary>The entry's version: 1 until the first amendment.</summary>
    public int EntryVersion { get; init; } = 1;

    public static Correction Create(EntryAmended e) =>
        new()
        {
            EntryId = e.EntryId,
            Newest = e.Entry,
            EntryVersion = e.EntryVersion,
        };

    public static Correction Create(EntryRetracted e) => new() { EntryId = e.EntryId, IsRetracted = true };

    public static Correction Create(EntryRedacted e) => new() { EntryId = e.EntryId, IsRedacted = true };

    public Correction Apply(EntryAmended e) => this with { Newest = e.Entry, EntryVersion = e.EntryVersion };

    public Correction Apply(EntryRetracted _) => this with { IsRetracted = true };

    public Correction Apply(EntryRedacted _) => this with { IsRedacted = true };
}
