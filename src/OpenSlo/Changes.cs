namespace Steady.OpenSlo;

/// <summary>What differs at one place of two documents; nothing on a side where there is nothing.</summary>
public sealed record Change(string Path, string? Old, string? New);

/// <summary>Tells two documents apart, member by member.</summary>
public static class Changes
{
    public static IReadOnlyList<Change> Between(Node? old, Node? now) => [.. Between("", old, now)];

    private static IEnumerable<Change> Between(string path, Node? old, Node? now)
    {
        if (Nodes.Same(old, now))
            return [];
        var (left, right) = (new Place(path, old, null), new Place(path, now, null));
        return (old, now) switch
        {
            (MapNode a, MapNode b) => a
                .Members.Concat(b.Members)
                .Select(member => member.Key)
                .Distinct()
                .SelectMany(key => Between(left[key].Path, a[key], b[key])),
            (ListNode a, ListNode b) => Enumerable
                .Range(0, Math.Max(a.Items.Count, b.Items.Count))
                .SelectMany(i => Between($"{path}[{i}]", a.Items.ElementAtOrDefault(i), b.Items.ElementAtOrDefault(i))),
            _ => [new Change(path, Say(old), Say(now))],
        };
    }

    private static string? Say(Node? node) =>
        node switch
        {
            null => null,
            TextNode text => text.Value,
            NumberNode number => number.Value,
            _ => Export.Compact(node),
        };
}
