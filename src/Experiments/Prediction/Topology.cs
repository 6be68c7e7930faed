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

    public static Topology Create(TopologyDeclared e) =>
        new() { Environment = e.Environment, Declaration = e.Declaration };

    public static Topology Create(TopologyTraced e) => new() { Environment = e.Environment, Traced = e.Edges };

    public Topology Apply(TopologyDeclared e) => this with { Declaration = e.Declaration };

    public Topology Apply(TopologyTraced e) => this with { Traced = e.Edges };
}
