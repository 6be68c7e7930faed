using System.Text.Json.Serialization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Prediction;

// Events and state of a topology: who depends on whom in one environment. These names and shapes are what is stored.
public sealed record TopologyDeclared(
    string Environment,
    TopologyDeclaration Declaration,
    string By,
    DateTimeOffset At
);

public sealed record TopologyTraced(string Environment, IReadOnlyList<TracedEdge> Edges, string By, DateTimeOffset At);

public sealed record Topology
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public string Environment { get; init; } = "";
    public TopologyDeclaration Declaration { get; init; } = new([]);
    public IReadOnlyList<TracedEdge> Traced { get; init; } = [];

    /// <summary>Who declared it as it is.</summary>
    public TopologyDeclaredBy? Declared { get; init; }

    /// <summary>What the catalog adds, as it is when the topology is read: it is kept in the catalog, and not here.</summary>
    [JsonIgnore]
    public IReadOnlyList<CatalogEdge> Catalog { get; init; } = [];

    /// <summary>Who is said to call whom, by the environment or by the catalog.</summary>
    [JsonIgnore]
    public IEnumerable<(string From, string To)> Said =>
        Declaration.Edges.Select(edge => (edge.From, edge.To)).Concat(Catalog.Select(edge => (edge.From, edge.To)));

    /// <summary>All that is known of it.</summary>
    public Graph Graph() => new(Declaration, Traced, Catalog);

    public static Topology Create(TopologyDeclared e) => new Topology { Environment = e.Environment }.Apply(e);

    public static Topology Create(TopologyTraced e) => new() { Environment = e.Environment, Traced = e.Edges };

    public Topology Apply(TopologyDeclared e) =>
        this with
        {
            Declaration = e.Declaration,
            Declared = new(e.By, e.At, e.Declaration.Reason),
        };

    public Topology Apply(TopologyTraced e) => this with { Traced = e.Edges };
}
