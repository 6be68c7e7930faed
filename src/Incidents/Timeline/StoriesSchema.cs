using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

/// <summary>
/// Whole timelines that were read lately, as they were read: whoever asks again pays for one small question, whether anything was written
/// to their places since, and not for ten thousand rows. What is amended, taken back or redacted is such a thing.
/// </summary>
public sealed class StoriesSchema(NpgsqlDataSource database)
{
    private const int MostStories = 16;
    private const int MostEntries = 100_000;

    // To look through more than this costs as much as to read it all again.
    private const string MostBehind = "10000";

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
    /// All entries of an incident's own timeline and of its service's around it, in order. What was known at a moment in the past is read
    /// as it is asked for: there are very many such moments, and hardly one is asked for twice.
    /// </summary>
    public async Task<IReadOnlyList<TimelineEntry>> OfIncident(
        Scope scope,
        DateTimeOffset? knownAt,
        CancellationToken stop
    )
    {
        if (knownAt is not null)
            return await EntriesReaderSchema.OfIncident(database, scope, knownAt, stop);
        string[] places = [.. scope.KnownAt(null).Select(TimelineLines.PlaceOf), scope.Place];
        var name = $"{string.Join(' ', places)} {scope.From:O} {string.Join(' ', scope.Hidden)}";
        var kept = Find(name);
        var (through, isChanged) = await Written(kept?.Through ?? long.MaxValue, places, stop);
        if (kept is null || isChanged)
        {
            // Without an end: an incident that goes on is the same one a moment later.
            var whole = scope with
            {
                To = DateTimeOffset.MaxValue,
            };
            kept = new Kept(name, through, await EntriesReaderSchema.OfIncident(database, whole, null, stop));
        }

        Keep(kept with { Through = through });
        return [.. kept.Entries.Where(entry => entry.IncidentId is not null || entry.OccurredAt <= scope.To)];
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
                || (stories.Count > 1 && stories.Sum(one => one.Entries.Count) > MostEntries)
            )
                stories.RemoveAt(0);
        }
    }

    private sealed record Kept(string Name, long Through, IReadOnlyList<TimelineEntry> Entries);
}
