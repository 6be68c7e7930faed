using System.Text.Json;
using System.Text.Json.Serialization;
using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;

namespace Steady.Incidents.Timeline;

/// <summary>
/// Writes what stored events tell into the tables that timelines are read from, a page of events at a time. Everything in
/// a row comes from the event and the moment the store took it in: a rebuild gives the same rows.
/// </summary>
public sealed partial class TimelineProjection(string schema, VaultSchema vault) : IProjection
{
    // A page of events is one statement, and larger pages make a rebuild shorter.
    private const int MostAtOnce = 2_000;

    private const string Shape = """
        id uuid, version int, seq bigint, stored_at timestamptz, occurred_at timestamptz, occurred_until timestamptz,
        source text, kind text, category text, actor text, text text, services text[], incident_id uuid, subject_id uuid,
        trace_id text, labels jsonb, precision text, source_id text, confidence text, causes uuid[], correlation_id text,
        links jsonb, corrects uuid, written_at timestamptz, places text[], is_sealed boolean
        """;

    private const string Values = """
        id, version, seq, occurred_at, occurred_until, recorded, 'infinity', source, kind, category, actor, text, services,
        incident_id, subject_id, trace_id, labels, precision, source_id, confidence, causes, correlation_id, links, corrects,
        written_at
        """;

    // The recorded clock comes from several machines and may stand or fall a little from one event to the next. It is made
    // to rise, by a microsecond at least, in the order of the store: so what is written later is known later, and what was
    // answered as of a moment never changes. The mark has no part in it but as the event before the first of the page, so
    // that a rebuild, which reads other pages, gives the same.
    private readonly string insert = $"""
        with sent as (
          select *, dense_rank() over (order by seq) * interval '1 microsecond' as turn
          from jsonb_to_recordset((?::text)::jsonb) as sent({Shape})),
        page as (
          select *, turn + greatest(
              max(stored_at - turn) over (order by seq), (select known from {schema}.{TimelineTablesSchema.Mark})) as recorded
          from sent),
        kept as (
          insert into {schema}.{TimelineTablesSchema.Entries} ({TimelineTablesSchema.Columns}, is_sealed, places, words)
          select {Values}, is_sealed, places, to_tsvector('simple', text) from page on conflict do nothing),
        marked as (
          insert into {schema}.{TimelineTablesSchema.Mark} as mark (id, known, seq)
          select 1, max(recorded), max(seq) from page
          on conflict (id) do update
          set known = greatest(mark.known, excluded.known), seq = greatest(mark.seq, excluded.seq))
        insert into {schema}.{TimelineTablesSchema.Places} (place, {TimelineTablesSchema.Columns}, is_sealed)
        select place, {Values}, is_sealed from page, unnest(places) as place on conflict do nothing
        """;

    private readonly string end = $"""
        with ended as (
          update {schema}.{TimelineTablesSchema.Entries} as entry set known_until = correction.recorded_at
          from jsonb_to_recordset((?::text)::jsonb) as sent(entry uuid, version int, correction uuid)
          join {schema}.{TimelineTablesSchema.Entries} as correction on correction.id = sent.correction
          where entry.id = sent.entry and entry.version = sent.version and entry.known_until = 'infinity'
          returning entry.*)
        update {schema}.{TimelineTablesSchema.Places} as row set known_until = ended.known_until
        from ended
        where row.place = any (ended.places) and row.occurred_at = ended.occurred_at
          and row.recorded_at = ended.recorded_at and row.id = ended.id and row.version = ended.version
        """;

    private readonly string redact = $$"""
        with gone as (
          update {{schema}}.{{TimelineTablesSchema.Entries}}
          set text = '{{OpenKeys.Redacted}}', words = '', labels = null, links = null, source_id = null
          where {which} returning id, version, places, occurred_at, recorded_at)
        update {{schema}}.{{TimelineTablesSchema.Places}} as row
        set text = '{{OpenKeys.Redacted}}', labels = null, links = null, source_id = null
        from gone
        where row.place = any (gone.places) and row.occurred_at = gone.occurred_at
          and row.recorded_at = gone.recorded_at and row.id = gone.id and row.version = gone.version
        """;

    public static void Add(StoreOptions options, VaultSchema vault)
    {
        TimelineTablesSchema.Add(options);
        ChainSchema.Add(options);
        var schema = options.DatabaseSchemaName;
        options.Projections.Add(
            new TimelineProjection(schema, vault),
            ProjectionLifecycle.Async,
            "timeline-entries",
            async =>
            {
                async.BatchSize = MostAtOnce;
                async.MaximumHopperSize = 5 * MostAtOnce;
                async.DeleteDataInTableOnTeardown($"{schema}.{TimelineTablesSchema.Entries}");
                async.DeleteDataInTableOnTeardown($"{schema}.{TimelineTablesSchema.Places}");
                async.DeleteDataInTableOnTeardown($"{schema}.{TimelineTablesSchema.Mark}");
            }
        );
    }

    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellation
    )
    {
        var keys = await vault.KeysOf(events.Select(e => e.Data), cancellation);
        var rows = events.SelectMany(e => RowsOf(e, keys)).ToList();
        if (rows.Count > 0)
            operations.QueueSqlCommand(insert, JsonSerializer.Serialize(rows, RowJson));
        var ended = events
            .Select(e => (Ended: TimelineLines.EndedBy(e.Data), Correction: e.Id))
            .Where(one => one.Ended is not null)
            .Select(one => new
            {
                one.Ended!.Value.Entry,
                one.Ended.Value.Version,
                one.Correction,
            })
            .ToList();
        if (ended.Count > 0)
            operations.QueueSqlCommand(end, JsonSerializer.Serialize(ended, RowJson));
        operations.QueueSqlCommand(ChainSchema.Append(schema), events.Select(e => e.Sequence).ToArray());
        foreach (var e in events)
            await Redact(operations, e.Data, cancellation);
    }

    // The keys are destroyed here too: whoever asked for it may have been stopped in between.
    private async Task Redact(IDocumentOperations operations, object data, CancellationToken stop)
    {
        if (data is EntryRedacted entry)
        {
            await EntriesSchema.Destroy(operations, vault, entry.EntryId, entry.By, stop);
            operations.QueueSqlCommand(redact.Replace("{which}", "id = ?", StringComparison.Ordinal), entry.EntryId);
        }
        else if (data is PersonRedacted person)
        {
            await vault.Destroy(person.Person, person.By, stop);
            operations.QueueSqlCommand(
                redact.Replace("{which}", "is_sealed and actor = ?", StringComparison.Ordinal),
                person.Person
            );
        }
    }

    private static IEnumerable<TimelineRow> RowsOf(IEvent e, OpenKeys keys)
    {
        var schedule = OnCallSentences.Of(e.StreamId, e.Data)?.Schedule;
        var isSealed = OpenKeys.In(e.Data) is not null;
        return TimelineLines
            .Of(e, keys)
            .Select(entry => TimelineRow.Of(entry, TimelineLines.PlacesOf(entry, schedule), isSealed));
    }

    private static JsonSerializerOptions RowJson { get; } =
        new()
        {
            PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };
}
