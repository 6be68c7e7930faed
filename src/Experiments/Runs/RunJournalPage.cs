using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

public static class RunJournalEndpoint
{
    public static void Map(IEndpointRouteBuilder runs) =>
        runs.MapGet("/{id:guid}/journal", Get)
            .RequireScope("experiments:read")
            .WithSummary("A run that is over, as a journal of Chaos Toolkit")
            .Produces<JsonObject>()
            .ProducesProblem(404)
            .ProducesProblem(409);

    private static async Task<IResult> Get(Guid id, IDocumentStore store, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Run>(id, stop) is not { } run)
            return Answers.Missing();
        if (!run.Over)
            return Answers.Problem(
                409,
                "journal-too-early",
                "The run goes on. Its journal is written when it is over."
            );
        var happened = await session.Events.FetchStreamAsync(id, token: stop);
        var experiment = JsonNode.Parse(ChaosToolkitExport.Write(run.Design))!;
        return TypedResults.Ok(RunJournals.Of(experiment, [.. happened.Select(stored => stored.Data)]));
    }
}
