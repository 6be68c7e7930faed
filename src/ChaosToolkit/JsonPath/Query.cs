using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>What a step or a condition may still do, so that a small path over a small document stays a small work.</summary>
internal sealed class Effort(int steps)
{
    private int left = steps;

    /// <summary>False when there is nothing left.</summary>
    public bool Take() => --left >= 0;

    public bool Spent => left < 0;
}

/// <summary>
/// A path in the dialect of jsonpath2, which is not RFC 9535: a filter tests the very node it stands behind, equality is
/// <c>=</c>, and <c>or</c> binds tighter than <c>and</c>.
/// </summary>
internal sealed class JsonPathQuery(bool fromRoot, IReadOnlyList<Step> steps)
{
    private const int MostSteps = 1_000_000;

    /// <summary>The path, or the column (from 1) and what is wrong there.</summary>
    public static (JsonPathQuery? Query, int Column, string Problem) Parse(string path)
    {
        try
        {
            return (new JsonPathParser(path).Whole(), 0, "");
        }
        catch (JsonPathException e)
        {
            return (null, e.Column, e.Message);
        }
    }

    /// <summary>What it finds, in order; null when the document is too much for it.</summary>
    public IReadOnlyList<Node>? Find(Node root)
    {
        var effort = new Effort(MostSteps);
        var found = Match(root, root, effort).ToList();
        return effort.Spent ? null : found;
    }

    public IEnumerable<Node> Match(Node root, Node current, Effort effort)
    {
        IEnumerable<Node> found = [fromRoot ? root : current];
        foreach (var step in steps)
            found = found.SelectMany(node => step.Match(root, node, effort));
        return found.TakeWhile(_ => effort.Take());
    }
}

internal abstract record Step
{
    public abstract IEnumerable<Node> Match(Node root, Node current, Effort effort);
}

internal sealed record MemberStep(string Name) : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort) =>
        current is MapNode map && map[Name] is { } value ? [value] : [];
}

internal sealed record IndexStep(int Index) : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort)
    {
        if (current is not ListNode list)
            return [];
        var at = Index < 0 ? (long)Index + list.Items.Count : Index;
        return at >= 0 && at < list.Items.Count ? [list.Items[(int)at]] : [];
    }
}

internal sealed record AllStep : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort) => Children(current);

    public static IEnumerable<Node> Children(Node node) =>
        node switch
        {
            MapNode map => map.Members.Select(member => member.Value),
            ListNode list => list.Items,
            _ => [],
        };
}

internal sealed record SliceStep(int? From, int? To, int By) : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort)
    {
        if (current is not ListNode list)
            yield break;
        long count = list.Items.Count;
        var from = From is { } start ? start + (start < 0 ? count : 0) : 0;
        var to = To is { } end ? end + (end < 0 ? count : 0) : count;
        // Beyond either end there is nothing to find, and nothing to walk over.
        for (var at = from; By > 0 ? at < Math.Min(to, count) : at > Math.Max(to, -1); at += By)
        {
            if (at >= 0 && at < count)
                yield return list.Items[(int)at];
            else if (!effort.Take())
                yield break;
        }
    }
}

internal sealed record UnionStep(IReadOnlyList<Step> Steps) : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort) =>
        Steps.SelectMany(step => step.Match(root, current, effort));
}

/// <summary>Looks for a step's matches here and everywhere below, from the top down.</summary>
internal sealed record DescentStep(Step Next) : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort)
    {
        if (!effort.Take())
            return [];
        return Next.Match(root, current, effort)
            .Concat(AllStep.Children(current).SelectMany(child => Match(root, child, effort)));
    }
}

internal sealed record FilterStep(Condition Condition) : Step
{
    public override IEnumerable<Node> Match(Node root, Node current, Effort effort) =>
        Condition.Holds(root, current, effort) ? [current] : [];
}
