using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Learning;

public static class Raising
{
    public static Decision Decide(RaiseFinding command, RunView run, string by, DateTimeOffset now) =>
        run.EndedAt is null
            ? new Refusal(
                "run-active",
                "The run has not ended, so what it shows is not known yet. Halt it, or wait until it has ended."
            )
            :
            [
                new FindingRaised(
                    new Topic(command.Title, run.Experiment, run.Services),
                    run.Id,
                    command.Kind,
                    command.Coupling,
                    command.Description,
                    by,
                    now
                ),
            ];
}

public static class RaiseFindingEndpoint
{
    public static void Map(IEndpointRouteBuilder findings) =>
        findings
            .MapPost("/", Handle)
            .RequireScope("experiments:operate")
            .WithSummary("Write down what a run has shown")
            .Produces<FindingView>(201)
            .ProducesProblem(404)
            .ProducesProblem(409)
            .ProducesProblem(422);

    private static async Task<IResult> Handle(
        RaiseFinding command,
        NewStream stream,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await RunPageEndpoint.Find(store, command.RunId, stop) is not { } run)
            return Answers.Missing();
        var decision = Raising.Decide(command, run, by.Name, clock.GetUtcNow());
        var outcome = await streams.Start<Lesson>(stream, by, decision, stop);
        return await outcome.ToCreated(
            id => $"/v1/findings/{id}",
            async id => (await FindingPageEndpoint.Find(store, id, stop))!
        );
    }
}
