using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
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

/// <summary>What a flush remembers of its source's counters.</summary>
/// <param name="Log">What changed, when <paramref name="Rows"/> is null: kept beside the rows.</param>
/// <param name="Rows">All rows that any log tells of, at most once per key: they take the place of the logs.</param>
public sealed record CounterMemory(ReadOnlyMemory<byte> Log, IReadOnlyList<CounterRow>? Rows);

/// <summary>
/// Counts are data, not events. Whoever adds a batch waits until it is committed; batches that wait at the same time go into
/// one transaction, each with a row of its own in the ledger.
/// </summary>
public sealed class CountTable(CountWriter writer) : IDisposable
{
    /// <summary>Everything that is remembered of counters, at one moment: rows by key, then logs without a key in their order.</summary>
    public const string Remembered = """
        select key, state, sequence from budgets.counter_row
        union all select null, changes, sequence from budgets.counter_log order by 1 nulls last, 3
        """;

    private const int MostTogether = 256;
    private const int MostWaiting = 4096;
    private readonly ConcurrentQueue<Waiting> waiting = new();
    private readonly SemaphoreSlim one = new(1);

    /// <summary>Adds a batch of one indicator exactly once.</summary>
    public async Task<(BatchFate Fate, DateTimeOffset Watermark)> Add(
        string sli,
        CountBatch batch,
        DateTimeOffset now,
        string? traceparent
    )
    {
        var counts = new SliCounts(sli, batch.Buckets, traceparent);
        var mine = new Waiting(new($"push:{sli}:{batch.Source}", batch.Sequence, batch.Hash, now, [counts], null));
        if (waiting.Count >= MostWaiting)
            throw new TimeoutException("Too many batches wait to be stored.");
        waiting.Enqueue(mine);
        // Mostly somebody else has taken it along until it is this one's turn.
        await one.WaitAsync(CancellationToken.None);
        try
        {
            while (!mine.Stored.Task.IsCompleted)
                await Store(Next());
        }
        finally
        {
            one.Release();
        }

        var (fate, watermark) = await mine.Stored.Task;
        return (fate, watermark ?? batch.End);
    }

    /// <summary>
    /// Adds counts of many indicators and what their source must remember, exactly once per (source, sequence), in one
    /// transaction: all of it or nothing.
    /// </summary>
    /// <param name="source">Who flushes.</param>
    /// <param name="sequence">The source's own number of this flush.</param>
    /// <param name="counts">Counts, at most once per indicator; may be empty.</param>
    /// <param name="memory">What the source must remember; null when nothing.</param>
    /// <param name="now">When.</param>
    /// <param name="stop">Cancels; what was not committed is not there.</param>
    public async Task<BatchFate> Flush(
        string source,
        long sequence,
        IReadOnlyList<SliCounts> counts,
        CounterMemory? memory,
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

        return (await writer.Write([new(source, sequence, hash.GetHashAndReset(), now, counts, memory)], stop))[0];
    }

    public void Dispose() => one.Dispose();

    private List<Waiting> Next()
    {
        var group = new List<Waiting>();
        while (group.Count < MostTogether && waiting.TryDequeue(out var next))
            group.Add(next);
        return group;
    }

    private async Task Store(IReadOnlyList<Waiting> group)
    {
        try
        {
            var fates = await writer.Write([.. group.Select(one => one.Batch)], CancellationToken.None);
            var slis = group.Select(one => one.Sli).Distinct().ToList();
            var marks = await writer.Watermarks(slis, CancellationToken.None);
            for (var i = 0; i < group.Count; i++)
                group[i].Stored.TrySetResult((fates[i], marks.TryGetValue(group[i].Sli, out var mark) ? mark : null));
        }
        catch (Exception e) when (group.Count > 1 && e is DbException { SqlState: not null } or OverflowException)
        {
            // One of them may be to blame, and the others are not to suffer for it.
            foreach (var alone in group)
                await Store([alone]);
        }
        catch (Exception e)
        {
            foreach (var each in group)
                each.Stored.TrySetException(e);
        }
    }

    private sealed record Waiting(LedgerBatch Batch)
    {
        public string Sli => Batch.Counts[0].Sli;

        public TaskCompletionSource<(BatchFate Fate, DateTimeOffset? Watermark)> Stored { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
