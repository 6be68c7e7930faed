using Npgsql;
using NpgsqlTypes;
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

    private const string Known = "recorded_at <= @known and known_until > @known";

    private const string Own = $"from {Rows} where place = any(@incidents) and {Known}";

    // Without an end: an incident that goes on is the same one a moment later.
    private const string Outside = $"""
        from {Rows} where place = @service and incident_id is null and occurred_at >= @from and {Known}
          and (subject_id is null or subject_id <> all(@hidden))
        """;

    private const string Counted = $"""
        select source, occurred_at, recorded_at, true {Own}
        union all
        select source, occurred_at, recorded_at, false {Outside}
        """;

    private const string Telling = $"""
        select {TimelineTablesSchema.Columns} {Own} and ({Tells})
        union all
        select {TimelineTablesSchema.Columns} {Outside} and ({Tells})
        order by occurred_at, recorded_at, id
        """;

    private readonly Remembered<PastStory> remembered = new(story => story.Counted.Count);

    /// <summary>
    /// An incident's own timeline and its service's around it, with what changes once anything is written to them. What was known at a moment in the
    /// past is read as it is asked for: there are very many such moments, and hardly one is asked for twice.
    /// </summary>
    public async Task<(PastStory Story, long? Revision)> OfIncident(
        Scope scope,
        DateTimeOffset? knownAt,
        CancellationToken stop
    )
    {
        if (knownAt is not null)
            return (await Read(scope, knownAt, stop), null);
        var recalled = await RememberedSchema.Of(
            remembered,
            database,
            scope,
            _ => true,
            () => Read(scope, null, stop),
            stop
        );
        return (recalled.Made, recalled.Revision);
    }

    private async Task<PastStory> Read(Scope scope, DateTimeOffset? knownAt, CancellationToken stop)
    {
        await using var query = database.CreateCommand($"{Counted}; {Telling}");
        var parameters = query.Parameters;
        parameters.AddWithValue("incidents", scope.KnownAt(knownAt).Select(TimelineLines.PlaceOf).ToArray());
        parameters.AddWithValue("service", scope.Place);
        parameters.AddWithValue("hidden", scope.Hidden);
        parameters.AddWithValue("from", scope.From.ToUniversalTime());
        var known = TimelineRowsSchema.Moment(knownAt ?? DateTimeOffset.MaxValue);
        parameters.Add(new NpgsqlParameter("known", NpgsqlDbType.TimestampTz) { Value = known });
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
            row.GetBoolean(3)
        );
    }
}
