using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Safety.Levers;

/// <summary>The safety levers, read and pulled.</summary>
public static class LeverPageEndpoint
{
    public static void Map(IEndpointRouteBuilder v1)
    {
        var levers = v1.MapGroup("/levers").WithTags("Levers");
        levers
            .MapGet("/", List)
            .RequireScope("experiments:read")
            .WithSummary("The safety lever of every environment where it was ever pulled")
            .Produces<IReadOnlyList<LeverView>>();
        levers
            .MapGet("/{environment}", Get)
            .RequireScope("experiments:read")
            .WithSummary("The safety lever of one environment")
            .Produces<LeverView>();
        levers
            .MapPost("/{environment}/engage", Engage)
            .RequireScope("experiments:operate")
            .WithSummary("Engage the lever: every run there halts now, and none starts until it is released")
            .Produces(204);
        levers
            .MapPost("/{environment}/release", Release)
            .RequireScope("experiments:operate")
            .WithSummary("Release the lever: a person says why it is safe again")
            .Produces(204)
            .ProducesProblem(404)
            .ProducesProblem(409);
    }

    public static async Task<IReadOnlyList<Lever>> All(IDocumentStore store, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session.Query<Lever>().OrderBy(lever => lever.Environment).ToListAsync(stop);
    }

    private static async Task<IResult> List(IDocumentStore store, CancellationToken stop) =>
        TypedResults.Ok((await All(store, stop)).Select(View).ToList());

    private static async Task<IResult> Get(
        [StringLength(60, MinimumLength = 1)] string environment,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        await using var session = store.QuerySession();
        var lever = await session.LoadAsync<Lever>(Lever.IdOf(environment), stop);
        var view = lever is null ? new LeverView(environment, 0, false, null, null, null) : View(lever);
        return view.ToView(shown => shown.Version);
    }

    private static async Task<IResult> Engage(
        [StringLength(60, MinimumLength = 1)] string environment,
        EngageLever command,
        Actor by,
        LeverWorker levers,
        CancellationToken stop
    ) => (await levers.Engage(environment, command.Reason, by, stop)).ToResult();

    private static async Task<IResult> Release(
        [StringLength(60, MinimumLength = 1)] string environment,
        ReleaseLever command,
        ExpectedVersion version,
        Actor by,
        LeverWorker levers,
        CancellationToken stop
    ) => (await levers.Release(environment, command.Reason, by, version, stop)).ToResult();

    private static LeverView View(Lever lever) =>
        new(lever.Environment, lever.Version, lever.Engaged, lever.Reason, lever.By, lever.At);
}
