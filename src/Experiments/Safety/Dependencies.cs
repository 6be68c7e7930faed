namespace Steady.Experiments.Safety;

/// <summary>
/// Who depends on whom, as far as it was declared: by a setting, in the topology of the environment, and by the names of
/// the fault agent's edges.
/// </summary>
/// <param name="Pairs">Who needs whom.</param>
public sealed record Dependencies(IReadOnlyList<(string Consumer, string Provider)> Pairs)
{
    /// <summary>The section <c>Dependencies</c>: for each service the services that it needs.</summary>
    public static Dependencies Of(IConfiguration configuration) =>
        new([
            .. configuration
                .GetSection(nameof(Dependencies))
                .GetChildren()
                .SelectMany(service => service.GetChildren().Select(needed => (service.Key, needed.Value ?? ""))),
        ]);

    /// <summary>With what is declared elsewhere.</summary>
    public Dependencies Also(IEnumerable<(string Consumer, string Provider)> more) => new([.. Pairs.Union(more)]);

    /// <summary>
    /// With what the names of edges say: <c>checkout-ledger</c> is how checkout reaches ledger. Where a name can be cut in
    /// several ways, it is cut so that both halves are services that are known otherwise.
    /// </summary>
    public Dependencies With(IEnumerable<string> edges, IEnumerable<string> services)
    {
        var known = Pairs
            .SelectMany<(string Consumer, string Provider), string>(pair => [pair.Consumer, pair.Provider])
            .Union(services)
            .ToHashSet();
        return new([
            .. Pairs.Union(
                edges.SelectMany(edge =>
                {
                    var cuts = Cuts(edge);
                    return cuts.Count == 1
                        ? cuts
                        : [.. cuts.Where(cut => known.Contains(cut.Consumer) && known.Contains(cut.Provider))];
                })
            ),
        ]);
    }

    /// <summary>Everybody who needs one of the services, or somebody who does; by name, without the services themselves.</summary>
    public IReadOnlyList<string> DependentsOf(IReadOnlyList<string> services)
    {
        var reached = services.ToHashSet();
        while (Pairs.Where(pair => reached.Contains(pair.Provider) && reached.Add(pair.Consumer)).ToList().Count > 0)
        { }
        return [.. reached.Except(services).Order(StringComparer.Ordinal)];
    }

    private static List<(string Consumer, string Provider)> Cuts(string edge) =>
        [
            .. Enumerable
                .Range(1, Math.Max(0, edge.Length - 2))
                .Where(at => edge[at] == '-')
                .Select(at => (edge[..at], edge[(at + 1)..])),
        ];
}
