using System.Security.Cryptography;
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

/// <summary>What a flush adds to one indicator.</summary>
/// <param name="Sli">The indicator.</param>
/// <param name="Buckets">Counts, additive.</param>
/// <param name="TraceParent">Trace context of the newest request among them; null when there is none.</param>
public sealed record SliCounts(string Sli, IReadOnlyList<CountBucket> Buckets, string? TraceParent);

/// <summary>What a source remembers of one of its counters, kept in the same transaction as the counts that were made of it.</summary>
/// <param name="Key">Which counter.</param>
/// <param name="State">The source's own business.</param>
public sealed record CounterRow(string Key, byte[] State);

/// <summary>
/// Counts are data, not events. They live in plain tables: a ledger of batches, the buckets as they came, their sums by
/// hour, and per indicator how far it has been counted and by which request.
/// </summary>
public sealed class CountTable(NpgsqlDataSource database)
{
    // What a flush of many indicators stands under in the ledger; no indicator has this name.
    private const string Many = "*";

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
        var counter = New("counter_state", ("key", "text"));
        counter.AddColumn("sequence", "bigint").NotNull();
        counter.AddColumn("state", "bytea").NotNull();
        foreach (var table in (Table[])[batch, bucket, hour, mark, counter])
            options.Storage.ExtendedSchemaObjects.Add(table);
    }

    /// <summary>Adds a batch of one indicator exactly once.</summary>
    public async Task<(BatchFate Fate, DateTimeOffset Watermark)> Add(
        string sli,
        CountBatch batch,
        DateTimeOffset now,
        string? traceparent,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        var ledger = new Ledger(sli, batch.Source, batch.Sequence, batch.Hash, now);
        var fate = await Write(connection, ledger, [new SliCounts(sli, batch.Buckets, traceparent)], [], stop);
        await using var mark = new NpgsqlCommand(
            "select counted_until from budgets.count_mark where sli = $1",
            connection
        );
        mark.Parameters.Give(sli);
        return (fate, (DateTime)(await mark.ExecuteScalarAsync(stop))!);
    }

    /// <summary>
    /// Adds counts of many indicators and what their source must remember, exactly once per (source, sequence), in one
    /// transaction: all of it or nothing.
    /// </summary>
    /// <param name="source">Who flushes.</param>
    /// <param name="sequence">The source's own number of this flush.</param>
    /// <param name="counts">Counts, at most once per indicator; may be empty.</param>
    /// <param name="states">What the source must remember, at most once per key; may be empty.</param>
    /// <param name="now">When.</param>
    /// <param name="stop">Cancels; what was not committed is not there.</param>
    public async Task<BatchFate> Flush(
        string source,
        long sequence,
        IReadOnlyList<SliCounts> counts,
        IReadOnlyList<CounterRow> states,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var one in counts.OrderBy(one => one.Sli, StringComparer.Ordinal))
        {
            hash.AppendData(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(one.Sli)));
            hash.AppendData(CountBatch.From(new RecordCounts(source, sequence, one.Buckets)).Hash);
        }

        var ledger = new Ledger(Many, source, sequence, hash.GetHashAndReset(), now);
        return await Write(connection, ledger, counts, states, stop);
    }

    private static async Task<BatchFate> Write(
        NpgsqlConnection connection,
        Ledger ledger,
        IReadOnlyList<SliCounts> counts,
        IReadOnlyList<CounterRow> states,
        CancellationToken stop
    )
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await Enter(connection, ledger, stop))
            return await Known(connection, ledger, stop);
        await using var add = new NpgsqlBatch(connection);
        // Every writer locks rows in the same order: table by table, sorted within each.
        if (counts.Count > 0)
        {
            var rows = counts
                .OrderBy(one => one.Sli, StringComparer.Ordinal)
                .SelectMany(one => one.Buckets.Select(bucket => (one.Sli, bucket)))
                .ToList();
            add.BatchCommands.Add(AddBuckets(rows));
            add.BatchCommands.Add(AddHours(rows));
            add.BatchCommands.Add(Mark(counts));
        }

        if (states.Count > 0)
            add.BatchCommands.Add(Remember(ledger.Sequence, states));
        if (add.BatchCommands.Count > 0)
            await add.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return BatchFate.Added;
    }

    private static async Task<bool> Enter(NpgsqlConnection connection, Ledger ledger, CancellationToken stop)
    {
        await using var enter = new NpgsqlCommand(
            """
            insert into budgets.count_batch (sli, source, sequence, content_hash, recorded_at)
            values ($1, $2, $3, $4, $5) on conflict do nothing
            """,
            connection
        );
        enter.Parameters.Give(ledger.Sli, ledger.Source, ledger.Sequence, ledger.Hash, ledger.At);
        return await enter.ExecuteNonQueryAsync(stop) == 1;
    }

    private static async Task<BatchFate> Known(NpgsqlConnection connection, Ledger ledger, CancellationToken stop)
    {
        await using var look = new NpgsqlCommand(
            "select content_hash from budgets.count_batch where sli = $1 and source = $2 and sequence = $3",
            connection
        );
        look.Parameters.Give(ledger.Sli, ledger.Source, ledger.Sequence);
        var known = (byte[])(await look.ExecuteScalarAsync(stop))!;
        return known.SequenceEqual(ledger.Hash) ? BatchFate.Duplicate : BatchFate.Differs;
    }

    private static NpgsqlBatchCommand AddBuckets(IReadOnlyList<(string Sli, CountBucket Bucket)> rows) =>
        Command(
            """
            insert into budgets.count_bucket as b (sli, start, seconds, good, bad)
            select n.sli, n.start, n.seconds, sum(n.good), sum(n.bad)
            from unnest($1, $2, $3, $4, $5) as n(sli, start, seconds, good, bad)
            group by n.sli, n.start, n.seconds order by n.sli, n.start, n.seconds
            on conflict (sli, start, seconds) do update set good = b.good + excluded.good, bad = b.bad + excluded.bad
            """,
            rows.Select(row => row.Sli).ToArray(),
            rows.Select(row => row.Bucket.Start.UtcDateTime).ToArray(),
            rows.Select(row => row.Bucket.Seconds).ToArray(),
            rows.Select(row => row.Bucket.Good).ToArray(),
            rows.Select(row => row.Bucket.Bad).ToArray()
        );

    private static NpgsqlBatchCommand AddHours(IReadOnlyList<(string Sli, CountBucket Bucket)> rows) =>
        Command(
            """
            insert into budgets.count_hour as h (sli, start, good, bad)
            select n.sli, date_bin('1 hour', n.start, 'epoch'), sum(n.good)::bigint, sum(n.bad)::bigint
            from unnest($1, $2, $3, $4) as n(sli, start, good, bad) group by 1, 2 order by 1, 2
            on conflict (sli, start) do update set good = h.good + excluded.good, bad = h.bad + excluded.bad
            """,
            rows.Select(row => row.Sli).ToArray(),
            rows.Select(row => row.Bucket.Start.UtcDateTime).ToArray(),
            rows.Select(row => row.Bucket.Good).ToArray(),
            rows.Select(row => row.Bucket.Bad).ToArray()
        );

    private static NpgsqlBatchCommand Mark(IReadOnlyList<SliCounts> counts) =>
        Command(
            """
            insert into budgets.count_mark as m (sli, counted_until, traceparent)
            select n.sli, n.until, n.traceparent from unnest($1, $2, $3) as n(sli, until, traceparent) order by n.sli
            on conflict (sli) do update set
              counted_until = greatest(m.counted_until, excluded.counted_until),
              traceparent = coalesce(excluded.traceparent, m.traceparent)
            """,
            counts.Select(one => one.Sli).ToArray(),
            counts.Select(one => one.Buckets.Max(b => b.Start.AddSeconds(b.Seconds)).UtcDateTime).ToArray(),
            counts.Select(one => one.TraceParent).ToArray()
        );

    private static NpgsqlBatchCommand Remember(long sequence, IReadOnlyList<CounterRow> states) =>
        Command(
            """
            insert into budgets.counter_state (key, sequence, state)
            select n.key, $1, n.state from unnest($2, $3) as n(key, state) order by n.key
            on conflict (key) do update set sequence = excluded.sequence, state = excluded.state
            """,
            sequence,
            states.Select(row => row.Key).ToArray(),
            states.Select(row => row.State).ToArray()
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

    private sealed record Ledger(string Sli, string Source, long Sequence, byte[] Hash, DateTimeOffset At);
}
