using System.Text.Json.Nodes;
using Marten;
using Steady.Contracts.Experiments;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Experiments.Prediction;

public static class DeclaringTopology
{
    /// <summary>What follows from no type: names that must be unique, edges that must lead somewhere else.</summary>
    public static Refusal? Check(TopologyDeclaration declaration)
    {
        var mistake =
            Twice("edges", declaration.Edges.Select(edge => $"{edge.From} → {edge.To}"))
            ?? Twice("operations", (declaration.Operations ?? []).Select(operation => operation.Name))
            ?? Twice("services", (declaration.Services ?? []).Select(service => service.Name))
            ?? Twice("edges[].proxy", declaration.Edges.Select(edge => edge.Proxy ?? $"{edge.From}-{edge.To}"))
            ?? (
                declaration.Edges.FirstOrDefault(edge => edge.From == edge.To) is { } loop
                    ? $"'edges' has {loop.From} calling itself. Leave that edge out."
                    : null
            );
        return mistake is null ? null : new Refusal("topology-invalid", mistake);
    }

    public static Decision Decide(
        Topology? topology,
        string environment,
        TopologyDeclaration declaration,
        string by,
        DateTimeOffset now
    )
    {
        if (Check(declaration) is { } refusal)
            return refusal;
        return topology is not null && Same(topology.Declaration, declaration)
            ? []
            : [new TopologyDeclared(environment, declaration, by, now)];
    }

    private static bool Same(TopologyDeclaration one, TopologyDeclaration other) =>
        one.Edges.SequenceEqual(other.Edges)
        && (one.Services ?? []).SequenceEqual(other.Services ?? [])
        && (one.Operations ?? [])
            .Select(operation => operation with { Needs = null })
            .SequenceEqual((other.Operations ?? []).Select(operation => operation with { Needs = null }))
        && (one.Operations ?? [])
            .Zip(other.Operations ?? [])
            .All(pair =>
                pair.First.Needs is null == pair.Second.Needs is null
                && (pair.First.Needs ?? []).SequenceEqual(pair.Second.Needs ?? [])
            );

    private static string? Twice(string member, IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice
            ? $"'{member}' names {twice.Key} {twice.Count()} times. Name it once."
            : null;
}

public static class DeclareTopologyEndpoint
{
    private const string Example = """
        {
          "edges": [
            { "from": "checkout", "to": "ledger", "strength": "hard", "proxy": "checkout-ledger" },
            { "from": "checkout", "to": "recommendations", "strength": "soft" }
          ],
          "operations": [{ "name": "buy", "entry": "checkout", "weight": 3 }],
          "services": [{ "name": "checkout", "replicas": 2 }]
        }
        """;

    public static void Map(IEndpointRouteBuilder topologies) =>
        topologies
            .MapPut("/{environment}", Handle)
            .RequireScope("experiments:design")
            .WithSummary("Declare who depends on whom in an environment, whole")
            .WithExample("application/json", JsonNode.Parse(Example)!)
            .Produces<TopologyView>()
            .ProducesProblem(400)
            .ProducesProblem(409)
            .ProducesProblem(412);

    private static Task<IResult> Handle(
        string environment,
        TopologyDeclaration declaration,
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
            topology => DeclaringTopology.Decide(topology, environment, declaration, by.Name, now),
            stream,
            version,
            by,
            streams,
            store,
            stop
        );
    }
}
