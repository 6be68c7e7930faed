using JasperFx.Events;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>The entries that stored events tell. Pure.</summary>
public static class TimelineLines
{
    /// <summary>What a stored event adds; an amendment adds itself and the new version of what it amends.</summary>
    public static IEnumerable<TimelineEntry> Of(IEvent e, OpenKeys? keys = null)
    {
        var data = (keys ?? OpenKeys.None).Open(e.Data);
        // A foreign event keeps the id it has everywhere: its message's, which is its stream here.
        if (data is EntryRecorded recorded)
            yield return Entry(e, e.StreamId, recorded, version: 1);
        if (OwnSentences.Of(e.StreamId, data) is { } line)
            yield return Entry(e, line);
        if (data is EntryAmended amended)
            yield return Entry(e, amended.EntryId, amended.Entry, amended.EntryVersion);
    }

    /// <summary>The version that a stored event takes the place of, or ends; null when it does neither.</summary>
    public static (Guid Entry, int Version)? EndedBy(object data) =>
        data switch
        {
            EntryAmended e => (e.EntryId, e.EntryVersion - 1),
            EntryRetracted e => (e.EntryId, e.EntryVersion),
            _ => null,
        };

    /// <summary>Where an entry is looked for.</summary>
    public static IReadOnlyList<string> PlacesOf(TimelineEntry entry, string? schedule) =>
        [
            .. entry
                .Services.Select(PlaceOf)
                .Concat(entry.IncidentId is { } incident ? [PlaceOf(incident)] : [])
                .Concat(schedule is null ? [] : [PlaceOfSchedule(schedule)])
                .Distinct(),
        ];

    public static string PlaceOf(string service) => $"service/{service}";

    public static string PlaceOf(Guid incident) => $"incident/{incident}";

    public static string PlaceOfSchedule(string schedule) => $"schedule/{schedule}";

    private static TimelineEntry Entry(IEvent e, Guid id, EntryRecorded r, int version) =>
        new(
            id,
            r.OccurredAt.ToUniversalTime(),
            e.Timestamp.ToUniversalTime(),
            r.Source,
            r.Kind,
            r.Services,
            r.IncidentId,
            r.SubjectId,
            r.Actor,
            r.TraceId,
            r.Text,
            r.Labels,
            Categories.Of(r.Kind),
            (r.OccurredUntil ?? Precisions.Until(r.OccurredAt, r.Precision))?.ToUniversalTime(),
            r.Precision,
            e.Sequence,
            version,
            r.SourceId,
            r.Confidence,
            r.Causes,
            r.CorrelationId,
            r.Links,
            WrittenAt: r.WrittenAt?.ToUniversalTime()
        );

    private static TimelineEntry Entry(IEvent e, Line line)
    {
        var kind = Bus.ExchangeOf(e.Data.GetType()).Split('.')[1];
        return new TimelineEntry(
            e.Id,
            line.OccurredAt.ToUniversalTime(),
            e.Timestamp.ToUniversalTime(),
            IncidentsSchema.Name,
            kind,
            line.Services,
            line.IncidentId,
            line.SubjectId,
            line.By!,
            Recording.TraceIdOf(e.GetHeader(EventHeaders.TraceParent)?.ToString()),
            line.Text,
            line.Labels,
            Category: Categories.Of(kind),
            Sequence: e.Sequence,
            Corrects: line.Corrects
        );
    }
}
