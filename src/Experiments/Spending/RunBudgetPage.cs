using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Spending;

/// <summary>The error budget of a run as it is read.</summary>
public static class RunBudgetEndpoint
{
    public static void Map(IEndpointRouteBuilder app) =>
        app.MapGet("/v1/runs/{id:guid}/budget", Get)
            .WithTags("Runs")
            .RequireScope("experiments:read")
            .WithSummary("What a run set aside of error budgets, what it cost them, and whether Budgets agrees")
            .Produces<RunBudget>()
            .ProducesProblem(404);

    private static async Task<IResult> Get(Guid id, IDocumentStore store, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Run>(id, stop) is not { } run)
            return Answers.Missing();
        return TypedResults.Ok(Budget(run, await session.LoadAsync<Charge>(Charge.IdOf(id), stop)));
    }

    /// <summary>The bills of those runs that were charged.</summary>
    public static async Task<IReadOnlyList<RunBudget>> OfRuns(
        IDocumentStore store,
        IReadOnlyList<Guid> runs,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var found = new List<RunBudget>();
        foreach (var id in runs)
        {
            if (
                await session.LoadAsync<Charge>(Charge.IdOf(id), stop) is { } charge
                && await session.LoadAsync<Run>(id, stop) is { } run
            )
                found.Add(Budget(run, charge));
        }

        return found;
    }

    private static RunBudget Budget(Run run, Charge? charge) =>
        new(
            run.Id,
            run.Design.Budget?.SpendAtMost,
            run.Reserved,
            charge?.Charges,
            charge?.Complete,
            charge?.Comparisons,
            charge?.Agrees
        );
}
