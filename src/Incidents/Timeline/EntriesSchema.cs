using JasperFx.Events;
using Marten;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>Keeps entries, each once, and finds them again by the events that told them first.</summary>
public static class EntriesSchema
{
    /// <summary>Stores those that are not known yet, together.</summary>
    /// <returns>How many those were.</returns>
    public static async Task<int> Record(
        Streams streams,
        Actor by,
        IReadOnlyList<(Guid Id, EntryRecorded Entry)> entries,
        CancellationToken stop
    )
    {
        var added = 0;
        await streams.Together<string>(
            by,
            async session =>
            {
                added = await Add(session, entries, stop);
                return [];
            },
            stop
        );
        return added;
    }

    /// <summary>The event that told an entry first; null when there is none.</summary>
    public static async Task<IEvent?> First(IQuerySession session, Guid entry, CancellationToken stop)
    {
        var own = await session.Events.FetchStreamAsync(entry, version: 1, token: stop);
        return own is [{ Data: EntryRecorded } recorded] ? recorded : await session.Events.LoadAsync(entry, stop);
    }

    private static async Task<int> Add(
        IDocumentSession session,
        IReadOnlyList<(Guid Id, EntryRecorded Entry)> entries,
        CancellationToken stop
    )
    {
        var ids = entries.Select(one => one.Id).ToArray();
        var known = await session.Events.QueryAllRawEvents().Where(e => e.StreamId.IsOneOf(ids)).ToListAsync(stop);
        var seen = known.Select(e => e.StreamId).ToHashSet();
        var added = 0;
        foreach (var (id, entry) in entries)
        {
            if (!seen.Add(id))
                continue;
            session.Events.StartStream<Entry>(id, entry);
            added++;
        }

        return added;
    }
}
