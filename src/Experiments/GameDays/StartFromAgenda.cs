using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.GameDays;

public static class Calling
{
    /// <summary>
    /// A run is called by commander or operator, inside the window, approved, with everyone saying go and everyone told.
    /// Calling it twice under one id is calling it once.
    /// </summary>
    public static Decision Decide(GameDay day, string experiment, bool frozen, Guid run, string by, DateTimeOffset now)
    {
        if (day.Runs.Any(called => called.RunId == run))
            return [];
        if (day.Over)
            return Refusals.Over(day);
        if (!day.Holds(by, GameDayRole.Commander, GameDayRole.Operator))
            return Refusals.NotYours("Starting a run", "commander and operators");
        if (day.Plan.Agenda.All(item => item.Experiment != experiment))
            return new Refusal(
                "gameday-not-on-agenda",
                $"'{experiment}' is not on the agenda. Start one of: {string.Join(", ", day.Plan.Agenda.Select(item => item.Experiment).OfType<string>())}."
            );
        if (!frozen)
            return new Refusal(
                "design-not-frozen",
                $"'{experiment}' is a draft, and what may still change cannot be run. Freeze it first."
            );
        var missing = Readiness.Of(day, now).Where(check => !check.Ready).Select(check => check.Sentence).ToList();
        return missing.Count > 0
            ? new Refusal("gameday-not-ready", $"Nothing is started yet. {string.Join(" ", missing)}")
            : [new AgendaRunCalled(day.About, run, experiment, by, now)];
    }
}

public static class StartFromAgendaEndpoint
{
    public static void Map(IEndpointRouteBuilder gamedays) =>
        gamedays
            .MapPost("/{gameday}/runs", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Run an experiment of the agenda; the answer says whether a gate refused it")
            .Produces<RunView>(201)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    private static async Task<IResult> Handle(
        string gameday,
        StartFromAgenda command,
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
        var experiment = await ExperimentPageEndpoint.Find(
            store,
            ExperimentPageEndpoint.IdOf(command.Experiment),
            stop
        );
        if (experiment is null)
            return Answers.Missing();
        var now = clock.GetUtcNow();
        // First the game day knows of the run, then it begins: whoever repeats the request after a crash completes it.
        var called = await streams.Decide<GameDay>(
            GameDayPageEndpoint.IdOf(gameday),
            version,
            by,
            day => Calling.Decide(day, command.Experiment, experiment.FrozenHash is not null, stream.Id, by.Name, now),
            stop
        );
        if (called is not Outcome.Done)
            return called.ToResult();
        return await (await starts.Begin(stream, experiment, by, stop)).ToCreated(
            id => $"/v1/runs/{id}",
            async id => (await RunPageEndpoint.Find(store, id, stop))!
        );
    }
}
