using Marten;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>Keeps what integrations tell as entries of the timeline, each once.</summary>
public static class EntriesSchema
{
    /// <summary>Stores those that are not known yet, together.</summary>
    public static Task Record(
        Streams streams,
        Actor by,
        IReadOnlyList<(Guid Id, EntryRecorded Entry)> entries,
        CancellationToken stop
    ) =>
        streams.Together<string>(
            by,
            async session =>
            {
                await Add(session, entries, stop);
                return [];
            },
            stop
        );

    private static async Task Add(
        IDocumentSession session,
        IReadOnlyList<(Guid Id, EntryRecorded Entry)> entries,
        CancellationToken stop
    )
    {
        var ids = entries.Select(one => one.Id).ToArray();
        var known = await session.Events.QueryAllRawEvents().Where(e => e.StreamId.IsOneOf(ids)).ToListAsync(stop);
        var seen = known.Select(e => e.StreamId).ToHashSet();
        foreach (var (id, entry) in entries)
        {
            if (seen.Add(id))
                session.Events.StartStream<Entry>(id, entry);
        }
    }
}
