using Marten;
using Npgsql;
using Steady.Contracts.Budgets;
using Weasel.Postgresql.Tables;

namespace Steady.Budgets.Counts;

/// <summary>What became of a batch.</summary>
public enum BatchFate
{
    Added,
    Duplicate,
    Differs,
}

/// <summary>
/// Counts are data, not events. They live in plain tables: a ledger of batches, the buckets as they came, their sums by
/// hour, and per indicator how far it has been counted and by which request.
/// </summary>
public sealed class CountTable(NpgsqlDataSource database)
{
    /// <summary>The tables, created and kept by the store's own migration.</summary>
    public static void Define(StoreOptions options)
    {
        var batch = New("count_batch", ("sli", "text"), ("source", "text"), ("sequence", "bigint"));
        batch.AddColumn("content_hash", "bytea").NotNull();
        batch.AddColumn("recorded_at", "timestamptz").NotNull();
        var bucket = New("count_bucket", ("sli", "text"), ("start", "timestamptz"), ("seconds", "integer"));
        var hour = New("count_hour", ("sli", "text"), ("start", "timestamptz"));
        foreach (var table in (Table[])[bucket, hour])
        {
            table.AddColumn("good", "bigint").NotNull();
            table.AddColumn("bad", "bigint").NotNull();
        }

        var mark = New("count_mark", ("sli", "text"));
        mark.AddColumn("counted_until", "timestamptz").NotNull();
        mark.AddColumn("traceparent", "text");
        foreach (var table in (Table[])[batch, bucket, hour, mark])
            options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>Adds a batch exactly once, in one transaction. Rows are locked in the same order by every writer.</summary>
    public async Task<(BatchFate Fate, DateTimeOffset Watermark)> Add(
        string sli,
        CountBatch batch,
        DateTimeOffset now,
        string? traceparent,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await Enter(connection, sli, batch, now, stop))
            return await Known(connection, sli, batch, stop);

        await using var add = new NpgsqlBatch(connection);
        add.BatchCommands.Add(AddBuckets(sli, batch.Buckets));
        add.BatchCommands.Add(AddHours(sli, batch.Buckets));
        add.BatchCommands.Add(
            Command(
                """
                insert into budgets.count_mark as m (sli, counted_until, traceparent) values ($1, $2, $3)
                on conflict (sli) do update set
                  counted_until = greatest(m.counted_until, excluded.counted_until),
                  traceparent = coalesce(excluded.traceparent, m.traceparent)
                returning counted_until
                """,
                sli,
                batch.End,
                (object?)traceparent ?? DBNull.Value
            )
        );
        var until = (DateTime)(await add.ExecuteScalarAsync(stop))!;
        await transaction.CommitAsync(stop);
        return (BatchFate.Added, until);
    }

    private static async Task<bool> Enter(
        NpgsqlConnection connection,
        string sli,
        CountBatch batch,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var enter = new NpgsqlCommand(
            """
            insert into budgets.count_batch (sli, source, sequence, content_hash, recorded_at)
            values ($1, $2, $3, $4, $5) on conflict do nothing
            """,
            connection
        );
        enter.Parameters.Give(sli, batch.Source, batch.Sequence, batch.Hash, now);
        return await enter.ExecuteNonQueryAsync(stop) == 1;
    }

    private static async Task<(BatchFate, DateTimeOffset)> Known(
        NpgsqlConnection connection,
        string sli,
        CountBatch batch,
        CancellationToken stop
    )
    {
        await using var look = new NpgsqlCommand(
            """
            select b.content_hash, m.counted_until from budgets.count_batch b join budgets.count_mark m using (sli)
            where b.sli = $1 and b.source = $2 and b.sequence = $3
            """,
            connection
        );
        look.Parameters.Give(sli, batch.Source, batch.Sequence);
        await using var rows = await look.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        var same = (await rows.GetFieldValueAsync<byte[]>(0, stop)).SequenceEqual(batch.Hash);
        return (same ? BatchFate.Duplicate : BatchFate.Differs, rows.GetDateTime(1));
    }

    private static NpgsqlBatchCommand AddBuckets(string sli, IReadOnlyList<CountBucket> buckets) =>
        Command(
            """
            insert into budgets.count_bucket as b (sli, start, seconds, good, bad)
            select $1, * from unnest($2, $3, $4, $5) as n(start, seconds, good, bad) order by n.start, n.seconds
            on conflict (sli, start, seconds) do update set good = b.good + excluded.good, bad = b.bad + excluded.bad
            """,
            sli,
            buckets.Select(bucket => bucket.Start.UtcDateTime).ToArray(),
            buckets.Select(bucket => bucket.Seconds).ToArray(),
            buckets.Select(bucket => bucket.Good).ToArray(),
            buckets.Select(bucket => bucket.Bad).ToArray()
        );

    private static NpgsqlBatchCommand AddHours(string sli, IReadOnlyList<CountBucket> buckets) =>
        Command(
            """
            insert into budgets.count_hour as h (sli, start, good, bad)
            select $1, date_bin('1 hour', n.start, 'epoch'), sum(n.good)::bigint, sum(n.bad)::bigint
            from unnest($2, $3, $4) as n(start, good, bad) group by 2 order by 2
            on conflict (sli, start) do update set good = h.good + excluded.good, bad = h.bad + excluded.bad
            """,
            sli,
            buckets.Select(bucket => bucket.Start.UtcDateTime).ToArray(),
            buckets.Select(bucket => bucket.Good).ToArray(),
            buckets.Select(bucket => bucket.Bad).ToArray()
        );

    private static Table New(string name, params ReadOnlySpan<(string Name, string Type)> key)
    {
        var table = new Table($"budgets.{name}");
        foreach (var (column, type) in key)
            table.AddColumn(column, type).AsPrimaryKey();
        return table;
    }

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Give(values);
        return command;
    }
}
