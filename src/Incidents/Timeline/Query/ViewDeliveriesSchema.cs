using Marten;
using Npgsql;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Where a webhook of a kept query goes, and what signs it: kept beside the events, so that it can be forgotten.</summary>
public sealed record ViewWebhook(string Id, string Address, string Secret);

/// <summary>How far a webhook has got. It holds places of the store and no words: those are read when they are sent.</summary>
/// <param name="View">The kept query.</param>
/// <param name="Turn">One more with each time it is set; what an earlier turn has under way no longer counts.</param>
/// <param name="Position">Everything up to here was taken.</param>
/// <param name="Until">The end of what is being tried; null while nothing is.</param>
/// <param name="Attempt">How often that was tried.</param>
public sealed record ViewDelivery(
    Guid View,
    int Turn,
    long Position,
    long? Until,
    int Attempt,
    DateTimeOffset DueAt,
    DateTimeOffset? FailingSince,
    long Delivered,
    DateTimeOffset? DeliveredAt,
    string? Said
);

/// <summary>Keeps how far webhooks have got. Each step is taken by who still finds the one before.</summary>
public static class ViewDeliveriesSchema
{
    private const string Name = "timeline_view_deliveries";
    private const string Table = $"{IncidentsSchema.Name}.{Name}";
    private const string Columns =
        "view_id, turn, position, until, attempt, due_at, failing_since, delivered, delivered_at, said";
    private const string Mine = "view_id = $1 and turn = $2 and position = $3 and attempt = $4 and not is_off";

    public static void Add(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Name}");
        table.AddColumn("view_id", "uuid").NotNull().AsPrimaryKey();
        foreach (var column in new[] { "turn", "attempt" })
            table.AddColumn(column, "integer").NotNull();
        foreach (var column in new[] { "position", "delivered" })
            table.AddColumn(column, "bigint").NotNull();
        table.AddColumn("until", "bigint");
        table.AddColumn("due_at", "timestamptz").NotNull();
        table.AddColumn("is_off", "boolean").NotNull();
        table.AddColumn("failing_since", "timestamptz");
        table.AddColumn("delivered_at", "timestamptz");
        table.AddColumn("said", "text");
        options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>From now on; one that was set before goes on where it stood, and nothing in between is lost.</summary>
    public static void Begin(IDocumentOperations with, Guid view, DateTimeOffset now) =>
        with.QueueSqlCommand(
            $"""
            insert into {Table} as one (view_id, turn, position, attempt, due_at, is_off, delivered)
            select ?, 1, coalesce((select seq from {IncidentsSchema.Name}.{TimelineTablesSchema.Mark}), 0), 0, ?, false, 0
            on conflict (view_id) do update set
              turn = one.turn + 1, until = null, attempt = 0, due_at = excluded.due_at, is_off = false, failing_since = null, said = null
            """,
            view,
            now.ToUniversalTime()
        );

    public static void End(IDocumentOperations with, Guid view) =>
        with.QueueSqlCommand($"delete from {Table} where view_id = ?", view);

    public static void SwitchOff(IDocumentOperations with, Guid view) =>
        with.QueueSqlCommand($"update {Table} set is_off = true where view_id = ?", view);

    /// <summary>Those whose turn it is.</summary>
    public static Task<IReadOnlyList<ViewDelivery>> Due(
        NpgsqlDataSource database,
        DateTimeOffset now,
        CancellationToken stop
    ) => Read(database, "not is_off and due_at <= $1", now.ToUniversalTime(), stop);

    public static async Task<ViewDelivery?> Find(NpgsqlDataSource database, Guid view, CancellationToken stop) =>
        (await Read(database, "view_id = $1", view, stop)) is [var found] ? found : null;

    /// <summary>Takes the next attempt, up to a place of the store; false when somebody else did.</summary>
    public static Task<bool> Take(
        NpgsqlDataSource database,
        ViewDelivery of,
        long until,
        DateTimeOffset lease,
        CancellationToken stop
    ) => Write(database, of, "until = $5, attempt = attempt + 1, due_at = $6", [until, lease.ToUniversalTime()], stop);

    /// <summary>What was tried was taken, or there is nothing to be told of it.</summary>
    public static Task<bool> Settle(
        NpgsqlDataSource database,
        ViewDelivery of,
        long until,
        int count,
        string? said,
        DateTimeOffset now,
        CancellationToken stop
    ) =>
        Write(
            database,
            of,
            "position = $5, until = null, attempt = 0, delivered = delivered + $6, "
                + "delivered_at = case when $6 > 0 then $7 else delivered_at end, due_at = $7, failing_since = null, "
                + "said = coalesce($8, said)",
            [until, (long)count, now.ToUniversalTime(), (object?)said ?? DBNull.Value],
            stop
        );

    /// <summary>It was not taken and is tried again.</summary>
    public static Task<bool> Fail(
        NpgsqlDataSource database,
        ViewDelivery of,
        string said,
        DateTimeOffset now,
        DateTimeOffset again,
        CancellationToken stop
    ) =>
        Write(
            database,
            of,
            "due_at = $5, failing_since = coalesce(failing_since, $6), said = $7",
            [again.ToUniversalTime(), now.ToUniversalTime(), said],
            stop
        );

    private static async Task<bool> Write(
        NpgsqlDataSource database,
        ViewDelivery of,
        string set,
        IReadOnlyList<object> values,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand($"update {Table} set {set} where {Mine}");
        foreach (var value in (object[])[of.View, of.Turn, of.Position, of.Attempt, .. values])
            command.Parameters.Add(new NpgsqlParameter { Value = value });
        return await command.ExecuteNonQueryAsync(stop) == 1;
    }

    private static async Task<IReadOnlyList<ViewDelivery>> Read<T>(
        NpgsqlDataSource database,
        string where,
        T value,
        CancellationToken stop
    )
    {
        await using var query = database.CreateCommand($"select {Columns} from {Table} where {where} order by due_at");
        query.Parameters.Add(new NpgsqlParameter { Value = value });
        await using var row = await query.ExecuteReaderAsync(stop);
        var found = new List<ViewDelivery>();
        while (await row.ReadAsync(stop))
            found.Add(Row(row));
        return found;
    }

    private static ViewDelivery Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetInt32(1),
            row.GetInt64(2),
            row.IsDBNull(3) ? null : row.GetInt64(3),
            row.GetInt32(4),
            row.GetFieldValue<DateTimeOffset>(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6),
            row.GetInt64(7),
            row.IsDBNull(8) ? null : row.GetFieldValue<DateTimeOffset>(8),
            row.IsDBNull(9) ? null : row.GetString(9)
        );
}
