using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

/// <summary>An entry as it is handed to the database, before the recorded clock is made to rise. Pure.</summary>
public sealed record TimelineRow(
    Guid Id,
    int Version,
    long Seq,
    DateTimeOffset StoredAt,
    DateTimeOffset OccurredAt,
    DateTimeOffset? OccurredUntil,
    string Source,
    string Kind,
    string Category,
    string Actor,
    string Text,
    IReadOnlyList<string> Services,
    Guid? IncidentId,
    Guid? SubjectId,
    string? TraceId,
    IReadOnlyDictionary<string, string>? Labels,
    EntryPrecision? Precision,
    string? SourceId,
    EntryConfidence? Confidence,
    IReadOnlyList<Guid>? Causes,
    string? CorrelationId,
    IReadOnlyList<EntryLink>? Links,
    Guid? Corrects,
    DateTimeOffset? WrittenAt,
    IReadOnlyList<string> Places,
    bool IsSealed
)
{
    public static TimelineRow Of(TimelineEntry entry, IReadOnlyList<string> places, bool isSealed) =>
        new(
            entry.Id,
            entry.EntryVersion,
            entry.Sequence,
            Whole(entry.RecordedAt),
            Whole(entry.OccurredAt),
            entry.OccurredUntil is { } until ? Whole(until) : null,
            entry.Source,
            entry.Kind,
            entry.Category,
            entry.Actor,
            Kept(entry.Text)!,
            entry.Services,
            entry.IncidentId,
            entry.SubjectId,
            entry.TraceId,
            entry.Labels is { Count: > 0 } labels
                ? labels.ToDictionary(one => Kept(one.Key)!, one => Kept(one.Value)!)
                : null,
            entry.Precision,
            Kept(entry.SourceId),
            entry.Confidence,
            entry.Causes is { Count: > 0 } ? entry.Causes : null,
            Kept(entry.CorrelationId),
            entry.Links is { Count: > 0 } ? entry.Links : null,
            entry.Corrects,
            entry.WrittenAt is { } written ? Whole(written) : null,
            places,
            isSealed
        );

    /// <summary>The database keeps no U+0000; one that a text brings must not stop all that comes after it.</summary>
    public static string? Kept(string? text) => text?.Replace('\0', '\uFFFD');

    // The database keeps microseconds and would round what is finer, perhaps past a moment that was asked for.
    private static DateTimeOffset Whole(DateTimeOffset at) => at.AddTicks(-(at.Ticks % TimeSpan.TicksPerMicrosecond));
}
