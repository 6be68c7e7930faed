using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;

namespace Steady.Experiments.Prediction;

/// <summary>A service as the catalog told of it last.</summary>
/// <param name="Id">Its name.</param>
/// <param name="DependsOn">What it needs, in every environment.</param>
/// <param name="IsRemoved">Taken out; kept, so that what was told before and comes later does not bring it back.</param>
/// <param name="Sequence">How far the catalog was: messages may come twice and in any order.</param>
public sealed record CatalogService(
    string Id,
    IReadOnlyList<CatalogDependency> DependsOn,
    bool IsRemoved,
    long Sequence
);

/// <summary>One service needs another, as the catalog says of every environment.</summary>
public sealed record CatalogEdge(string From, string To, DependencyStrength Strength, string? Fallback);

/// <summary>What the catalog knows of an environment that it does not know. Pure.</summary>
public static class Cataloged
{
    private const int Most = 2000;

    /// <summary>
    /// What the services of an environment need, and what that needs, and so on, where the environment does not say so itself. A service
    /// that nothing in the environment names is not there.
    /// </summary>
    public static IReadOnlyList<CatalogEdge> Edges(
        TopologyDeclaration declaration,
        IReadOnlyList<TracedEdge> traced,
        IReadOnlyDictionary<string, CatalogService> catalog
    )
    {
        var said = declaration.Edges.Select(edge => (edge.From, edge.To)).ToHashSet();
        var seen = Named(declaration, traced).ToHashSet(StringComparer.Ordinal);
        var open = new Queue<string>(seen.Order(StringComparer.Ordinal));
        var found = new List<CatalogEdge>();
        while (open.TryDequeue(out var service) && found.Count < Most)
        {
            foreach (var need in Needs(catalog, service))
            {
                if (said.Add((service, need.Name)))
                    found.Add(new CatalogEdge(service, need.Name, need.Strength, need.Fallback));
                if (seen.Add(need.Name))
                    open.Enqueue(need.Name);
            }
        }

        return found;
    }

    // An interface is behind the component that offers it, and the catalog does not say which that is.
    private static IEnumerable<CatalogDependency> Needs(
        IReadOnlyDictionary<string, CatalogService> catalog,
        string service
    ) =>
        catalog.TryGetValue(service, out var known) && !known.IsRemoved
            ? known.DependsOn.Where(need => need.Kind is CatalogKind.Component or CatalogKind.Resource)
            : [];

    private static IEnumerable<string> Named(TopologyDeclaration declaration, IReadOnlyList<TracedEdge> traced) =>
        [
            .. declaration.Edges.SelectMany(edge => new[] { edge.From, edge.To }),
            .. traced.SelectMany(edge => new[] { edge.Parent, edge.Child }),
            .. (declaration.Operations ?? []).SelectMany(one => (one.Needs ?? []).Prepend(one.Entry)),
            .. (declaration.Services ?? []).Select(one => one.Name),
        ];
}
