using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Timelines as far as states follow from them, and not ten thousand rows; those that were read lately are remembered.</summary>
public sealed class StoriesSchema(NpgsqlDataSource database)
{
    // What StateAt and its rules look at. A promise has one of these words, or it is in the labels.
    private const string Tells = """
        category in ('role', 'mitigate', 'recover', 'resolve')
        or labels ?| array['severity', 'role', 'eta', 'etaHours']
        or category in ('comms', 'status', 'note', 'chat') and text ~* 'eta|estimated|expect|should be|will be'
        """;

    private const string Rows = $"{IncidentsSchema.Name}.{TimelineTablesSchema.Places}";

    private const string Own = $"from {Rows} where place = any(@incidents)";

    // Without an end: an incident that goes on is the same one a moment later.
    private const string Outside = $"""
        from {Rows} where place = @service and incident_id is null and occurred_at >= @from
          and (subject_id is null or subject_id <> all(@hidden))
        """;

    private const string Counted = $"""
        select source, occurred_at, recorded_at, known_until, true {Own}
        union all
        select source, occurred_at, recorded_at, known_until, false {Outside}
        """;

    private const string Telling = $"""
        select {TimelineTablesSchema.Columns} {Own} and ({Tells})
        union all
        select {TimelineTablesSchema.Columns} {Outside} and ({Tells})
        order by occurred_at, recorded_at, id
        """;

    private readonly Remembered<PastStory> remembered = new(story => story.Counted.Count);

    /// <summary>
    /// An incident's own timeline and its service's around it, as it is or was known at a moment, with what changes once anything is written to them.
    /// Whoever takes the timeline back moment by moment is answered from what is remembered.
    /// </summary>
    public async Task<(PastStory Story, long Revision)> OfIncident(
        Scope scope,
        DateTimeOffset? knownAt,
        CancellationToken stop
    )
    {
        var recalled = await RememberedSchema.Of(
            remembered,
            database,
            scope,
            knownAt,
            _ => true,
            () => Read(scope, knownAt, stop),
            stop
        );
        return (recalled.Made.KnownAt(knownAt), recalled.Revision);
    }

    private async Task<PastStory> Read(Scope scope, DateTimeOffset? knownAt, CancellationToken stop)
    {
        await using var query = database.CreateCommand($"{Counted}; {Telling}");
        var parameters = query.Parameters;
        parameters.AddWithValue("incidents", RememberedSchema.Own(scope, knownAt));
        parameters.AddWithValue("service", scope.Place);
        parameters.AddWithValue("hidden", scope.Hidden);
        parameters.AddWithValue("from", scope.From.ToUniversalTime());
        await using var reader = await query.ExecuteReaderAsync(stop);
        var counted = new List<CountedEntry>();
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(stop))
            counted.Add(CountedIn(reader, sources));
        await reader.NextResultAsync(stop);
        var telling = new List<TimelineEntry>();
        while (await reader.ReadAsync(stop))
            telling.Add(TimelineRowsSchema.Entry(reader));
        return new PastStory(counted, telling);
    }

    // There are few sources, and their names are kept once.
    private static CountedEntry CountedIn(NpgsqlDataReader row, Dictionary<string, string> sources)
    {
        var source = row.GetString(0);
        if (!sources.TryAdd(source, source))
            source = sources[source];
        return new CountedEntry(
            source,
            row.GetFieldValue<DateTimeOffset>(1),
            row.GetFieldValue<DateTimeOffset>(2),
            TimelineRowsSchema.Until(row, 3),
            row.GetBoolean(4)
        );
    }
}
