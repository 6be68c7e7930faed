using System.Security.Cryptography;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Drawing
{
    /// <summary>
    /// One of the agenda's experiments, by lot, under all that a game day asks for. Seed and lots are kept with the call,
    /// so that anybody can draw again and get the same.
    /// </summary>
    /// <param name="day">The game day.</param>
    /// <param name="lots">The agenda's experiments that are frozen, in its order.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="run">The run to be.</param>
    /// <param name="by">Who.</param>
    /// <param name="now">When.</param>
    public static Decision Decide(
        GameDay day,
        IReadOnlyList<string> lots,
        int seed,
        Guid run,
        string by,
        DateTimeOffset now
    )
    {
        if (lots.Count == 0)
            return new Refusal(
                "gameday-nothing-to-draw",
                "No experiment of the agenda is frozen, so there is nothing to draw from. Freeze one first."
            );
        var drawn = Draw(lots, seed);
        var called = Calling.Decide(day, drawn, true, run, by, now);
        return called.Refusal is not null || called.Events.Count == 0
            ? called
            : [new SurpriseDrawn(run, lots, seed, drawn, by, now), .. called];
    }

    public static string Draw(IReadOnlyList<string> lots, int seed) => lots[new Random(seed).Next(lots.Count)];
}

public static class SurpriseEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/surprise", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Run one experiment of the agenda by lot; the seed is kept")
            .Produces<RunView>(201)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    private static async Task<IResult> Handle(
        string gameday,
        DrawSurprise command,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        StartWorker starts,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var id = GameDayPageEndpoint.IdOf(gameday);
        var now = clock.GetUtcNow();
        var seed = command.Seed ?? RandomNumberGenerator.GetInt32(int.MaxValue);
        var lots = await Lots(store, id, stop);
        var called = await streams.Decide<GameDay>(
            id,
            version,
            by,
            day => Drawing.Decide(day, [.. lots.Keys], seed, stream.Id, by.Name, now),
            stop
        );
        if (called is not Outcome.Done)
            return called.ToResult();
        // A repeated request finds what was drawn the first time.
        var day = (await GameDayPageEndpoint.Find(store, id, now, stop))!;
        var drawn = day.Runs.Single(run => run.RunId == stream.Id).Experiment;
        return await (await starts.Begin(stream, lots[drawn], by, stop)).ToCreated(
            run => $"/v1/runs/{run}",
            async run => (await RunPageEndpoint.Find(store, run, stop))!
        );
    }

    private static async Task<Dictionary<string, ExperimentView>> Lots(
        IDocumentStore store,
        Guid id,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var lots = new Dictionary<string, ExperimentView>();
        if (await session.LoadAsync<GameDay>(id, stop) is not { } day)
            return lots;
        foreach (var name in day.Plan.Agenda.Select(item => item.Experiment).OfType<string>())
        {
            var found = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(name), stop);
            if (found is { FrozenHash: not null })
                lots[name] = found;
        }

        return lots;
    }
}
