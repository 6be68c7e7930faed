using JasperFx.Events;
using Marten;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>Keeps entries, each once, and finds them again by the events that told them first.</summary>
public static class EntriesSchema
{
    /// <summary>Stores those that are not known yet, together.</summary>
    /// <returns>How many those were.</returns>
    public static async Task<int> Record(
        Streams streams,
        VaultSchema vault,
        Actor by,
        IReadOnlyList<(Guid Id, EntryRecorded Entry)> entries,
        CancellationToken stop
    )
    {
        var seals = await vault.NewSeals(by, entries.Count, stop);
        entries = [.. entries.Zip(seals, (one, seal) => (one.Id, seal.Close(one.Entry)))];
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

    /// <summary>The event that told an entry first; null when there is none that whoever asks may see.</summary>
    public static async Task<IEvent?> First(Sight sight, IQuerySession session, Guid entry, CancellationToken stop)
    {
        var first = await First(session, entry, stop);
        if (first is null || TimelineLines.Of(first).ToList() is not { Count: > 0 } lines)
            return null;
        var hidden = await sight.Subjects(session, stop);
        if (lines.Any(line => IsOf(line.IncidentId) || IsOf(line.SubjectId)))
            return null;
        await sight.Read(lines.Select(line => line.IncidentId).OfType<Guid>(), "entry", stop);
        return first;

        bool IsOf(Guid? id) => id is { } known && hidden.Contains(known);
    }

    /// <summary>
    /// An entry as it stands, opened, and the version of its ETag; no entry for what the platform itself tells; null when
    /// there is none.
    /// </summary>
    public static async Task<(StandingEntry? Entry, long Version)?> Standing(
        Sight sight,
        IQuerySession session,
        VaultSchema vault,
        Guid id,
        CancellationToken stop
    )
    {
        if (await First(sight, session, id, stop) is not { } first)
            return null;
        var correction = await session.LoadAsync<Correction>(CorrectionsOf(id), stop);
        object[] stored = correction?.Newest is { } newest ? [first.Data, newest] : [first.Data];
        var keys = await vault.KeysOf(stored, stop);
        var entry = StandingEntry.Of(id, first.StreamId, keys.Open(first.Data));
        if (correction is null)
            return (entry, 1);
        var opened = correction with { Newest = correction.Newest is { } closed ? keys.Open(closed) : null };
        return (entry?.With(opened), correction.Version + 1);
    }

    /// <summary>Destroys the keys of everything that was ever said in an entry's place.</summary>
    public static async Task Destroy(
        IQuerySession session,
        VaultSchema vault,
        Guid id,
        string by,
        CancellationToken stop
    )
    {
        var said = (await Corrections(session, id, stop)).ToList();
        if (await First(session, id, stop) is { } first)
            said.Add(first);
        await vault.Destroy([.. said.Select(e => OpenKeys.In(e.Data)).OfType<SealedText>()], by, stop);
    }

    /// <summary>What was said of an entry later, oldest first.</summary>
    public static Task<IReadOnlyList<IEvent>> Corrections(IQuerySession session, Guid entry, CancellationToken stop) =>
        session.Events.FetchStreamAsync(CorrectionsOf(entry), token: stop);

    /// <summary>The stream of an entry's corrections.</summary>
    public static Guid CorrectionsOf(Guid entry) => StableId.From("corrections", $"{entry}");

    private static async Task<IEvent?> First(IQuerySession session, Guid entry, CancellationToken stop)
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
