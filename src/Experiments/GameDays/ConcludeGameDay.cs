using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Concluding
{
    /// <param name="day">The game day.</param>
    /// <param name="active">Experiments of its runs that are not over.</param>
    /// <param name="command">What it has shown.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision Decide(
        GameDay day,
        IReadOnlyList<string> active,
        ConcludeGameDay command,
        string by,
        DateTimeOffset now
    )
    {
        if (day.Over)
            return day.Summary == command.Summary ? [] : Refusals.Over(day);
        if (!day.Holds(by, GameDayRole.Commander))
            return Refusals.NotYours("Ending a game day", "the commander");
        return active.Count > 0
            ? new Refusal(
                "gameday-run-active",
                $"Still running: {string.Join(", ", active)}. Halt it, or wait until it has ended."
            )
            : [new GameDayConcluded(day.About, command.Summary, by, now)];
    }
}

public static class ConcludeGameDayEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/conclude", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("End a game day with what it has shown; for the commander")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Handle(
        string gameday,
        ConcludeGameDay command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var id = GameDayPageEndpoint.IdOf(gameday);
        var active = await Active(store, id, stop);
        var outcome = await streams.Decide<GameDay>(
            id,
            version,
            by,
            day => Concluding.Decide(day, active, command, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }

    private static async Task<IReadOnlyList<string>> Active(IDocumentStore store, Guid id, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<GameDay>(id, stop) is not { } day)
            return [];
        var runs = await session.LoadManyAsync<Run>(stop, day.Runs.Select(called => called.RunId));
        return [.. runs.Where(run => !run.Over).Select(run => run.About.Experiment)];
    }
}
