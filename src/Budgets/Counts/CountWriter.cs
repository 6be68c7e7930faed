using Npgsql;

namespace Steady.Budgets.Counts;

/// <summary>A batch as the ledger knows it.</summary>
public sealed record LedgerBatch(
    string Source,
    long Sequence,
    byte[] Hash,
    DateTimeOffset At,
    IReadOnlyList<SliCounts> Counts,
    CounterMemory? Memory
)
{
    public (string Source, long Sequence) Name => (Source, Sequence);
}

/// <summary>
/// Writes batches in one transaction: their rows in the ledger, then each level from fine to coarse, each with one additive
/// statement whose rows are in order, so that writers wait for each other and never in a circle. Statements are prepared
/// once per connection.
/// </summary>
public sealed class CountWriter(
    NpgsqlDataSource database,
    CountSlis slis,
    CountPartitions parts,
    CountPolicy policy,
    TimeProvider clock
)
{
    // A flush that hangs longer than this could be recorded behind the back of an "as of" answer; it is given up.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Locks in order; a look-up for each batch and not a join, which would read all that is in the ledger.
    private const string Lock = """
        select pg_advisory_xact_lock(key) from (
          select distinct hashtextextended(source, sequence) as key from unnest($1, $2) as b(source, sequence) order by 1) keys
        """;
    private const string Enter = """
        insert into budgets.count_ledger (source, sequence, recorded_at, content_hash)
        select b.source, b.sequence, b.recorded_at, b.content_hash
        from unnest($1, $2, $3, $4) as b(source, sequence, recorded_at, content_hash)
        where (select true from budgets.count_ledger l where l.source = b.source and l.sequence = b.sequence limit 1) is null
        returning source, sequence, (select closed_until from budgets.count_horizon)
        """;
    private const string Known = """
        select b.source, b.sequence,
          (select content_hash from budgets.count_ledger l where l.source = b.source and l.sequence = b.sequence limit 1)
        from unnest($1, $2) as b(source, sequence)
        """;

    /// <summary>All of them or none. What is in the ledger, or came before in the same group, changes nothing.</summary>
    public async Task<IReadOnlyList<BatchFate>> Write(IReadOnlyList<LedgerBatch> batches, CancellationToken stop)
    {
        var begun = clock.GetTimestamp();
        var (now, first) = (batches.Max(one => one.At), batches.DistinctBy(one => one.Name).ToList());
        var everything = await Level(first.SelectMany(one => one.Counts), stop);
        await MakeRoom(everything, now, stop);
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var (added, closed) = await EnterAll(connection, first, stop);
        var fresh = first.Where(one => added.Contains(one.Name)).ToList();
        var hashes = fresh.ToDictionary(one => one.Name, one => one.Hash);
        if (fresh.Count < first.Count)
            await Find(connection, first.Where(one => !added.Contains(one.Name)), hashes, stop);
        if (fresh.Count > 0)
        {
            var counts = fresh.SelectMany(one => one.Counts).ToList();
            var levels = fresh.Count == first.Count ? everything : await Level(counts, stop);
            await Add(connection, [.. Commands(levels, counts, now, closed), .. fresh.SelectMany(Memories)], stop);
        }

        if (clock.GetElapsedTime(begun) > Patience)
            throw new TimeoutException($"The flush took longer than {Patience}; nothing of it was kept.");
        await transaction.CommitAsync(stop);
        // The first of a name that was not there is the one that was added.
        return
        [
            .. batches.Select(one =>
                added.Remove(one.Name) ? BatchFate.Added
                : hashes[one.Name].AsSpan().SequenceEqual(one.Hash) ? BatchFate.Duplicate
                : BatchFate.Differs
            ),
        ];
    }

    /// <summary>End of the newest bucket of each indicator that has one.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return (await CountSums.Marks(connection, wanted, stop)).ToDictionary(one => one.Key, one => one.Value.Until);
    }

    private static async Task Add(
        NpgsqlConnection connection,
        IReadOnlyList<NpgsqlBatchCommand> commands,
        CancellationToken stop
    )
    {
        if (commands.Count == 0)
            return;
        await using var add = new NpgsqlBatch(connection);
        foreach (var command in commands)
            add.BatchCommands.Add(command);
        await add.PrepareAsync(stop);
        await add.ExecuteNonQueryAsync(stop);
    }

    private IEnumerable<NpgsqlBatchCommand> Commands(
        CountLevels levels,
        IReadOnlyList<SliCounts> counts,
        DateTimeOffset now,
        DateTimeOffset closed
    )
    {
        if (levels.Tens.Count == 0)
            yield break;
        yield return CountWrites.Changes(levels.Tens, now);
        // Closed hours take no fine rows any more: what comes for them stands beside, as a correction.
        if (levels.Minutes.Where(row => row.Start >= closed).ToList() is { Count: > 0 } minutes)
        {
            var tens = levels.Tens.Where(row => row.Start >= closed).ToList();
            yield return CountWrites.Add(CountPartitions.Ten, tens, Horizons.Slot);
            yield return CountWrites.Add(CountPartitions.Minute, minutes, Horizons.Minute);
        }

        yield return CountWrites.AddHours(levels.Hours);
        yield return CountWrites.AddDays(levels.Days, TraceOf(counts));
        if (levels.Late(now, policy) is { Count: > 0 } late)
            yield return CountWrites.Correct(late, closed, now);
    }

    private static IEnumerable<NpgsqlBatchCommand> Memories(LedgerBatch batch)
    {
        if (batch.Memory is not { } memory)
            yield break;
        if (memory.Rows is null)
        {
            yield return CountWrites.Log(batch.Sequence, memory.Log);
            yield break;
        }

        yield return CountWrites.Remember(batch.Sequence, memory.Rows);
        yield return CountWrites.Fold();
    }

    private Func<int, string?> TraceOf(IReadOnlyList<SliCounts> counts)
    {
        var traces = counts.ToLookup(one => slis[one.Sli]!.Value, one => one.TraceParent);
        return sli => traces[sli].FirstOrDefault(trace => trace is not null);
    }

    private async Task<CountLevels> Level(IEnumerable<SliCounts> given, CancellationToken stop)
    {
        var counts = given.ToList();
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

    // Answers which are new, and up to where hours are closed, which stays so until this transaction ends.
    private static async Task<(HashSet<(string, long)> Added, DateTimeOffset Closed)> EnterAll(
        NpgsqlConnection connection,
        IReadOnlyList<LedgerBatch> batches,
        CancellationToken stop
    )
    {
        var (sources, sequences) = (Sources(batches), Sequences(batches));
        await using var enter = new NpgsqlBatch(connection);
        enter.BatchCommands.Add(
            CountWrites.Command("select pg_advisory_xact_lock_shared($1)", CountSchema.HorizonLock)
        );
        enter.BatchCommands.Add(CountWrites.Command(Lock, sources, sequences));
        enter.BatchCommands.Add(
            CountWrites.Command(
                Enter,
                sources,
                sequences,
                batches.Select(one => one.At.UtcDateTime).ToArray(),
                batches.Select(one => one.Hash).ToArray()
            )
        );
        await enter.PrepareAsync(stop);
        await using var rows = await enter.ExecuteReaderAsync(stop);
        await rows.NextResultAsync(stop);
        await rows.NextResultAsync(stop);
        var (added, closed) = (new HashSet<(string, long)>(), default(DateTimeOffset));
        while (await rows.ReadAsync(stop))
        {
            added.Add((rows.GetString(0), rows.GetInt64(1)));
            closed = rows.GetDateTime(2);
        }

        return (added, closed);
    }

    private static async Task Find(
        NpgsqlConnection connection,
        IEnumerable<LedgerBatch> known,
        Dictionary<(string, long), byte[]> hashes,
        CancellationToken stop
    )
    {
        var batches = known.ToList();
        await using var look = new NpgsqlCommand(Known, connection);
        look.Parameters.Give(Sources(batches), Sequences(batches));
        await using var rows = await look.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            hashes[(rows.GetString(0), rows.GetInt64(1))] = await rows.GetFieldValueAsync<byte[]>(2, stop);
    }

    private static string[] Sources(IEnumerable<LedgerBatch> batches) => [.. batches.Select(one => one.Source)];

    private static long[] Sequences(IEnumerable<LedgerBatch> batches) => [.. batches.Select(one => one.Sequence)];
}
