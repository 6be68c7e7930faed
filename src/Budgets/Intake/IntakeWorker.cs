using System.Collections.Concurrent;
using System.Threading.Channels;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

/// <summary>
/// Counts what comes in. Requests are read where they arrive; here one after the other is applied, all that wait at a time
/// are stored in one transaction with the counters they moved, and each is answered only after the commit. The number of
/// the flush is a lock: when another process flushed meanwhile, everything is read afresh and applied again.
/// </summary>
public sealed class IntakeWorker(
    IDocumentStore store,
    NpgsqlDataSource database,
    CountTable table,
    BurnWorker burn,
    IntakeRoom room,
    IConfiguration settings,
    TimeProvider clock,
    ILogger<IntakeWorker> log
) : BackgroundService
{
    private const string Name = "intake";
    private const int MostWaiting = 64;
    private const int MostPerFlush = 200_000;
    private const int Races = 8;
    private static readonly TimeSpan RefreshEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan JudgeEvery = TimeSpan.FromSeconds(1);
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MostWaiting) { SingleReader = true }
    );
    private readonly ConcurrentDictionary<string, SourceFigures> figures = [];
    private readonly ConcurrentDictionary<string, bool> touched = [];
    private readonly SemaphoreSlim toJudge = new(0);
    private readonly SemaphoreSlim refreshing = new(1);
    private readonly int mostSeries = settings.GetValue("Steady:Budgets:Intake:MaxSeriesPerSource", 20_000);
    private CounterBook? book;
    private volatile IReadOnlyList<Mapping> mappings = [];
    private IReadOnlyList<Mapping>? kept;
    private IReadOnlyDictionary<SourceOrigin, Routing> routings = Routings([]);

    /// <summary>Sources that are enabled.</summary>
    public IReadOnlyList<Mapping> Mappings => mappings;

    public Routing Routing(SourceOrigin origin) => routings[origin];

    /// <summary>Hands over a delivery, and waits until it is stored. What waits takes its part of the room.</summary>
    public async Task<Applied> Store(Delivery delivery)
    {
        var size = delivery.Observations.Bytes;
        if (!room.TryTake(size))
            throw new OverloadedException();
        try
        {
            var waiting = new Waiting(delivery);
            return queue.Writer.TryWrite(waiting) ? await waiting.Stored.Task : throw new OverloadedException();
        }
        finally
        {
            room.Return(size);
        }
    }

    /// <summary>Reads the sources again.</summary>
    public async Task Refresh(CancellationToken stop)
    {
        await refreshing.WaitAsync(stop);
        try
        {
            await using var session = store.QuerySession();
            var sources = await session.Query<Source>().Where(source => source.Enabled).ToListAsync(stop);
            var budgets = await session.Query<Budget>().Select(b => new { b.Sli, b.Service }).ToListAsync(stop);
            var services = budgets.ToLookup(budget => budget.Sli, budget => budget.Service);
            // Those that are as they were stay the same: patterns are compiled once.
            var known = mappings.ToDictionary(mapping => mapping.Sli);
            var read = sources
                .Select(source =>
                    Mapping.Of(
                        source,
                        services[source.Current.Sli].ToHashSet(),
                        known.GetValueOrDefault(source.Current.Sli)
                    )
                )
                .OrderBy(mapping => mapping.Sli, StringComparer.Ordinal)
                .ToList();
            if (read.SequenceEqual(mappings))
                return;
            routings = Routings(read);
            mappings = read;
        }
        finally
        {
            refreshing.Release();
        }
    }

    public SourceView View(Source source)
    {
        var now = figures.GetValueOrDefault(source.Current.Sli) ?? new SourceFigures();
        return now.View(source);
    }

    public DateTimeOffset? PulledUntil(Mapping mapping) => figures.GetValueOrDefault(mapping.Sli)?.PulledUntil(mapping);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.WhenAll(KeepRefreshed(stoppingToken), Count(stoppingToken), Judge(stoppingToken));
        }
        finally
        {
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var waiting))
                Fail(waiting);
        }
    }

    private async Task KeepRefreshed(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(RefreshEvery, clock);
        do
        {
            await Guarded("read its sources", () => Refresh(stop));
        } while (await timer.WaitForNextTickAsync(stop));
    }

    private async Task Count(CancellationToken stop)
    {
        await Guarded("read its counters", async () => book = await Read(stop));
        while (await queue.Reader.WaitToReadAsync(stop))
        {
            var group = new List<Waiting>();
            for (var size = 0; size < MostPerFlush && queue.Reader.TryRead(out var one); group.Add(one))
                size += one.Delivery.Observations.Count;
            // What is in memory may be more than what is stored, until it is.
            var before = book;
            book = null;
            await Guarded("store counts", () => Store(before, group, stop), () => group.ForEach(Fail));
        }
    }

    private async Task Store(CounterBook? counted, List<Waiting> group, CancellationToken stop)
    {
        for (var race = 1; race <= Races; race++, counted = null)
        {
            counted ??= await Read(stop);
            var now = clock.Moment();
            if (kept != mappings)
            {
                kept = mappings;
                counted.Keep(kept.Select(mapping => mapping.Key).ToHashSet());
            }

            var applied = group.ConvertAll(waiting => counted.Apply(waiting.Delivery, now));
            if (!await Flush(counted, now, stop))
                continue;
            book = counted;

            for (var i = 0; i < group.Count; i++)
            {
                Note(group[i].Delivery.Troubles);
                Note(applied[i].Troubles);
                group[i].Stored.TrySetResult(applied[i]);
            }

            return;
        }

        throw new TimeoutException($"{Races} times another process had flushed meanwhile.");
    }

    private async Task<bool> Flush(CounterBook counted, DateTimeOffset now, CancellationToken stop)
    {
        var changes = counted.Changes();
        if (counted.Memory(changes) is not { } memory)
            return true;
        var counts = new List<SliCounts>();
        foreach (var source in changes)
        {
            if (source.Buckets() is { Count: > 0 } buckets)
                counts.Add(new SliCounts(source.Sli, buckets, source.TraceParent));
        }

        var sequence = counted.Sequence + 1;
        if (await table.Flush(Name, sequence, counts, memory, now, stop) != BatchFate.Added)
            return false;
        foreach (var source in changes)
            figures.GetOrAdd(source.Sli, _ => new SourceFigures()).Note(source);
        counted.Flushed(sequence, memory.Rows is not null);
        foreach (var one in counts)
            touched[one.Sli] = true;
        if (counts.Count > 0 && toJudge.CurrentCount == 0)
            toJudge.Release();
        return true;
    }

    private void Note(Troubles troubles)
    {
        foreach (var (sli, reason, count, message) in troubles.All)
            figures.GetOrAdd(sli, _ => new SourceFigures()).Note(reason, count, message);
    }

    // At once, and then at most every second: counts come more often than a judgement is worth.
    private async Task Judge(CancellationToken stop)
    {
        while (true)
        {
            await toJudge.WaitAsync(stop);
            var slis = touched.Keys.Where(sli => touched.TryRemove(sli, out _)).ToList();
            await Guarded("judge budgets", () => burn.Judge(slis, stop));
            await Task.Delay(JudgeEvery, clock, stop);
        }
    }

    private async Task<CounterBook> Read(CancellationToken stop)
    {
        var read = new CounterBook(mostSeries);
        await using var command = database.CreateCommand(CountTable.Remembered);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (bytes, sequence) = (await rows.GetFieldValueAsync<byte[]>(1, stop), rows.GetInt64(2));
            if (await rows.IsDBNullAsync(0, stop))
                read.Replay(bytes, sequence);
            else
                read.Load(rows.GetString(0), bytes, sequence);
        }

        foreach (var mapping in mappings)
            figures.GetOrAdd(mapping.Sli, _ => new SourceFigures()).Note(read.Source(mapping.Key));
        kept = null;
        return read;
    }

    private async Task Guarded(string what, Func<Task> act, Action? after = null)
    {
        try
        {
            await act();
        }
        catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
        {
            log.LogWarning("Intake could not {What}: {Reason}", what, e.Message);
        }
        finally
        {
            after?.Invoke();
        }
    }

    // Has no effect on those that are answered.
    private static void Fail(Waiting waiting) => waiting.Stored.TrySetException(new NotStoredException());

    private static Dictionary<SourceOrigin, Routing> Routings(IReadOnlyList<Mapping> mappings) =>
        Enum.GetValues<SourceOrigin>().ToDictionary(origin => origin, origin => new Routing(origin, mappings));

    private sealed record Waiting(Delivery Delivery)
    {
        public TaskCompletionSource<Applied> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>The store did not answer: nothing of the delivery is counted, and it may be sent again.</summary>
public sealed class NotStoredException() : Exception("The counts could not be stored.");
