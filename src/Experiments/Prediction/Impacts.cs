using Steady.Contracts.Experiments;

namespace Steady.Experiments.Prediction;

/// <summary>
/// What the loss of an edge does: the caller breaks when the call is hard and degrades when it is soft, and so does, in
/// turn, everybody who calls it. A soft call anywhere on the way makes it a degradation.
/// </summary>
public static class Impacts
{
    /// <summary>Every service that is expected to notice, by name.</summary>
    public static IReadOnlyList<PredictedImpact> OfLosing(Graph graph, TopologyEdge lost)
    {
        var found = new Dictionary<string, PredictedImpact>(StringComparer.Ordinal);
        Spread(DependencyStrength.Hard);
        Spread(DependencyStrength.Soft);
        return [.. found.Values.OrderBy(impact => impact.Name, StringComparer.Ordinal)];

        // First along hard calls alone, so that whoever breaks is not taken for one that degrades.
        void Spread(DependencyStrength weakest)
        {
            var open = new Queue<PredictedImpact>(found.Values);
            if (lost.Strength <= weakest)
                Reach(lost.From, lost.Strength, [lost.From, lost.To]);
            while (open.TryDequeue(out var callee))
            {
                foreach (var edge in graph.Callers(callee.Name).Where(edge => edge.Strength <= weakest))
                {
                    var strength = callee.Expectation == Expectation.Breaks ? edge.Strength : DependencyStrength.Soft;
                    Reach(edge.From, strength, [edge.From, .. callee.Path]);
                }
            }

            void Reach(string service, DependencyStrength strength, IReadOnlyList<string> path)
            {
                var expectation = strength == DependencyStrength.Hard ? Expectation.Breaks : Expectation.Degrades;
                var impact = new PredictedImpact(service, expectation, path);
                if (found.TryAdd(service, impact))
                    open.Enqueue(impact);
            }
        }
    }

    /// <summary>Every operation: broken when something that it needs is, degraded when its entry or a need is.</summary>
    public static IReadOnlyList<PredictedImpact> OnOperations(
        Graph graph,
        TopologyEdge lost,
        IReadOnlyList<PredictedImpact> services
    )
    {
        var hurt = services.ToDictionary(impact => impact.Name, StringComparer.Ordinal);
        return [.. graph.Operations.OrderBy(operation => operation.Name, StringComparer.Ordinal).Select(Of)];

        PredictedImpact Of(Operation operation)
        {
            // Needs that are said are the whole of them: then only the caller of the lost edge can stand among them.
            var touched = graph
                .Needs(operation)
                .Where(need => operation.Needs is null || need == lost.From)
                .Select(need => hurt.GetValueOrDefault(need))
                .OfType<PredictedImpact>()
                .OrderByDescending(impact => impact.Expectation)
                .ThenBy(impact => impact.Name != operation.Entry)
                .ThenBy(impact => impact.Path.Count)
                .FirstOrDefault();
            return touched is null
                ? new(operation.Name, Expectation.Holds, [])
                : new(operation.Name, touched.Expectation, touched.Path);
        }
    }
}
