using System.Numerics;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Prediction;

/// <summary>
/// How likely an operation works when so many containers are gone and every set of that size is as likely as any other.
/// An operation works when each service that it needs has a container left and is reached from the entry through services
/// that have one. Counted, not drawn: the result is exact. Model: arXiv 2506.11176.
/// </summary>
public static class Survival
{
    /// <summary>Services that an operation does not need but may be reached through; every set of them is gone through.</summary>
    public const int MostDetours = 12;

    /// <summary>Containers that are gone through at most.</summary>
    public const int MostContainers = 500;

    /// <summary>How many containers are gone: the share of all, rounded up.</summary>
    public static int Killed(Graph graph, decimal share) => (int)decimal.Ceiling(share * Containers(graph));

    public static int Containers(Graph graph) => graph.Replicas.Values.Sum();

    /// <summary>Whether the detours of an operation are few enough to go through.</summary>
    public static bool IsCountable(Graph graph, Operation operation) => Detours(graph, operation).Count <= MostDetours;

    /// <summary>Every operation, and all of them by weight.</summary>
    public static SurvivalPrediction Predict(Graph graph, string environment, decimal share)
    {
        var killed = Killed(graph, share);
        var each = graph
            .Operations.Select(operation => (operation, Works: Probability(Count(graph, operation, killed))))
            .ToList();
        return new(
            environment,
            share,
            Containers(graph),
            killed,
            decimal.Round(each.Sum(one => one.operation.Weight * one.Works) / each.Sum(one => one.operation.Weight), 4),
            [.. each.Select(one => new OperationSurvival(one.operation.Name, decimal.Round(one.Works, 4)))]
        );
    }

    /// <summary>Sets of <paramref name="killed"/> containers after which the operation works, and all such sets.</summary>
    public static (BigInteger Works, BigInteger All) Count(Graph graph, Operation operation, int killed)
    {
        var containers = Containers(graph);
        var needs = graph.Needs(operation);
        var detours = Detours(graph, operation);
        var idle = containers - needs.Concat(detours).Sum(service => graph.Replicas[service]);
        // A service that is not on any way may lose what it likes; one that is needed must keep a container.
        var rest = needs.Aggregate(Row(idle, idle), (ways, service) => Times(ways, Up(graph.Replicas[service])));
        var works = Times(rest, OnDetours(graph, operation, needs, detours));
        return (killed < works.Length ? works[killed] : BigInteger.Zero, Row(containers, containers)[killed]);
    }

    // Over every set of detours that is up and lets all needs be reached: in how many ways n containers of the detours can be gone.
    private static BigInteger[] OnDetours(
        Graph graph,
        Operation operation,
        IReadOnlySet<string> needs,
        List<string> detours
    )
    {
        var sum = new BigInteger[detours.Sum(service => graph.Replicas[service]) + 1];
        for (var set = 0; set < 1 << detours.Count; set++)
        {
            var up = detours.Where((_, n) => (set & (1 << n)) != 0).ToHashSet(StringComparer.Ordinal);
            if (
                !needs.IsSubsetOf(
                    graph.Reachable(operation.Entry, edge => needs.Contains(edge.To) || up.Contains(edge.To))
                )
            )
                continue;
            var ways = detours.Aggregate(
                Row(0, 0),
                (some, service) =>
                    Times(some, up.Contains(service) ? Up(graph.Replicas[service]) : Down(graph.Replicas[service]))
            );
            for (var n = 0; n < ways.Length; n++)
                sum[n] += ways[n];
        }

        return sum;
    }

    /// <summary>The probability with 12 decimal places, rounded to the nearest.</summary>
    public static decimal Probability((BigInteger Works, BigInteger All) count) =>
        (decimal)((count.Works * 2 * Unit + count.All) / (2 * count.All)) / (decimal)Unit;

    private static readonly BigInteger Unit = BigInteger.Pow(10, 12);

    // Not needed itself, but on a way from the entry to something that is.
    private static List<string> Detours(Graph graph, Operation operation)
    {
        var needs = graph.Needs(operation);
        return
        [
            .. graph
                .Reachable(operation.Entry, _ => true)
                .Where(service => !needs.Contains(service) && graph.Reachable(service, _ => true).Overlaps(needs))
                .Order(StringComparer.Ordinal),
        ];
    }

    // Entry n of a row: in how many ways n containers can be gone.
    private static BigInteger[] Up(int replicas) => Row(replicas, replicas - 1);

    private static BigInteger[] Down(int replicas) => [.. Enumerable.Repeat(BigInteger.Zero, replicas), BigInteger.One];

    private static BigInteger[] Row(int of, int most)
    {
        var row = new BigInteger[most + 1];
        row[0] = 1;
        for (var n = 1; n <= most; n++)
            row[n] = row[n - 1] * (of - n + 1) / n;
        return row;
    }

    private static BigInteger[] Times(BigInteger[] left, BigInteger[] right)
    {
        var product = new BigInteger[left.Length + right.Length - 1];
        for (var n = 0; n < left.Length; n++)
        {
            for (var m = 0; m < right.Length; m++)
                product[n + m] += left[n] * right[m];
        }

        return product;
    }
}
