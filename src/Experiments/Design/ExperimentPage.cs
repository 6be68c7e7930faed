using Marten;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Design;

/// <summary>Designs as they are read: one by id or name, and all by name.</summary>
public static class ExperimentPageEndpoint
{
    public static void Map(IEndpointRouteBuilder experiments)
    {
        experiments
            .MapGet("/", List)
            .RequireScope("experiments:read")
            .WithSummary("All experiments by name")
            .Produces<Page<ExperimentView>>();
        experiments
            .MapGet("/{experiment}", Get)
            .RequireScope("experiments:read")
            .WithSummary("One experiment, by id or by name")
            .Produces<ExperimentView>()
            .ProducesProblem(404);
    }

    /// <summary>A name and the id that follows from it name the same experiment.</summary>
    public static Guid IdOf(string idOrName) =>
        Guid.TryParse(idOrName, out var id) ? id : StableId.From("experiment", idOrName);

    public static async Task<ExperimentView?> Find(IDocumentStore store, Guid id, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        return await session.LoadAsync<Experiment>(id, stop) is { } experiment ? View(experiment) : null;
    }

    private static async Task<IResult> Get(string experiment, IDocumentStore store, CancellationToken stop) =>
        (await Find(store, IdOf(experiment), stop)).ToView(view => view.Version);

    private static async Task<IResult> List(
        IDocumentStore store,
        CancellationToken stop,
        int limit = 100,
        string after = ""
    )
    {
        if (limit is < 1 or > 500)
            return Answers.Problem(400, "limit-out-of-range", "'limit' must be between 1 and 500.");
        await using var session = store.QuerySession();
        var found = await session.QueryAsync<Experiment>(
            "where (data -> 'design' ->> 'name') collate \"C\" > ? order by (data -> 'design' ->> 'name') collate \"C\" limit ?",
            stop,
            after,
            limit + 1
        );
        var items = found.Take(limit).Select(View).ToList();
        return TypedResults.Ok(new Page<ExperimentView>(items, found.Count > limit ? items[^1].Design.Name : null));
    }

    private static ExperimentView View(Experiment e) =>
        new(e.Id, e.Version, e.Design, e.FrozenHash, e.DraftedAt, e.By, e.Import);
}
