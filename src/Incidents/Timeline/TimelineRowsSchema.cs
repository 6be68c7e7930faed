using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

/// <summary>Reads a page of the timeline's rows.</summary>
public static class TimelineRowsSchema
{
    // An incident's own rows are a range for itself and one for each incident that is part of it.
    // Both halves are ranges of the primary key and each stops after a page; they share no row, because what comes from
    // outside either belongs to no incident or stands under the incident as well. Rows of other incidents on the same
    // service belong to their own timelines.
    private const string OfIncident = $"""
        select * from (
          (select own.* from unnest(@incidents) as part(place) cross join lateral (
             select {Columns} from {Rows} as row
             where row.place = part.place
               and (occurred_at, recorded_at, id) > (@own_occurred, @own_recorded, @own_id) and recorded_at <= @known
             order by occurred_at, recorded_at, id limit @limit) as own
           order by occurred_at, recorded_at, id limit @limit)
          union all
          (select {Columns} from {Rows}
           where place = @service and incident_id is null and {Page}
           order by occurred_at, recorded_at, id limit @limit)
        ) both_halves
        order by occurred_at, recorded_at, id limit @limit
        """;

    private const string OfService = $"""
        select {Columns} from {Rows}
        where place = @service and {Page}
        order by occurred_at, recorded_at, id limit @limit
        """;

    private const string Rows = $"{IncidentsSchema.Name}.{TimelineProjection.Table}";
    private const string Columns =
        "id, occurred_at, recorded_at, source, kind, services, incident_id, subject_id, actor, trace_id, text, labels";

    // The beginning is part of the mark, not a condition beside it: PostgreSQL starts a range at one of the two, and with
    // the wrong one it reads everything the service has ever seen.
    private const string Page =
        "(occurred_at, recorded_at, id) > (@occurred, @recorded, @id) and occurred_at <= @to and recorded_at <= @known";

    public static async Task<IReadOnlyList<TimelineEntry>> Read(
        NpgsqlDataSource database,
        Scope scope,
        DateTimeOffset? knownAt,
        Mark after,
        int limit,
        CancellationToken stop
    )
    {
        await using var query = database.CreateCommand(scope.Incident is null ? OfService : OfIncident);
        var parameters = query.Parameters;
        if (scope.Incident is not null)
        {
            parameters.AddWithValue("incidents", scope.KnownAt(knownAt).Select(TimelineProjection.PlaceOf).ToArray());
            Add(parameters, "own_", after);
        }

        parameters.AddWithValue("service", scope.Place);
        Add(parameters, "", after.OccurredAt < scope.From ? Mark.BeforeAll(scope.From) : after);
        parameters.AddWithValue("to", scope.To.ToUniversalTime());
        parameters.AddWithValue("limit", limit);
        parameters.Add(
            new NpgsqlParameter("known", NpgsqlDbType.TimestampTz)
            {
                Value = (knownAt ?? DateTimeOffset.MaxValue).ToUniversalTime(),
            }
        );
        await using var reader = await query.ExecuteReaderAsync(stop);
        var entries = new List<TimelineEntry>();
        while (await reader.ReadAsync(stop))
            entries.Add(Entry(reader));
        return entries;
    }

    private static void Add(NpgsqlParameterCollection parameters, string prefix, Mark mark)
    {
        parameters.AddWithValue($"{prefix}occurred", mark.OccurredAt.ToUniversalTime());
        parameters.AddWithValue($"{prefix}recorded", mark.RecordedAt.ToUniversalTime());
        parameters.AddWithValue($"{prefix}id", mark.Id);
    }

    private static TimelineEntry Entry(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetFieldValue<DateTimeOffset>(1),
            row.GetFieldValue<DateTimeOffset>(2),
            row.GetString(3),
            row.GetString(4),
            row.GetFieldValue<string[]>(5),
            row.IsDBNull(6) ? null : row.GetGuid(6),
            row.IsDBNull(7) ? null : row.GetGuid(7),
            row.GetString(8),
            row.IsDBNull(9) ? null : row.GetString(9),
            row.GetString(10),
            row.IsDBNull(11) ? null : JsonSerializer.Deserialize<Dictionary<string, string>>(row.GetString(11))
        );
}
