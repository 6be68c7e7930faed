using Npgsql;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>Finds single entries, wherever they belong.</summary>
public static class AnalysisReaderSchema
{
    private const string ByIds = $"""
        select {TimelineTablesSchema.Columns} from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries}
        where id = any(@ids) and known_until = 'infinity'
        """;

    /// <summary>Those that stand, in no order.</summary>
    public static async Task<IReadOnlyList<TimelineEntry>> Find(
        NpgsqlDataSource database,
        IReadOnlyCollection<Guid> ids,
        CancellationToken stop
    )
    {
        if (ids.Count == 0)
            return [];
        await using var query = database.CreateCommand(ByIds);
        query.Parameters.AddWithValue("ids", ids.ToArray());
        await using var reader = await query.ExecuteReaderAsync(stop);
        var found = new List<TimelineEntry>();
        while (await reader.ReadAsync(stop))
            found.Add(TimelineRowsSchema.Entry(reader));
        return found;
    }
}
