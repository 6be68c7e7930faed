using Npgsql;
using NpgsqlTypes;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// Timelines that were read lately, as far as states follow from them: whoever asks again pays for one small question, whether anything was written
/// to their places since, and not for ten thousand rows. What is amended, taken back or redacted is such a thing.
/// </summary>
public sealed class StoriesSchema(NpgsqlDataSource database)
{
    private const int MostStories = 16;
    private const int MostEntries = 100_000;

    // To look through more than this costs as much as to read it all again.
    private const string MostBehind = "10000";

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

    private const string Since = $"""
        select mark.seq, case when mark.seq - $1 > {MostBehind} then true else
          exists (select from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries} as entry
            where entry.seq > $1 and (entry.places && $2 or entry.kind = 'person-redacted')) end
        from {IncidentsSchema.Name}.{TimelineTablesSchema.Mark} as mark
        """;

    private readonly Lock turn = new();

    // The one that was asked for last is the last.
    private readonly List<Kept> stories = [];

    /// <summary>
    /// An incident's own timeline and its service's around it. What was known at a moment in the past is read as it is asked for: there are
    /// very many such moments, and hardly one is asked for twice.
    /// </summary>
    public async Task<PastStory> OfIncident(Scope scope, DateTimeOffset? knownAt, CancellationToken stop)
    {
        if (knownAt is not null)
            return await Read(scope, knownAt, stop);
        string[] places = [.. scope.KnownAt(null).Select(TimelineLines.PlaceOf), scope.Place];
        var name = $"{string.Join(' ', places)} {scope.From:O} {string.Join(' ', scope.Hidden)}";
        var kept = Find(name);
        var (through, isChanged) = await Written(kept?.Through ?? long.MaxValue, places, stop);
        var story = kept is null || isChanged ? await Read(scope, null, stop) : kept.Story;
        Keep(new Kept(name, through, story));
        return story;
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

    private async Task<(long Through, bool IsChanged)> Written(long after, string[] places, CancellationToken stop)
    {
        await using var query = database.CreateCommand(Since);
        query.Parameters.AddWithValue(after);
        query.Parameters.AddWithValue(places);
        await using var row = await query.ExecuteReaderAsync(stop);
        // Nothing at all is written yet.
        return await row.ReadAsync(stop) ? (row.GetInt64(0), row.GetBoolean(1)) : (0, true);
    }

    private Kept? Find(string name)
    {
        lock (turn)
            return stories.Find(one => one.Name == name);
    }

    private void Keep(Kept kept)
    {
        lock (turn)
        {
            stories.RemoveAll(one => one.Name == kept.Name);
            stories.Add(kept);
            while (
                stories.Count > MostStories
                || (stories.Count > 1 && stories.Sum(one => one.Story.Counted.Count) > MostEntries)
            )
                stories.RemoveAt(0);
        }
    }

    private sealed record Kept(string Name, long Through, PastStory Story);
}
