using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Prediction;

/// <summary>A topology as it is read, and the one way to change it.</summary>
public static class TopologyPageEndpoint
{
    public static void Map(IEndpointRouteBuilder topologies)
    {
        topologies
            .MapGet("/{environment}", Get)
            .RequireScope("experiments:read")
            .WithSummary("Who depends on whom in an environment: declared and traced edges, and what stands out")
            .Produces<TopologyView>()
            .ProducesProblem(404);
        topologies
            .MapGet("/{environment}/survival", Survive)
            .RequireScope("experiments:read")
            .WithSummary("How much keeps working when a share of all containers is gone")
            .Produces<SurvivalPrediction>()
            .ProducesProblem(400)
            .ProducesProblem(404);
    }

    public static Guid IdOf(string environment) => StableId.From("topology", environment);

    public static async Task<IResult> Change(
        string environment,
        Func<Topology?, Decision> decide,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        var (outcome, _) = await streams.Keep<Topology>(
            stream.At(IdOf(environment)),
            version,
            by,
            decide(null),
            decide,
            stop
        );
        return outcome is Outcome.Done or Outcome.Repeated
            ? View(await Load(store, environment, stop)).ToView(view => view.Version)
            : outcome.ToResult();
    }

    public static async Task<Topology?> Load(IDocumentStore store, string environment, CancellationToken stop)
    {
        await using var session = store.QuerySession();
        if (await session.LoadAsync<Topology>(IdOf(environment), stop) is not { } topology)
            return null;
        var catalog = await session.Query<CatalogService>().ToListAsync(stop);
        var edges = Cataloged.Edges(topology.Declaration, topology.Traced, catalog.ToDictionary(one => one.Id));
        return topology with { Catalog = edges };
    }

    private static async Task<IResult> Get(string environment, IDocumentStore store, CancellationToken stop) =>
        View(await Load(store, environment, stop)).ToView(view => view.Version);

    private static async Task<IResult> Survive(
        string environment,
        decimal killedShare,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        if (killedShare is < 0 or > 1)
            return Answers.Problem(400, "killed-share-out-of-range", "'killedShare' must be between 0 and 1.");
        if (await Load(store, environment, stop) is not { } topology)
            return Answers.Missing();
        var graph = topology.Graph();
        if (graph.Operations.Count == 0)
            return Answers.Problem(
                400,
                "topology-without-operations",
                $"The topology of '{environment}' declares no operation, so nothing can be said to work. Add 'operations'."
            );
        if (Survival.Containers(graph) > Survival.MostContainers)
            return Answers.Problem(
                400,
                "topology-too-large",
                $"The topology has {Survival.Containers(graph)} containers; up to {Survival.MostContainers} are counted."
            );
        if (graph.Operations.FirstOrDefault(operation => !Survival.IsCountable(graph, operation)) is { } tangled)
            return Answers.Problem(
                400,
                "topology-too-large",
                $"'{tangled.Name}' can be reached through more than {Survival.MostDetours} services that it does not need. Name the ones that it needs in 'needs'."
            );
        return TypedResults.Ok(Survival.Predict(graph, environment, killedShare));
    }

    private static TopologyView? View(Topology? topology)
    {
        if (topology is null)
            return null;
        var graph = topology.Graph();
        return new(
            topology.Environment,
            topology.Version,
            [
                .. graph
                    .Replicas.OrderBy(service => service.Key, StringComparer.Ordinal)
                    .Select(service => new ReplicatedService(service.Key, service.Value)),
            ],
            graph.Edges,
            graph.Operations,
            graph.Findings(),
            topology.Declared
        );
    }
}
