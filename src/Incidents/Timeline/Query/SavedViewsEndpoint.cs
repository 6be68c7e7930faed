using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Queries that are kept under a name.</summary>
public static class SavedViewsEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/timeline/views", List)
            .WithTags("Timeline")
            .WithSummary("Queries that are kept, by name")
            .Produces<Page<SavedTimelineView>>();
        read.MapGet("/timeline/views/{name}", Show)
            .WithTags("Timeline")
            .WithSummary("A query that is kept")
            .Produces<SavedTimelineView>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPut("/timeline/views/{name}", Set)
            .WithTags("Timeline")
            .WithSummary("Keeps a query under a name; what it was before is kept")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapDelete("/timeline/views/{name}", Remove)
            .WithTags("Timeline")
            .WithSummary("Takes a kept query away; it may be set again")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>A kept query; null where there is none.</summary>
    public static async Task<SavedView?> Find(IQuerySession session, string name, CancellationToken stop) =>
        await session.LoadAsync<SavedView>(SavedView.IdOf(name), stop) is { IsRemoved: false } found ? found : null;

    /// <summary>404, for a view that people may have named wrongly.</summary>
    public static IResult Unknown(string name) =>
        Answers.Problem(404, "not-found", $"There is no view '{name}'. GET /v1/timeline/views lists what there is.");

    private static async Task<IResult> List(IQuerySession session, CancellationToken stop)
    {
        var all = await session.Query<SavedView>().Where(one => !one.IsRemoved).ToListAsync(stop);
        var views = all.Select(one => one.View()).OrderBy(one => one.Name, StringComparer.Ordinal);
        return TypedResults.Ok(new Page<SavedTimelineView>([.. views], null));
    }

    private static async Task<IResult> Show(string name, IQuerySession session, CancellationToken stop) =>
        await Find(session, name, stop) is { } found ? found.View().ToView(view => view.Version) : Unknown(name);

    private static async Task<IResult> Set(
        string name,
        SetTimelineView view,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (!Keeping.IsName(name))
            return Refusals.Malformed($"'{name}' is no name of a view. {Keeping.NoName}", [("name", Keeping.NoName)]);
        if (Parsing.Read(view.Query).Mistakes is { Count: > 0 } mistakes)
            return TimelineQueryEndpoint.Malformed(view.Query, mistakes);
        var (id, now) = (SavedView.IdOf(name), clock.GetUtcNow());
        Decision Decide(SavedView? stands) => Keeping.Set(stands, name, view, by, now);
        var outcome = await streams.Decide<SavedView>(id, version, by, Decide, stop);
        if (outcome is Outcome.Missing)
            outcome = version.Version is null or 0
                ? await streams.Start<SavedView>(NewStream.Of(id), by, Decide(null), stop)
                : new Outcome.Stale(0);
        return outcome.ToResult();
    }

    private static async Task<IResult> Remove(
        string name,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (id, now) = (SavedView.IdOf(name), clock.GetUtcNow());
        var outcome = await streams.Decide<SavedView>(
            id,
            version,
            by,
            one => Keeping.Remove(one, by, now),
            stop,
            with: session => ViewWebhookEndpoint.Forget(session, id, name)
        );
        return outcome is Outcome.Missing ? Unknown(name) : outcome.ToResult();
    }
}
