using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// The order of a story, which is partial: a cause stands before its effect; of what one source numbers, the smaller number;
/// what surely happened earlier; and where none of that is known, what was recorded first, marked as such. The same
/// entries give the same order however they come in. Pure.
/// </summary>
public static class Ordering
{
    private const string Numbered = "sequence";

    public static IReadOnlyList<OrderedEntry> Of(IReadOnlyList<TimelineEntry> entries) => Of(entries, Lags.Of(entries));

    public static IReadOnlyList<OrderedEntry> Of(IReadOnlyList<TimelineEntry> entries, Lags lags)
    {
        // By the order of the store first: what is left to chance below is decided by it.
        var all = entries.OrderBy(one => one.Sequence).ThenBy(one => one.RecordedAt).ThenBy(one => one.Id).ToList();
        var times = all.ConvertAll(lags.Of);
        var causes = Causes(all);
        var circular = Cycles.Inside(all.Count, causes).ToHashSet();
        causes.RemoveAll(circular.Contains);
        var told = Told(all);
        var inside = Cycles.Inside(all.Count, [.. causes, .. told]).ToHashSet();
        // What a source numbers against the causes gives way to them.
        told.RemoveAll(edge => inside.Contains(edge) && !causes.Contains(edge));
        var order = new Arrangement(times, [.. causes, .. told]).Run();
        return Marked(all, times, order, [.. causes], [.. told]);
    }

    private static List<OrderedEntry> Marked(
        List<TimelineEntry> all,
        List<Interval> times,
        List<int> order,
        HashSet<(int, int)> causes,
        HashSet<(int, int)> told
    )
    {
        var late = causes
            .Where(edge => times[edge.Item2].IsSurelyBefore(times[edge.Item1]))
            .Select(edge => edge.Item2)
            .ToHashSet();
        var marked = new List<OrderedEntry>(order.Count);
        for (var i = 0; i < order.Count; i++)
        {
            var basis = i == 0 ? OrderBasis.First : Basis((order[i - 1], order[i]));
            marked.Add(new OrderedEntry(all[order[i]], basis, basis == OrderBasis.Recorded, late.Contains(order[i])));
        }

        return marked;

        OrderBasis Basis((int Before, int After) pair) =>
            causes.Contains(pair) ? OrderBasis.Cause
            : told.Contains(pair) ? OrderBasis.Sequence
            : times[pair.Before].IsSurelyBefore(times[pair.After]) ? OrderBasis.Time
            : OrderBasis.Recorded;
    }

    private static List<(int, int)> Causes(List<TimelineEntry> all)
    {
        var at = new Dictionary<Guid, int>();
        for (var i = 0; i < all.Count; i++)
            at[all[i].Id] = i;
        var edges = new HashSet<(int, int)>();
        for (var i = 0; i < all.Count; i++)
        {
            foreach (var cause in all[i].Causes ?? [])
            {
                if (at.TryGetValue(cause, out var from) && from != i)
                    edges.Add((from, i));
            }
        }

        return [.. edges];
    }

    // What one source numbers itself, and what this service stored of one incident: the store saw it happen.
    private static List<(int, int)> Told(List<TimelineEntry> all)
    {
        var edges = new List<(int, int)>();
        var numbered = Enumerable
            .Range(0, all.Count)
            .Select(i => (Index: i, Key: KeyOf(all[i])))
            .Where(one => one.Key is not null)
            .GroupBy(one => one.Key!.Value.Of);
        foreach (var source in numbered)
        {
            var inOrder = source.OrderBy(one => one.Key!.Value.Number).ThenBy(one => one.Index).ToList();
            for (var i = 1; i < inOrder.Count; i++)
            {
                if (inOrder[i - 1].Key!.Value.Number < inOrder[i].Key!.Value.Number)
                    edges.Add((inOrder[i - 1].Index, inOrder[i].Index));
            }
        }

        return edges;
    }

    private static (string Of, decimal Number)? KeyOf(TimelineEntry entry)
    {
        if (
            entry.Labels?.GetValueOrDefault(Numbered) is { } text
            && decimal.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        )
            return (entry.Source, number);
        return Accounts.IsAct(entry) && entry.SubjectId is { } subject && entry.Sequence > 0
            ? ($"{entry.Source} {subject}", entry.Sequence)
            : null;
    }
}

