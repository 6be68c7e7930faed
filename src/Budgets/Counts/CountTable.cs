using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Steady.Contracts.Budgets;

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
/// Counts are data, not events. A flush is one transaction: its row in the ledger, then each level from fine to coarse,
/// each with one additive statement whose rows are in order, so that writers wait for each other and never in a circle.
/// </summary>
public sealed class CountTable(
    NpgsqlDataSource database,
    CountSlis slis,
    CountPartitions parts,
    CountPolicy policy,
    TimeProvider clock
)
{
    // A flush that hangs longer than this could be recorded behind the back of an "as of" answer; it is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>Adds a batch of one indicator exactly once.</summary>
    public async Task<(BatchFate Fate, DateTimeOffset Watermark)> Add(
        string sli,
        CountBatch batch,
        DateTimeOffset now,
        string? traceparent,
        CancellationToken stop
    )
    {
        var counts = new SliCounts(sli, batch.Buckets, traceparent);
        var ledger = new LedgerRow($"push:{sli}:{batch.Source}", batch.Sequence, batch.Hash, now);
        var fate = await Write(ledger, [counts], [], stop);
        await using var mark = database.CreateCommand(
            """
            select counted_until from budgets.count_day where sli = (select id from budgets.count_sli where name = $1)
            order by start desc limit 1
            """
        );
        mark.Parameters.Give(sli);
        return (fate, await mark.ExecuteScalarAsync(stop) is DateTime until ? until : batch.End);
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
    public Task<BatchFate> Flush(
        string source,
        long sequence,
        IReadOnlyList<SliCounts> counts,
        IReadOnlyList<CounterRow> states,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var one in counts.OrderBy(one => one.Sli, StringComparer.Ordinal))
        {
            hash.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(one.Sli)));
            hash.AppendData(CountBatch.From(new RecordCounts(source, sequence, one.Buckets)).Hash);
        }

        var ledger = new LedgerRow(source, sequence, hash.GetHashAndReset(), now);
        return Write(ledger, counts, states, stop);
    }

    private async Task<BatchFate> Write(
        LedgerRow ledger,
        IReadOnlyList<SliCounts> counts,
        IReadOnlyList<CounterRow> states,
        CancellationToken stop
    )
    {
        var begun = clock.GetTimestamp();
        var levels = await Level(counts, stop);
        await MakeRoom(levels, ledger.At, stop);
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await Enter(connection, ledger, stop) is not { } closed)
            return await Known(connection, ledger, stop);
        await using var add = new NpgsqlBatch(connection);
        foreach (var command in Commands(levels, counts, states, ledger, closed))
            add.BatchCommands.Add(command);
        if (add.BatchCommands.Count > 0)
            await add.ExecuteNonQueryAsync(stop);
        if (clock.GetElapsedTime(begun) > Patience)
            throw new TimeoutException($"The flush took longer than {Patience}; nothing of it was kept.");
        await transaction.CommitAsync(stop);
        return BatchFate.Added;
    }

    private IEnumerable<NpgsqlBatchCommand> Commands(
        CountLevels levels,
        IReadOnlyList<SliCounts> counts,
        IReadOnlyList<CounterRow> states,
        LedgerRow ledger,
        DateTimeOffset closed
    )
    {
        if (levels.Tens.Count > 0)
        {
            yield return CountWrites.Changes(levels.Tens, ledger.At);
            // Closed hours take no fine rows any more: what comes for them stands beside, as a correction.
            if (levels.Minutes.Where(row => row.Start >= closed).ToList() is { Count: > 0 } minutes)
            {
                var tens = levels.Tens.Where(row => row.Start >= closed).ToList();
                yield return CountWrites.Add(CountPartitions.Ten, tens, Horizons.Slot);
                yield return CountWrites.Add(CountPartitions.Minute, minutes, Horizons.Minute);
            }

            yield return CountWrites.AddHours(levels.Hours);
            yield return CountWrites.AddDays(levels.Days, TraceOf(counts));
            if (levels.Late(ledger.At, policy) is { Count: > 0 } late)
                yield return CountWrites.Correct(late, closed, ledger.At);
        }

        if (states.Count > 0)
            yield return CountWrites.Remember(ledger.Sequence, states);
    }

    private Func<int, string?> TraceOf(IReadOnlyList<SliCounts> counts)
    {
        var traces = counts.ToLookup(one => slis[one.Sli]!.Value, one => one.TraceParent);
        return sli => traces[sli].FirstOrDefault(trace => trace is not null);
    }

    private async Task<CountLevels> Level(IReadOnlyList<SliCounts> counts, CancellationToken stop)
    {
        // A second round finds what another writer numbered at the same moment.
        for (var round = 0; round < 2; round++)
            await slis.Number(counts.Select(one => one.Sli), stop);
        return CountLevels.Of(
            counts.SelectMany(one =>
                one.Buckets.Select(bucket => new CountRow(
                    slis[one.Sli]!.Value,
                    bucket.Start,
                    bucket.Start.AddSeconds(bucket.Seconds),
                    bucket.Good,
                    bucket.Bad
                ))
            )
        );
    }

    private async Task MakeRoom(CountLevels levels, DateTimeOffset now, CancellationToken stop)
    {
        await parts.Ensure(CountPartitions.Ledger, [now], stop);
        await parts.Ensure(CountPartitions.Change, [now], stop);
        var (old, young) = (new HashSet<DateTimeOffset>(), new HashSet<DateTimeOffset>());
        // Whichever of the two it will be: the boundary is known only later, under its lock.
        var closed = Horizons.Closed(now, policy);
        foreach (var hour in levels.Hours)
            (hour.Start < closed - Horizons.Day ? old : young).Add(hour.Start.Down(Horizons.Day));
        await parts.Ensure(CountPartitions.Ten, young, stop);
        await parts.Ensure(CountPartitions.Minute, young, stop);
        await parts.Ensure(CountPartitions.Correction, old.Concat(young), stop);
    }

    // Answers up to where hours are closed, which stays so until this transaction ends; null when the batch is known.
    private static async Task<DateTimeOffset?> Enter(
        NpgsqlConnection connection,
        LedgerRow ledger,
        CancellationToken stop
    )
    {
        await using var enter = new NpgsqlBatch(connection);
        enter.BatchCommands.Add(
            CountWrites.Command(
                "select pg_advisory_xact_lock_shared($1), pg_advisory_xact_lock(hashtextextended($2, $3))",
                CountSchema.HorizonLock,
                ledger.Source,
                ledger.Sequence
            )
        );
        enter.BatchCommands.Add(
            CountWrites.Command(
                """
                insert into budgets.count_ledger (source, sequence, recorded_at, content_hash)
                select $1, $2, $3, $4
                where not exists (select 1 from budgets.count_ledger where source = $1 and sequence = $2)
                returning (select closed_until from budgets.count_horizon)
                """,
                ledger.Source,
                ledger.Sequence,
                ledger.At,
                ledger.Hash
            )
        );
        await using var rows = await enter.ExecuteReaderAsync(stop);
        await rows.NextResultAsync(stop);
        return await rows.ReadAsync(stop) ? rows.GetDateTime(0) : null;
    }

    private static async Task<BatchFate> Known(NpgsqlConnection connection, LedgerRow ledger, CancellationToken stop)
    {
        await using var look = new NpgsqlCommand(
            "select content_hash from budgets.count_ledger where source = $1 and sequence = $2",
            connection
        );
        look.Parameters.Give(ledger.Source, ledger.Sequence);
        var known = (byte[])(await look.ExecuteScalarAsync(stop))!;
        return known.SequenceEqual(ledger.Hash) ? BatchFate.Duplicate : BatchFate.Differs;
    }

    private sealed record LedgerRow(string Source, long Sequence, byte[] Hash, DateTimeOffset At);
}
