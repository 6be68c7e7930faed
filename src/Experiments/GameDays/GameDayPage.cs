using Marten;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

/// <summary>Game days as they are read: one by id or name, and all, the latest first.</summary>
public static class GameDayPageEndpoint
{
    private const string Name = "(data -> 'plan' ->> 'name') collate \"C\"";
    private const string Day = "(data -> 'plan' -> 'window' ->> 'day')";

    public static void Map(IEndpointRouteBuilder gamedays)
    {
        gamedays
            .MapGet("/", List)
            .RequireScope("experiments:read")
            .WithSummary("All game days, the latest first")
            .Produces<Page<GameDayView>>()
            .ProducesProblem(400);
        gamedays
            .MapGet("/{gameday}", Get)
            .RequireScope("experiments:read")
            .WithSummary(
                "One game day, by id or by name: agenda, roles, votes, announcements, and what is missing for a start; with 'knownAt' as it was at that moment"
            )
            .Produces<GameDayView>()
            .ProducesProblem(404);
    }

    /// <summary>A name and the id that follows from it name the same game day.</summary>
    public static Guid IdOf(string idOrName) =>
        Guid.TryParse(idOrName, out var id) ? id : StableId.From("gameday", idOrName);

    public static async Task<GameDayView?> Find(
        IDocumentStore store,
        Guid id,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<GameDay>(id, stop) is { } day ? View(day, now) : null;
    }

    private static async Task<IResult> Get(
        string gameday,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? knownAt = null
    ) =>
        (
            knownAt is { } moment
                ? await store.Then<GameDay>(IdOf(gameday), moment, stop) is { } day
                    ? View(day, moment)
                    : null
                : await Find(store, IdOf(gameday), clock.GetUtcNow(), stop)
        ).ToView(view => view.Version);

    private static async Task<IResult> List(
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop,
        int limit = 100,
        string? after = null
    )
    {
        if (limit is < 1 or > 500)
            return Answers.Problem(400, "limit-out-of-range", "'limit' must be between 1 and 500.");
        // The cursor is the day and the name of the last: together they are unique.
        var from = after is null ? ["9999-12-31", "~"] : after.Split('|');
        if (from.Length != 2)
            return Answers.Problem(
                400,
                "cursor-unknown",
                "'after' is no cursor of this list. Take 'next' from a page."
            );
        await using var session = store.QuerySession();
        var found = await session.QueryAsync<GameDay>(
            $"where ({Day}, {Name}) < (?, ?) order by {Day} desc, {Name} desc limit ?",
            stop,
            from[0],
            from[1],
            limit + 1
        );
        var now = clock.GetUtcNow();
        var items = found.Take(limit).Select(day => View(day, now)).ToList();
        var next = found.Count > limit ? $"{items[^1].Plan.Window.Day:yyyy-MM-dd}|{items[^1].Plan.Name}" : null;
        return TypedResults.Ok(new Page<GameDayView>(items, next));
    }

    public static GameDayView View(GameDay day, DateTimeOffset now)
    {
        var (opens, closes) = WindowTimes.Of(day.Plan.Window);
        var readiness = Readiness.Of(day, now);
        return new(
            day.Id,
            day.Version,
            day.Plan,
            opens,
            closes,
            Readiness.State(day, now),
            readiness.All(check => check.Ready),
            readiness,
            day.Approval,
            day.Votes,
            Readiness.MustVote(day),
            day.Announcements,
            day.Notes,
            day.Runs,
            day.PlannedBy,
            day.PlannedAt,
            day.Summary,
            day.ConcludedBy,
            day.ConcludedAt
        );
    }
}
