using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Runs;

/// <summary>What the runs of one experiment have shown, so that its breaking point can be followed over time.</summary>
public static class RunHistoryEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments) =>
        experiments
            .MapGet("/{experiment}/history", Handle)
            .RequireScope("experiments:read")
            .WithSummary("What the runs of an experiment have shown, newest first, with where each broke")
            .Produces<IReadOnlyList<RunSummary>>()
            .ProducesProblem(400)
            .ProducesProblem(404);

    /// <summary>The newest runs of an experiment that have ended and were not refused, newest first.</summary>
    public static async Task<IReadOnlyList<Run>> Of(
        IDocumentStore store,
        Guid experiment,
        int limit,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        return await session.QueryAsync<Run>(
            "where (data ->> 'experimentId')::uuid = ? and data ->> 'state' in ('Concluded', 'Halted', 'RevertUnconfirmed') order by (data -> 'about' ->> 'startedAt')::timestamptz desc, id desc limit ?",
            stop,
            experiment,
            limit
        );
    }

    private static async Task<IResult> Handle(
        string experiment,
        IDocumentStore store,
        CancellationToken stop,
        int limit = 100
    )
    {
        if (limit is < 1 or > 500)
            return Answers.Problem(400, "limit-out-of-range", "'limit' must be between 1 and 500.");
        var id = ExperimentPageEndpoint.IdOf(experiment);
        if (await ExperimentPageEndpoint.Find(store, id, stop) is null)
            return Answers.Missing();
        return TypedResults.Ok((await Of(store, id, limit, stop)).Select(Summary).ToList());
    }

    private static RunSummary Summary(Run run) =>
        new(
            run.Id,
            run.About.StartedAt,
            run.State,
            run.Verdict,
            Ladders.Broke(run.Rungs),
            run.Was,
            run.Finding,
            run.RecoverySeconds
        );
}
