using System.Diagnostics;
using System.Threading.Channels;
using Marten.Exceptions;
using Npgsql;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>
/// Stores entries. Requests that wait while others are stored share the next transaction, and each is answered only after it.
/// What a request tells is stored whole or not at all, and takes no part in what becomes of the others.
/// </summary>
public sealed class EvidenceWorker(Streams streams, VaultSchema vault, ILogger<EvidenceWorker> log) : BackgroundService
{
    private const int MostRequests = 256;
    private const int MostEntries = 50_000;
    private const int MostTogether = 2_000;

    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(
        new BoundedChannelOptions(MostRequests) { SingleReader = true }
    );
    private int entries;

    /// <summary>Stores what is not known yet; null when too much waits already and nothing was stored.</summary>
    /// <returns>How many entries were new.</returns>
    public async Task<int?> Record(Actor by, IReadOnlyList<(Guid Id, EntryRecorded Entry)> told, CancellationToken stop)
    {
        if (told.Count == 0)
            return 0;
        var waiting = new Waiting(new Told(by, Activity.Current?.Id, told));
        if (Interlocked.Add(ref entries, told.Count) > MostEntries || !queue.Writer.TryWrite(waiting))
        {
            Interlocked.Add(ref entries, -told.Count);
            return null;
        }

        // Whoever goes away does not take it back: others share the transaction.
        return await waiting.Stored.Task.WaitAsync(stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (await queue.Reader.WaitToReadAsync(stoppingToken))
                await Store(Next(), stoppingToken);
        }
        finally
        {
            queue.Writer.TryComplete();
            while (queue.Reader.TryRead(out var waiting))
                waiting.Stored.TrySetCanceled(stoppingToken);
        }
    }

    private List<Waiting> Next()
    {
        var group = new List<Waiting>();
        for (var size = 0; size < MostTogether && queue.Reader.TryRead(out var one); group.Add(one))
            size += one.Told.Entries.Count;
        Interlocked.Add(ref entries, -group.Sum(one => one.Told.Entries.Count));
        return group;
    }

    private async Task Store(List<Waiting> group, CancellationToken stop)
    {
        try
        {
            var added = await EntriesSchema.Record(streams, vault, [.. group.Select(one => one.Told)], stop);
            foreach (var (waiting, count) in group.Zip(added))
                waiting.Stored.TrySetResult(count);
        }
        catch (OperationCanceledException e) when (stop.IsCancellationRequested)
        {
            group.ForEach(one => one.Stored.TrySetCanceled(e.CancellationToken));
        }
        catch (Exception e) when (group.Count > 1 && IsOfOne(e))
        {
            log.LogWarning(
                "One of {Count} requests cannot be stored ({Reason}); each is tried alone",
                group.Count,
                e.Message
            );
            foreach (var one in group)
                await Store([one], stop);
        }
        catch (Exception e)
        {
            group.ForEach(one => one.Stored.TrySetException(e));
        }
    }

    // The database works and says that it cannot keep this: the others may be kept all the same.
    private static bool IsOfOne(Exception e) =>
        e switch
        {
            MartenCommandException { InnerException: { } inner } => IsOfOne(inner),
            PostgresException { IsTransient: false } => true,
            InvalidOperationException => true,
            _ => false,
        };

    private sealed record Waiting(Told Told)
    {
        public TaskCompletionSource<int> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
