using JasperFx.Events;
using Marten;
using Npgsql;
using NpgsqlTypes;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

/// <summary>
/// An incident as it was known at a moment, by the timeline's own clock: which of its events had been recorded by then never changes,
/// and so neither do its window and its parts, whatever is merged, resolved or reopened later.
/// </summary>
public static class KnownIncidentSchema
{
    private const string KnownVersion = $"""
        select coalesce(max(stored.version), 0) from {IncidentsSchema.Name}.mt_events as stored
        join {IncidentsSchema.Name}.{TimelineTablesSchema.Entries} as entry on entry.id = stored.id and entry.version = 1
        where stored.stream_id = $1 and entry.recorded_at <= $2
        """;

    /// <summary>Which rows are its timeline, as far as was known; of one that nobody knew yet, by how it began.</summary>
    public static async Task<Scope> ScopeOf(
        IncidentView incident,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset? knownAt,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        if (knownAt is not { } then)
            return Scope.Of(incident, now);
        var version = Math.Max(1, await Version(database, incident.Id, then, stop));
        var known = await session.Events.AggregateStreamAsync<IncidentView>(incident.Id, version, token: stop);
        return Scope.Of(known ?? incident, then < now ? then : now);
    }

    /// <summary>Its own events, as far as they were known.</summary>
    public static async Task<IReadOnlyList<IEvent>> Story(
        Guid incident,
        IQuerySession session,
        NpgsqlDataSource database,
        DateTimeOffset? knownAt,
        CancellationToken stop
    )
    {
        if (knownAt is not { } then)
            return await session.Events.FetchStreamAsync(incident, token: stop);
        var version = await Version(database, incident, then, stop);
        return version == 0 ? [] : await session.Events.FetchStreamAsync(incident, version, token: stop);
    }

    private static async Task<long> Version(
        NpgsqlDataSource database,
        Guid incident,
        DateTimeOffset knownAt,
        CancellationToken stop
    )
    {
        await using var query = database.CreateCommand(KnownVersion);
        query.Parameters.AddWithValue(incident);
        query.Parameters.Add(
            new NpgsqlParameter { Value = TimelineRowsSchema.Moment(knownAt), NpgsqlDbType = NpgsqlDbType.TimestampTz }
        );
        return (long)(await query.ExecuteScalarAsync(stop))!;
    }
}