/// <summary>Puts what depends on each other in a row: of what may come next, what was recorded first. Pure.</summary>
internal sealed class Arrangement(List<Interval> times, IReadOnlyList<(int From, int To)> edges)
{
    private readonly int[] open = new int[times.Count];
    private readonly List<int>[] after = [.. times.Select(_ => new List<int>())];
    private readonly SortedSet<(DateTimeOffset To, int Index)> ends = [];
    private readonly SortedSet<(DateTimeOffset From, int Index)> waiting = [];
    private readonly SortedSet<int> next = [];

    public List<int> Run()
    {
        foreach (var (from, to) in edges)
        {
            after[from].Add(to);
            open[to]++;
        }

        for (var i = 0; i < times.Count; i++)
        {
            if (open[i] == 0)
                Free(i);
        }

        var order = new List<int>(times.Count);
        while (ends.Count > 0)
        {
            var first = Take();
            order.Add(first);
            foreach (var later in after[first].Where(later => --open[later] == 0))
                Free(later);
        }

        return order;
    }

    private void Free(int index)
    {
        ends.Add((times[index].To, index));
        waiting.Add((times[index].From, index));
    }

    // Nothing that is free may surely have happened before what is taken.
    private int Take()
    {
        var end = ends.Min.To;
        while (waiting.Count > 0 && waiting.Min.From <= end)
        {
            next.Add(waiting.Min.Index);
            waiting.Remove(waiting.Min);
        }

        while (times[next.Min].From > end)
        {
            waiting.Add((times[next.Min].From, next.Min));
            next.Remove(next.Min);
        }

        var taken = next.Min;
        next.Remove(taken);
        ends.Remove((times[taken].To, taken));
        return taken;
    }
}

/// <summary>What goes round in circles. Pure.</summary>
internal static class Cycles
{
    /// <summary>The edges of which each end can be reached from the other.</summary>
    public static IReadOnlyList<(int, int)> Inside(int count, IReadOnlyList<(int From, int To)> edges)
    {
        var component = Components(count, edges);
        return [.. edges.Where(edge => component[edge.From] == component[edge.To])];
    }

    /// <summary>For each node the group of nodes that reach each other.</summary>
    public static int[] Components(int count, IReadOnlyList<(int From, int To)> edges)
    {
        var after = edges.ToLookup(edge => edge.From, edge => edge.To);
        var walk = new Walk(count);
        for (var i = 0; i < count; i++)
        {
            if (walk.IsNew(i))
                walk.From(i, node => [.. after[node]]);
        }

        return walk.Component;
    }
}

/// <summary>Which nodes reach each other, found by walking on from one (Tarjan, without recursion). Pure.</summary>
internal sealed class Walk
{
    private readonly int[] seen;
    private readonly int[] low;
    private readonly Stack<int> open = [];
    private readonly HashSet<int> isOpen = [];
    private int clock;
    private int groups;

    public Walk(int count) => (seen, low, Component) = (new int[count], new int[count], new int[count]);

    public int[] Component { get; }

    public bool IsNew(int node) => seen[node] == 0;

    public void From(int root, Func<int, int[]> after)
    {
        var path = new Stack<(int Node, int[] After, int At)>();
        path.Push((Enter(root), after(root), 0));
        while (path.TryPop(out var step))
        {
            if (step.At < step.After.Length)
            {
                path.Push(step with { At = step.At + 1 });
                var next = step.After[step.At];
                if (IsNew(next))
                    path.Push((Enter(next), after(next), 0));
                else if (isOpen.Contains(next))
                    low[step.Node] = Math.Min(low[step.Node], seen[next]);
                continue;
            }

            Leave(step.Node);
            if (path.TryPeek(out var parent))
                low[parent.Node] = Math.Min(low[parent.Node], low[step.Node]);
        }
    }

    private int Enter(int node)
    {
        seen[node] = low[node] = ++clock;
        open.Push(node);
        isOpen.Add(node);
        return node;
    }

    private void Leave(int node)
    {
        if (low[node] != seen[node])
            return;
        int member;
        do
        {
            member = open.Pop();
            isOpen.Remove(member);
            Component[member] = groups;
        } while (member != node);
        groups++;
    }
}
