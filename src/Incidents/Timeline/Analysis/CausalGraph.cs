using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What led to what, to be walked along. Pure.</summary>
public sealed class CausalGraph
{
    public const int Deepest = 10;
    public const int MostNodes = 500;

    private readonly Dictionary<Guid, TimelineEntry> entries;
    private readonly ILookup<Guid, CausalEdge> byCause;
    private readonly ILookup<Guid, CausalEdge> byEffect;

    public CausalGraph(IEnumerable<TimelineEntry> entries, IReadOnlyList<CausalEdge> edges)
    {
        this.entries = entries.DistinctBy(one => one.Id).ToDictionary(one => one.Id);
        byCause = edges.ToLookup(edge => edge.Cause);
        byEffect = edges.ToLookup(edge => edge.Effect);
    }

    /// <summary>What led to an entry.</summary>
    public CausalAnswer Causes(Guid entry, int depth) => Walk(entry, depth, byEffect, edge => edge.Cause);

    /// <summary>What followed from it.</summary>
    public CausalAnswer Effects(Guid entry, int depth) => Walk(entry, depth, byCause, edge => edge.Effect);

    /// <summary>The surest way from one to the other, in whichever direction there is one.</summary>
    public CausalPath Path(Guid from, Guid to) =>
        Way(from, to) is { } forward ? Found(from, to, CausalDirection.Cause, from, forward)
        : Way(to, from) is { } back ? Found(from, to, CausalDirection.Effect, to, back)
        : new CausalPath(from, to, null, [], [], 0);

    private CausalAnswer Walk(Guid start, int depth, ILookup<Guid, CausalEdge> edges, Func<CausalEdge, Guid> next)
    {
        var depths = new Dictionary<Guid, int> { [start] = 0 };
        var (walked, order, whole) = (new List<CausalEdge>(), new List<Guid>(), true);
        var queue = new Queue<Guid>([start]);
        while (queue.TryDequeue(out var at))
        {
            if (depths[at] >= Math.Min(depth, Deepest))
                continue;
            foreach (var edge in edges[at].OrderByDescending(one => one.Strength).ThenBy(next).ThenBy(one => one.Kind))
            {
                var found = next(edge);
                if (!depths.ContainsKey(found))
                {
                    if (order.Count >= MostNodes)
                    {
                        whole = false;
                        continue;
                    }

                    depths[found] = depths[at] + 1;
                    order.Add(found);
                    queue.Enqueue(found);
                }

                walked.Add(edge);
            }
        }

        return new CausalAnswer(
            start,
            depth,
            [.. order.Select(id => new CausalNode(entries[id], depths[id]))],
            walked,
            whole
        );
    }

    // Dijkstra: what is surest in all is shortest in the logarithm.
    private List<CausalEdge>? Way(Guid from, Guid to)
    {
        var best = new Dictionary<Guid, double> { [from] = 0 };
        var came = new Dictionary<Guid, CausalEdge>();
        var queue = new PriorityQueue<Guid, (double, Guid)>();
        queue.Enqueue(from, (0, from));
        var done = new HashSet<Guid>();
        while (queue.TryDequeue(out var at, out _))
        {
            if (!done.Add(at))
                continue;
            if (at == to)
                return Back(came, from, to);
            foreach (var edge in byCause[at].OrderBy(one => one.Effect).ThenBy(one => one.Kind))
            {
                var length = best[at] - Math.Log(Math.Max(0.001, (double)edge.Strength)) + 0.0001;
                if (length >= best.GetValueOrDefault(edge.Effect, double.MaxValue))
                    continue;
                best[edge.Effect] = length;
                came[edge.Effect] = edge;
                queue.Enqueue(edge.Effect, (length, edge.Effect));
            }
        }

        return null;
    }

    private static List<CausalEdge> Back(Dictionary<Guid, CausalEdge> came, Guid from, Guid to)
    {
        var way = new List<CausalEdge>();
        for (var at = to; at != from; at = way[^1].Cause)
            way.Add(came[at]);
        way.Reverse();
        return way;
    }

    private CausalPath Found(Guid from, Guid to, CausalDirection direction, Guid first, List<CausalEdge> way) =>
        new(
            from,
            to,
            direction,
            [entries[first], .. way.Select(edge => entries[edge.Effect])],
            way,
            Math.Round(way.Aggregate(1m, (product, edge) => product * edge.Strength), 3)
        );
}
