namespace Steady.OpenSlo;

/// <summary>A document as written: nothing is converted, so that 0.999 stays what the author wrote.</summary>
/// <param name="Line">Where it stands; 0 when the format does not tell.</param>
public abstract record Node(int Line)
{
    /// <summary>How many nodes there are in all, every use of an alias counted.</summary>
    public virtual long Weight => 1;
}

public sealed record TextNode(string Value, int Line = 0) : Node(Line);

/// <summary>A number, as JSON writes it.</summary>
public sealed record NumberNode(string Value, int Line = 0) : Node(Line);

public sealed record TruthNode(bool Value, int Line = 0) : Node(Line);

/// <summary>Nothing: <c>null</c>, <c>~</c>, or a key without a value.</summary>
public sealed record NoNode(int Line = 0) : Node(Line);

/// <summary>Keys in the order of the document, each once.</summary>
public sealed record MapNode(IReadOnlyList<KeyValuePair<string, Node>> Members, int Line = 0) : Node(Line)
{
    private const int Few = 8;

    // Found by name as fast among a hundred thousand members as among five.
    private readonly Dictionary<string, Node>? byName = Members.Count > Few ? new(Members) : null;

    public override long Weight { get; } = 1 + Members.Sum(member => member.Value.Weight);

    public Node? this[string key]
    {
        get
        {
            if (byName is not null)
                return byName.GetValueOrDefault(key);
            foreach (var (name, node) in Members)
            {
                if (name == key)
                    return node;
            }

            return null;
        }
    }

    /// <summary>The same with this member in place of the one of its name, or at the end.</summary>
    public MapNode With(string key, Node value) =>
        this[key] is null
            ? new MapNode([.. Members, KeyValuePair.Create(key, value)], Line)
            : new MapNode([.. Members.Select(m => m.Key == key ? KeyValuePair.Create(key, value) : m)], Line);

    public MapNode Without(params ReadOnlySpan<string> keys)
    {
        var left = new List<KeyValuePair<string, Node>>();
        foreach (var member in Members)
        {
            if (!keys.Contains(member.Key))
                left.Add(member);
        }

        return new MapNode(left, Line);
    }
}

public sealed record ListNode(IReadOnlyList<Node> Items, int Line = 0) : Node(Line)
{
    public override long Weight { get; } = 1 + Items.Sum(item => item.Weight);
}

public static class Nodes
{
    /// <summary>Whether two documents say the same, whatever their lines and the order of their keys.</summary>
    public static bool Same(Node? left, Node? right) =>
        (left, right) switch
        {
            (null, null) => true,
            (TextNode a, TextNode b) => a.Value == b.Value,
            (NumberNode a, NumberNode b) => Numeral.Read(a.Value) is { } x
                && Numeral.Read(b.Value) is { } y
                && x.CompareTo(y) == 0,
            (TruthNode a, TruthNode b) => a.Value == b.Value,
            (NoNode, NoNode) => true,
            (ListNode a, ListNode b) => a.Items.Count == b.Items.Count
                && a.Items.Zip(b.Items).All(pair => Same(pair.First, pair.Second)),
            (MapNode a, MapNode b) => a.Members.Count == b.Members.Count
                && a.Members.All(member => b[member.Key] is { } other && Same(member.Value, other)),
            _ => false,
        };

    public static MapNode Map(params ReadOnlySpan<(string Key, Node? Value)> members)
    {
        var all = new List<KeyValuePair<string, Node>>();
        foreach (var (key, value) in members)
        {
            if (value is not null)
                all.Add(KeyValuePair.Create(key, value));
        }

        return new MapNode(all);
    }
}

/// <summary>The text is no document. Thrown by the readers only, and caught where they are called.</summary>
internal sealed class DocumentException(string rule, string message, int line) : Exception(message)
{
    public string Rule { get; } = rule;

    public int Line { get; } = line;
}
