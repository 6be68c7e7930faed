using JasperFx.Events;
using Marten;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>Keeps entries, each once, and finds them again by the events that told them first.</summary>
public static class EntriesSchema
{
    public const string RecordedName = "entry_recorded.v1";

    private const string StartAll = $"""
        with sent as (
          select * from unnest(?::uuid[], ?::uuid[], ?::text[], ?::text[]) with ordinality as one(stream, id, data, headers, place)),
        begun as (
          insert into {IncidentsSchema.Name}.mt_streams (id, type, version, tenant_id)
          select stream, 'entry', 1, '*DEFAULT*' from sent on conflict do nothing returning id)
        insert into {IncidentsSchema.Name}.mt_events
          (seq_id, id, stream_id, version, data, type, timestamp, tenant_id, mt_dotnet_type, headers, is_archived)
        select nextval('{IncidentsSchema.Name}.mt_events_sequence'), id, stream, 1, data::jsonb, '{RecordedName}', now(), '*DEFAULT*',
          'Steady.Incidents.Timeline.EntryRecorded, Steady.Incidents', headers::jsonb, false
        from (select sent.* from sent join begun on begun.id = sent.stream order by sent.place) as started
        """;

    /// <summary>Stores what of several requests is not known yet, in one transaction. Only that is sealed.</summary>
    /// <returns>How many entries of each request were new.</returns>
    public static async Task<IReadOnlyList<int>> Record(
        Streams streams,
        VaultSchema vault,
        IReadOnlyList<Told> requests,
        CancellationToken stop
    )
    {
        IReadOnlyList<int> added = [];
        await streams.Together<string>(
            null,
            async session =>
            {
                added = await Add(session, vault, requests, stop);
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

    private static async Task<IReadOnlyList<int>> Add(
        IDocumentSession session,
        VaultSchema vault,
        IReadOnlyList<Told> requests,
        CancellationToken stop
    )
    {
        var ids = requests.SelectMany(request => request.Entries).Select(one => one.Id).Distinct().ToArray();
        var seen = (await Known(session, ids, stop)).ToHashSet();
        var news = new List<(Told Request, Guid Id, EntryRecorded Entry)>();
        var added = new int[requests.Count];
        foreach (var (i, request) in requests.Index())
        {
            var mine = request.Entries.Where(one => seen.Add(one.Id)).ToList();
            news.AddRange(mine.Select(one => (request, one.Id, one.Entry)));
            added[i] = mine.Count;
        }

        var seals = await vault.NewSeals([.. news.Select(one => one.Request.By)], stop);
        Start(session, [.. news.Zip(seals, (one, seal) => (one.Request, one.Id, seal.Close(one.Entry)))]);
        return added;
    }

    // Two statements for each event were half of what evidence costs the database. What the store would write for each is
    // written for all in one; the last goes the store's own way, which tells the projections that there is something.
    private static void Start(
        IDocumentSession session,
        IReadOnlyList<(Told Request, Guid Id, EntryRecorded Entry)> entries
    )
    {
        if (entries.Count == 0)
            return;
        var (json, bulk) = (session.DocumentStore.Options.Serializer(), entries.SkipLast(1).ToList());
        if (bulk.Count > 0)
            session.QueueSqlCommand(
                StartAll,
                bulk.Select(one => one.Id).ToArray(),
                bulk.Select(one => StableId.From("recorded", $"{one.Id}")).ToArray(),
                bulk.Select(one => json.ToJson(one.Entry)).ToArray(),
                bulk.Select(one => json.ToJson(one.Request.Headers)).ToArray()
            );
        var (last, id, entry) = entries[^1];
        session.Events.StartStream<Entry>(
            id,
            last.Headers.Aggregate((IEvent)entry.AsEvent(), (told, header) => told.WithHeader(header.Key, header.Value))
        );
    }

    private static Task<IReadOnlyList<Guid>> Known(IQuerySession session, Guid[] ids, CancellationToken stop) =>
        session.AdvancedSql.QueryAsync<Guid>(
            $"select id from {IncidentsSchema.Name}.mt_streams where id = any (?)",
            stop,
            (object)ids
        );
}

/// <summary>What one request tells: stored whole or not at all, by who sent it and in its trace.</summary>
public sealed record Told(Actor By, string? TraceParent, IReadOnlyList<(Guid Id, EntryRecorded Entry)> Entries)
{
    /// <summary>Of each of its events.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; } =
        TraceParent is null
            ? new Dictionary<string, string> { [EventHeaders.Actor] = By.Name }
            : new Dictionary<string, string>
            {
                [EventHeaders.Actor] = By.Name,
                [EventHeaders.TraceParent] = TraceParent,
            };
}
