using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Prediction;

public static class TracingTopology
{
    /// <summary>The newest look at the traces takes the place of the one before; the order of its edges means nothing.</summary>
    public static Decision Decide(
        Topology? topology,
        string environment,
        TracedTopology traced,
        string by,
        DateTimeOffset now
    )
    {
        TracedEdge[] edges =
        [
            .. traced
                .Data.OrderBy(edge => edge.Parent, StringComparer.Ordinal)
                .ThenBy(edge => edge.Child, StringComparer.Ordinal)
                .ThenBy(edge => edge.CallCount),
        ];
        return topology is not null && topology.Traced.SequenceEqual(edges)
            ? []
            : [new TopologyTraced(environment, edges, by, now)];
    }
}

public static class TraceTopologyEndpoint
{
    private const string Example = """
        { "data": [{ "parent": "checkout", "child": "ledger", "callCount": 37624 }] }
        """;

    public static void Map(IEndpointRouteBuilder topologies) =>
        topologies
            .MapPut("/{environment}/traced", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Give the calls that traces have shown, as Jaeger's /api/dependencies answers them")
            .WithExample("application/json", JsonNode.Parse(Example)!)
            .Produces<TopologyView>()
            .ProducesProblem(400)
            .ProducesProblem(412);

    private static Task<IResult> Handle(
        string environment,
        TracedTopology traced,
        NewStream stream,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return TopologyPageEndpoint.Change(
            environment,
            topology => TracingTopology.Decide(topology, environment, traced, by.Name, now),
            stream,
            version,
            by,
            streams,
            store,
            stop
        );
    }
}
