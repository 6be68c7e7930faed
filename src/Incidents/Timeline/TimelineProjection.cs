using System.Text.Json;
using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Daemon;
using Marten.Events.Projections;
using Steady.Contracts.Incidents;
using Steady.Kernel;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Timeline;

/// <summary>
/// One row for each place that an entry is looked for: each service it touches, and the incident it belongs to. So a
/// page is one range of the primary key, however many entries there are. Everything in a row comes from the event and
/// the moment the store took it in: a rebuild gives the same rows.
/// </summary>
public sealed partial class TimelineProjection : EventProjection
{
    public const string Table = "timeline_rows";
    private readonly string insert;

    public TimelineProjection(string schema)
    {
        Name = "timeline";
        var table = new Table($"{schema}.{Table}");
        table.AddColumn("place", "text").NotNull().AsPrimaryKey();
        table.AddColumn("occurred_at", "timestamptz").NotNull().AsPrimaryKey();
        table.AddColumn("recorded_at", "timestamptz").NotNull().AsPrimaryKey();
        table.AddColumn("id", "uuid").NotNull().AsPrimaryKey();
        foreach (var column in new[] { "source", "kind", "actor", "text" })
            table.AddColumn(column, "text").NotNull();
        table.AddColumn("services", "text[]").NotNull();
        table.AddColumn("incident_id", "uuid");
        table.AddColumn("subject_id", "uuid");
        table.AddColumn("trace_id", "text");
        table.AddColumn("labels", "jsonb");
        SchemaObjects.Add(table);
        Options.DeleteDataInTableOnTeardown(table.Identifier.QualifiedName);
        insert = $"""
            insert into {table.Identifier}
              (place, occurred_at, recorded_at, id, source, kind, actor, text, services, incident_id, subject_id, trace_id, labels)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, (?::text)::jsonb) on conflict do nothing
            """;
    }

    public static string PlaceOf(string service) => $"service/{service}";

    public static string PlaceOf(Guid incident) => $"incident/{incident}";

    public static string PlaceOfSchedule(string schedule) => $"schedule/{schedule}";

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (EntryOf(e) is not { } entry)
            return ValueTask.CompletedTask;
        var places = entry.Services.Select(PlaceOf);
        if (entry.IncidentId is { } incident)
            places = places.Append(PlaceOf(incident));
        if (OnCallSentences.Of(e.StreamId, e.Data)?.Schedule is { } schedule)
            places = places.Append(PlaceOfSchedule(schedule));
        foreach (var place in places.Distinct())
            Insert(operations, place, entry);
        return ValueTask.CompletedTask;
    }

    /// <summary>The entry that a stored event tells; null when it tells none. Pure.</summary>
    public static TimelineEntry? EntryOf(IEvent e)
    {
        // A foreign event keeps the id it has everywhere: its message's, which is its stream here.
        if (e.Data is EntryRecorded r)
            return new TimelineEntry(
                e.StreamId,
                r.OccurredAt,
                e.Timestamp.ToUniversalTime(),
                r.Source,
                r.Kind,
                r.Services,
                r.IncidentId,
                r.SubjectId,
                r.Actor,
                r.TraceId,
                r.Text,
                r.Labels
            );
        if (OwnSentences.Of(e.StreamId, e.Data) is not { } line)
            return null;
        return new TimelineEntry(
            e.Id,
            line.OccurredAt.ToUniversalTime(),
            e.Timestamp.ToUniversalTime(),
            IncidentsSchema.Name,
            Bus.ExchangeOf(e.Data.GetType()).Split('.')[1],
            line.Services,
            line.IncidentId,
            line.SubjectId,
            line.By!,
            Recording.TraceIdOf(e.GetHeader(EventHeaders.TraceParent)?.ToString()),
            line.Text
        );
    }

    private void Insert(IDocumentOperations operations, string place, TimelineEntry entry) =>
        operations.QueueSqlCommand(
            insert,
            place,
            entry.OccurredAt,
            entry.RecordedAt,
            entry.Id,
            entry.Source,
            entry.Kind,
            entry.Actor,
            entry.Text,
            entry.Services.ToArray(),
            (object?)entry.IncidentId ?? DBNull.Value,
            (object?)entry.SubjectId ?? DBNull.Value,
            (object?)entry.TraceId ?? DBNull.Value,
            entry.Labels is { Count: > 0 } labels ? JsonSerializer.Serialize(labels) : DBNull.Value
        );
}
