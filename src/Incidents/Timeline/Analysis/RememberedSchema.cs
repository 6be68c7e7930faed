using Npgsql;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// Whoever asks again about a timeline pays for one small question, whether anything was written to its places since, and not for ten thousand
/// rows. What is amended, taken back or redacted is such a thing, and so is a cause that somebody states.
/// </summary>
public static class RememberedSchema
{
    // To look through more than this costs as much as to read it all again.
    private const string MostBehind = "10000";

    private const string Since = $"""
        select mark.seq, case when mark.seq - $1 > {MostBehind} then true else
          exists (select from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries} as entry
            where entry.seq > $1 and (entry.places && $2 or entry.kind = 'person-redacted')) end
        from {IncidentsSchema.Name}.{TimelineTablesSchema.Mark} as mark
        """;

    /// <summary>What was made of a timeline as it is now, or is made of it.</summary>
    /// <param name="memory">What was made lately.</param>
    /// <param name="database">Where the timelines are.</param>
    /// <param name="scope">Whose timeline; its end does not count: an incident that goes on is the same one a moment later.</param>
    /// <param name="knownAt">As it was known at this moment, where that decides which incidents are part of it.</param>
    /// <param name="holds">Whether what is remembered still is so, though nothing was written.</param>
    /// <param name="make">Reads the timeline and makes something of it.</param>
    public static async Task<Recalled<T>> Of<T>(
        Remembered<T> memory,
        NpgsqlDataSource database,
        Scope scope,
        DateTimeOffset? knownAt,
        Func<T, bool> holds,
        Func<Task<T>> make,
        CancellationToken stop
    )
    {
        string[] places = [.. Own(scope, knownAt), scope.Place];
        var name = $"{string.Join(' ', places)} {scope.From:O} {string.Join(' ', scope.Hidden)}";
        var kept = memory.Find(name);
        // The mark first: what is written while it is made is later than it.
        var (through, isChanged) = await Written(database, kept?.Through ?? long.MaxValue, places, stop);
        var recalled =
            kept is not null && !isChanged && holds(kept.Made)
                ? kept with
                {
                    Through = through,
                }
                : new Recalled<T>(through, through, await make());
        memory.Keep(name, recalled);
        return recalled;
    }

    /// <summary>The places of an incident and of those that are part of it.</summary>
    public static string[] Own(Scope scope, DateTimeOffset? knownAt) =>
        [.. scope.KnownAt(knownAt).Select(TimelineLines.PlaceOf)];

    private static async Task<(long Through, bool IsChanged)> Written(
        NpgsqlDataSource database,
        long after,
        string[] places,
        CancellationToken stop
    )
    {
        await using var query = database.CreateCommand(Since);
        query.Parameters.AddWithValue(after);
        query.Parameters.AddWithValue(places);
        await using var row = await query.ExecuteReaderAsync(stop);
        // Nothing at all is written yet.
        return await row.ReadAsync(stop) ? (row.GetInt64(0), row.GetBoolean(1)) : (0, true);
    }
}
