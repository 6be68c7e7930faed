using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

/// <summary>Reads whole timelines, for what looks at all of one at once.</summary>
public static class EntriesReaderSchema
{
    /// <summary>An incident with more than this is looked at as far as this.</summary>
    public const int Most = 20_000;

    /// <summary>All entries of an incident's own timeline and of its service's around it, in order.</summary>
    public static Task<IReadOnlyList<TimelineEntry>> OfIncident(
        NpgsqlDataSource database,
        Scope scope,
        DateTimeOffset? knownAt,
        CancellationToken stop
    ) => TimelineRowsSchema.Read(database, scope, knownAt, Mark.Beginning, Most, stop);
}
