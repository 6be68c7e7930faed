using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Finds single entries, wherever they belong.</summary>
public static class AnalysisReaderSchema
{
    private const string ByIds = $"""
        select {TimelineTablesSchema.Columns} from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries}
        where id = any(@ids) and known_until = 'infinity'
          and (incident_id is null or incident_id <> all(@hidden)) and (subject_id is null or subject_id <> all(@hidden))
        """;

    /// <summary>Those that stand and that whoever asks may see, in no order.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>> Find(
        Sight sight,
        IQuerySession session,
        NpgsqlDataSource database,
        IReadOnlyCollection<Guid> ids,
        CancellationToken stop
    )
    {
        if (ids.Count == 0)
            return [];
        await using var query = database.CreateCommand(ByIds);
        query.Parameters.AddWithValue("hidden", await sight.Subjects(session, stop));
        query.Parameters.AddWithValue("ids", ids.ToArray());
        await using var reader = await query.ExecuteReaderAsync(stop);
        var found = new List<TimelineEntry>();
        while (await reader.ReadAsync(stop))
            found.Add(TimelineRowsSchema.Entry(reader));
        return found;
    }
}
