using JasperFx.Events.Projections;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;

namespace Steady.Incidents.Status;

/// <summary>What this room keeps.</summary>
public static class StatusSchema
{
    public static void Add(StoreOptions options)
    {
        options.Projections.Add<StoriesProjection>(ProjectionLifecycle.Async);
        options.Schema.For<PublicStory>().Duplicate(story => story.IsTold);
        options
            .Schema.For<StatusWish>()
            .Identity(wish => wish.Id)
            .Duplicate(wish => wish.AskedAt)
            .UseOptimisticConcurrency(true);
        options.Schema.For<StatusSubscriber>().Identity(one => one.Id);
        // Of several nodes, one tells a change, and one sends a mail.
        options.Schema.For<StatusTold>().UseOptimisticConcurrency(true);
        options
            .Schema.For<StatusMail>()
            .Duplicate(mail => mail.DueAt)
            .Duplicate(mail => mail.To)
            .UseOptimisticConcurrency(true);
    }

    /// <summary>What customers know: name, and name for customers.</summary>
    public static async Task<IReadOnlyList<(string Name, string Title)>> Components(
        IQuerySession session,
        CancellationToken stop
    ) =>
        [
            .. (await CatalogEndpoint.All(session, stop))
                .Where(one => one.Current is { Kind: CatalogKind.Component, Entry.IsPublic: true })
                .Select(one => (one.Current.Name, one.Current.Entry.Title ?? one.Current.Name)),
        ];

    /// <summary>The same of some, by name.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Titles(
        IQuerySession session,
        IEnumerable<string> names,
        CancellationToken stop
    )
    {
        var ids = names.Select(name => CatalogEntry.IdOf(CatalogKind.Component, name));
        return (await session.LoadManyAsync<CatalogEntry>(stop, ids))
            .Where(one => one is { IsRemoved: false, Current.Entry.IsPublic: true })
            .ToDictionary(one => one.Current.Name, one => one.Current.Entry.Title ?? one.Current.Name);
    }

    /// <summary>What customers were told that goes on, or was over only then.</summary>
    public static async Task<IReadOnlyList<PublicStory>> Stories(
        IQuerySession session,
        DateTimeOffset since,
        ILogger log,
        CancellationToken stop
    )
    {
        var told = session
            .Query<PublicStory>()
            .Where(story => story.IsTold && (story.EndedAt == null || story.EndedAt > since));
        try
        {
            var all = new List<PublicStory>();
            foreach (var story in await told.ToListAsync(stop))
                all.Add(await Now(session, story, stop));
            return all;
        }
        catch (Exception e) when (IsSick(e))
        {
            log.LogError(e, "What customers were told is read one by one");
            return await OneByOne(session, await told.Select(story => story.Id).ToListAsync(stop), log, stop);
        }
    }

    // One story that cannot be read must not keep customers from reading the others; it is said each time.
    private static async Task<IReadOnlyList<PublicStory>> OneByOne(
        IQuerySession session,
        IEnumerable<Guid> stories,
        ILogger log,
        CancellationToken stop
    )
    {
        var all = new List<PublicStory>();
        foreach (var id in stories)
        {
            try
            {
                if (await Story(session, id, stop) is { } story)
                    all.Add(story);
            }
            catch (Exception e) when (IsSick(e))
            {
                log.LogError(e, "What customers were told of the incident {IncidentId} cannot be read", id);
            }
        }

        return all;
    }

    private static bool IsSick(Exception e) =>
        e is not (NpgsqlException or MartenCommandException or TimeoutException or OperationCanceledException);

    /// <summary>How a story stands now; null when customers were told nothing of it.</summary>
    public static async Task<PublicStory?> Story(IQuerySession session, Guid id, CancellationToken stop) =>
        await session.LoadAsync<PublicStory>(id, stop) is { } story ? await Now(session, story, stop) : null;

    // What became part of another incident goes on with that one.
    private static async Task<PublicStory> Now(IQuerySession session, PublicStory story, CancellationToken stop)
    {
        var (last, changes) = (story, 0);
        while (last is { Into: { } into } && await session.LoadAsync<PublicStory>(into, stop) is { } next)
            (last, changes) = (next, changes + next.Changes);
        return last == story ? story : Summarizing.With(story, last with { Changes = changes });
    }
}
