using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Experiments.Safety;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

public static class Starting
{
    /// <summary>A run begins when every gate is open; else it is refused, with each closed gate's reason.</summary>
    public static Decision Decide(RunRequested request, IReadOnlyList<GateEvaluated> gates)
    {
        var closed = gates.Where(gate => !gate.Open).ToList();
        object outcome =
            closed.Count == 0
                ? new RunStarted(request.About, request.ExperimentId, request.At)
                : new RunRefused(
                    request.About,
                    string.Join(" ", closed.Select(gate => $"{Capital(gate.Kind)} ({gate.Subject}): {gate.Evidence}")),
                    request.At
                );
        return [request, .. gates, outcome];
    }

    public static GateEvaluated LostClaim(string edge, DateTimeOffset now) =>
        new("claim", edge, false, "Another run has this edge in hand. Wait until it has ended, or halt it.", now);

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}

public static class StartRunEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapPost("/{experiment}/runs", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Run a frozen experiment; the answer says whether a gate refused it")
            .Produces<RunView>(201)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    private static async Task<IResult> Handle(
        string experiment,
        NewStream stream,
        Actor by,
        IDocumentStore store,
        Streams streams,
        Gates gates,
        RunWorker worker,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var found = await ExperimentPageEndpoint.Find(store, ExperimentPageEndpoint.IdOf(experiment), stop);
        if (found is null)
            return Answers.Missing();
        if (found.FrozenHash is null)
            return Answers.Problem(
                409,
                "design-not-frozen",
                $"'{found.Design.Name}' is a draft, and what may still change cannot be run. Freeze it first."
            );

        var request = Request(found, by, clock.GetUtcNow());
        var outcome = await Start(stream, by, request, await gates.Ask(stream.Id, found.Design, stop));
        return await outcome.ToCreated(
            id => $"/v1/runs/{id}",
            async id => (await RunPageEndpoint.Find(store, id, stop))!
        );

        async Task<Outcome> Start(
            NewStream stream,
            Actor by,
            RunRequested request,
            IReadOnlyList<GateEvaluated> answers
        )
        {
            var edge = request.About.Edge;
            if (answers.Any(gate => !gate.Open))
                return await streams.Start<Run>(stream, by, Starting.Decide(request, answers), stop);
            // From here on the run may be found by whoever looks for runs that nobody drives; this one is ours.
            worker.Expect(stream.Id);
            var started = await streams.Start<Run>(
                stream,
                by,
                Starting.Decide(request, answers),
                stop,
                with: ClaimEndpoint.Take(edge, stream.Id, request.At)
            );
            if (started is Outcome.Taken { KeyReused: false })
                return await Start(stream, by, request, [.. answers, Starting.LostClaim(edge, clock.GetUtcNow())]);
            if (started is Outcome.Done)
                worker.Begin(stream.Id);
            return started;
        }
    }

    private static RunRequested Request(ExperimentView experiment, Actor by, DateTimeOffset now)
    {
        var design = experiment.Design;
        var about = new About(design.Name, design.BlastRadius.Edge, design.BlastRadius.Services, now, by.Name);
        return new RunRequested(about, experiment.Id, design, experiment.FrozenHash!, now);
    }
}
