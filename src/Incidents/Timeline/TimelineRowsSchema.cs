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
               and (occurred_at, recorded_at, id) > (@own_occurred, @own_recorded, @own_id) and {Known}
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

    private const string Rows = $"{IncidentsSchema.Name}.{TimelineTablesSchema.Places}";
    private const string Columns = TimelineTablesSchema.Columns;
    private const string Known = "recorded_at <= @known and known_until > @known";

    // The very last moment would be sent as infinity, which is not before the end of what still stands.
    private static readonly DateTimeOffset LastMoment = DateTimeOffset.MaxValue.AddDays(-1);

    /// <summary>A moment by which something is to be known, as the database is asked for it.</summary>
    public static DateTimeOffset Moment(DateTimeOffset knownAt) =>
        (knownAt < LastMoment ? knownAt : LastMoment).ToUniversalTime();

    // The beginning is part of the mark, not a condition beside it: PostgreSQL starts a range at one of the two, and with
    // the wrong one it reads everything the service has ever seen.
    private const string Page =
        $"(occurred_at, recorded_at, id) > (@occurred, @recorded, @id) and occurred_at <= @to and {Known}"
        + " and (incident_id is null or incident_id <> all(@hidden)) and (subject_id is null or subject_id <> all(@hidden))";

    /// <summary>Answers as of this moment or an earlier one never change again; null while nothing is recorded.</summary>
    public static async Task<DateTimeOffset?> KnownThrough(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var query = database.CreateCommand(
            $"select known from {IncidentsSchema.Name}.{TimelineTablesSchema.Mark}"
        );
        return await query.ExecuteScalarAsync(stop) is DateTime known ? new DateTimeOffset(known) : null;
    }

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
            parameters.AddWithValue("incidents", scope.KnownAt(knownAt).Select(TimelineLines.PlaceOf).ToArray());
            Add(parameters, "own_", after);
        }

        parameters.AddWithValue("service", scope.Place);
        Add(parameters, "", after.OccurredAt < scope.From ? Mark.BeforeAll(scope.From) : after);
        parameters.AddWithValue("to", scope.To.ToUniversalTime());
        parameters.AddWithValue("limit", limit);
        parameters.AddWithValue("hidden", scope.Hidden);
        parameters.Add(
            new NpgsqlParameter("known", NpgsqlDbType.TimestampTz) { Value = Moment(knownAt ?? LastMoment) }
        );
        await using var reader = await query.ExecuteReaderAsync(stop);
        var entries = new List<TimelineEntry>();
        while (await reader.ReadAsync(stop))
            entries.Add(Entry(reader));
        return entries;
    }

    /// <summary>From when and until when each version of an entry was known; null while it stands.</summary>
    public static async Task<IReadOnlyDictionary<int, (DateTimeOffset From, DateTimeOffset? Until)>> KnownTimes(
        NpgsqlDataSource database,
        Guid entry,
        CancellationToken stop
    )
    {
        await using var query = database.CreateCommand(
            $"select version, recorded_at, known_until from {IncidentsSchema.Name}.{TimelineTablesSchema.Entries} where id = @id"
        );
        query.Parameters.AddWithValue("id", entry);
        await using var reader = await query.ExecuteReaderAsync(stop);
        var times = new Dictionary<int, (DateTimeOffset, DateTimeOffset?)>();
        while (await reader.ReadAsync(stop))
            times.Add(reader.GetInt32(0), (Recorded(reader, 1), Until(reader, 2)));
        return times;
    }

    private static void Add(NpgsqlParameterCollection parameters, string prefix, Mark mark)
    {
        parameters.AddWithValue($"{prefix}occurred", mark.OccurredAt.ToUniversalTime());
        parameters.AddWithValue($"{prefix}recorded", mark.RecordedAt.ToUniversalTime());
        parameters.AddWithValue($"{prefix}id", mark.Id);
    }

    /// <summary>An entry from a row of <see cref="TimelineTablesSchema.Columns"/>.</summary>
    public static TimelineEntry Entry(NpgsqlDataReader row)
    {
        return new(
            row.GetGuid(0),
            row.GetFieldValue<DateTimeOffset>(3),
            row.GetFieldValue<DateTimeOffset>(5),
            row.GetString(7),
            row.GetString(8),
            row.GetFieldValue<string[]>(12),
            row.IsDBNull(13) ? null : row.GetGuid(13),
            row.IsDBNull(14) ? null : row.GetGuid(14),
            row.GetString(10),
            Text(row, 15),
            row.GetString(11),
            Json<Dictionary<string, string>>(row, 16),
            row.GetString(9),
            Moment(row, 4),
            Text(row, 17) is { } precision ? Enum.Parse<EntryPrecision>(precision, ignoreCase: true) : null,
            row.GetInt64(2),
            row.GetInt32(1),
            Text(row, 18),
            Text(row, 19) is { } confidence ? Enum.Parse<EntryConfidence>(confidence, ignoreCase: true) : null,
            row.IsDBNull(20) ? null : row.GetFieldValue<Guid[]>(20),
            Text(row, 21),
            Json<EntryLink[]>(row, 22),
            row.IsDBNull(23) ? null : row.GetGuid(23),
            Moment(row, 24),
            Until(row, 6)
        );
    }

    /// <summary>Until when a row was known; null while it stands.</summary>
    public static DateTimeOffset? Until(NpgsqlDataReader row, int column)
    {
        var until = row.GetFieldValue<DateTimeOffset>(column);
        return until == DateTimeOffset.MaxValue ? null : until;
    }

    private static DateTimeOffset Recorded(NpgsqlDataReader row, int column) =>
        row.GetFieldValue<DateTimeOffset>(column);

    private static string? Text(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    private static DateTimeOffset? Moment(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);

    private static T? Json<T>(NpgsqlDataReader row, int column)
        where T : class =>
        row.IsDBNull(column) ? null : JsonSerializer.Deserialize<T>(row.GetString(column), Contracts.Json.Options);
}
