using Steady.Contracts.Experiments;

namespace Steady.Experiments.Prediction;

/// <summary>The declared and the traced edges of one environment, and what the catalog says of its services, as one graph.</summary>
public sealed class Graph
{
    private readonly Dictionary<string, int> replicas;
    private readonly ILookup<string, TopologyEdge> calls;
    private readonly ILookup<string, TopologyEdge> callers;

    public Graph(
        TopologyDeclaration declaration,
        IReadOnlyList<TracedEdge> traced,
        IReadOnlyList<CatalogEdge>? catalog = null
    )
    {
        Edges = Merge(declaration.Edges, traced, catalog ?? []);
        Operations = declaration.Operations ?? [];
        calls = Edges.ToLookup(edge => edge.From, StringComparer.Ordinal);
        callers = Edges.ToLookup(edge => edge.To, StringComparer.Ordinal);
        var counted = (declaration.Services ?? []).ToDictionary(service => service.Name, service => service.Replicas);
        replicas = Edges
            .SelectMany(edge => new[] { edge.From, edge.To })
            .Concat(counted.Keys)
            .Concat(Operations.SelectMany(operation => (operation.Needs ?? []).Prepend(operation.Entry)))
            .Distinct(StringComparer.Ordinal)
            .ToDictionary(name => name, name => counted.GetValueOrDefault(name, 1), StringComparer.Ordinal);
    }

    public IReadOnlyList<TopologyEdge> Edges { get; }

    public IReadOnlyList<Operation> Operations { get; }

    public IReadOnlyDictionary<string, int> Replicas => replicas;

    public IEnumerable<TopologyEdge> Calls(string service) => calls[service];

    public IEnumerable<TopologyEdge> Callers(string service) => callers[service];

    /// <summary>The edge that goes through a proxy of the fault agent.</summary>
    public TopologyEdge? Through(string proxy) => Edges.FirstOrDefault(edge => edge.Proxy == proxy);

    /// <summary>What has to answer for an operation: what it says, or all that is called hard from its entry on.</summary>
    public IReadOnlySet<string> Needs(Operation operation) =>
        operation.Needs is { } said
            ? said.Append(operation.Entry).ToHashSet(StringComparer.Ordinal)
            : Reachable(operation.Entry, edge => edge.Strength == DependencyStrength.Hard);

    /// <summary>All that is reached from a service along edges that are passable.</summary>
    public HashSet<string> Reachable(string from, Func<TopologyEdge, bool> passable)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal) { from };
        var open = new Queue<string>([from]);
        while (open.TryDequeue(out var service))
        {
            foreach (var edge in calls[service].Where(passable))
            {
                if (seen.Add(edge.To))
                    open.Enqueue(edge.To);
            }
        }

        return seen;
    }

    /// <summary>What stands out, each as a sentence.</summary>
    public IReadOnlyList<string> Findings() =>
        [
            .. Edges
                .Where(edge => edge.Knowledge == EdgeKnowledge.TracedOnly)
                .Select(edge =>
                    $"{edge.From} calls {edge.To} ({edge.Calls} calls traced), and nobody declared it: a shadow dependency."
                ),
            .. Edges
                .Where(edge =>
                    edge.Knowledge == EdgeKnowledge.DeclaredOnly
                    && Edges.Any(other => other.Knowledge != EdgeKnowledge.DeclaredOnly)
                )
                .Select(edge => $"{edge.From} is declared to call {edge.To}, and no trace shows it."),
            .. Edges
                .Where(edge =>
                    edge.Strength == DependencyStrength.Hard
                    && string.CompareOrdinal(edge.From, edge.To) < 0
                    && Reachable(edge.To, next => next.Strength == DependencyStrength.Hard).Contains(edge.From)
                )
                .Select(edge => $"{edge.From} and {edge.To} need each other: a cycle of hard dependencies."),
            .. Operations.SelectMany(operation =>
                Needs(operation)
                    .Except(Reachable(operation.Entry, _ => true))
                    .Select(need => $"{operation.Name} needs {need}, and no call leads from {operation.Entry} to it.")
            ),
        ];

    // Who is not declared has no fallback that anybody promised.
    private static List<TopologyEdge> Merge(
        IReadOnlyList<DeclaredEdge> environment,
        IReadOnlyList<TracedEdge> traced,
        IReadOnlyList<CatalogEdge> catalog
    )
    {
        var declared = environment
            .Select(edge => (Edge: edge, Catalog: (CatalogEdge?)null))
            .Concat(
                catalog.Select(edge =>
                    (Edge: new DeclaredEdge(edge.From, edge.To, edge.Strength), Catalog: (CatalogEdge?)edge)
                )
            )
            .ToList();
        var seen = traced
            .Where(edge => edge.Parent != edge.Child)
            .GroupBy(edge => (edge.Parent, edge.Child))
            .ToDictionary(same => same.Key, same => same.Sum(edge => edge.CallCount));
        var known = declared.Select(one => (one.Edge.From, one.Edge.To)).ToHashSet();
        return
        [
            .. declared
                .Select(one =>
                    Declared(
                        one.Edge,
                        one.Catalog,
                        seen.TryGetValue((one.Edge.From, one.Edge.To), out var count) ? count : null
                    )
                )
                .Concat(
                    seen.Where(edge => !known.Contains(edge.Key))
                        .Select(edge => new TopologyEdge(
                            edge.Key.Parent,
                            edge.Key.Child,
                            DependencyStrength.Hard,
                            EdgeKnowledge.TracedOnly,
                            edge.Value,
                            $"{edge.Key.Parent}-{edge.Key.Child}"
                        ))
                )
                .OrderBy(edge => edge.From, StringComparer.Ordinal)
                .ThenBy(edge => edge.To, StringComparer.Ordinal),
        ];
    }

    private static TopologyEdge Declared(DeclaredEdge edge, CatalogEdge? catalog, long? calls) =>
        new(
            edge.From,
            edge.To,
            edge.Strength,
            calls is null ? EdgeKnowledge.DeclaredOnly : EdgeKnowledge.Both,
            calls,
            edge.Proxy ?? $"{edge.From}-{edge.To}",
            catalog is not null,
            catalog?.Fallback
        );
}
