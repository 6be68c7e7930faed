using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

internal abstract record Condition
{
    public abstract bool Holds(Node root, Node current, Effort effort);
}

internal sealed record AllOf(IReadOnlyList<Condition> Conditions) : Condition
{
    public override bool Holds(Node root, Node current, Effort effort) =>
        Conditions.All(condition => condition.Holds(root, current, effort));
}

internal sealed record AnyOf(IReadOnlyList<Condition> Conditions) : Condition
{
    public override bool Holds(Node root, Node current, Effort effort) =>
        Conditions.Any(condition => condition.Holds(root, current, effort));
}

internal sealed record Not(Condition Condition) : Condition
{
    public override bool Holds(Node root, Node current, Effort effort) => !Condition.Holds(root, current, effort);
}

/// <summary>A path, or a value as it stands.</summary>
internal sealed record Operand(JsonPathQuery? Path, Node? Value)
{
    public IEnumerable<Node> Values(Node root, Node current, Effort effort) =>
        Path is not null ? Path.Match(root, current, effort) : [Value!];
}

/// <summary>Whether a path finds anything; a value alone always does.</summary>
internal sealed record Exists(Operand Operand) : Condition
{
    public override bool Holds(Node root, Node current, Effort effort) => Operand.Values(root, current, effort).Any();
}

/// <summary>Holds when it does for any pair of what both sides find.</summary>
internal sealed record Comparison(Operand Left, string Operator, Operand Right) : Condition
{
    public override bool Holds(Node root, Node current, Effort effort)
    {
        var right = Right.Values(root, current, effort).ToList();
        return Left.Values(root, current, effort).Any(left => right.Any(value => effort.Take() && Holds(left, value)));
    }

    private bool Holds(Node left, Node right) =>
        Operator switch
        {
            "=" => Nodes.Same(left, right),
            "!=" => !Nodes.Same(left, right),
            "contains" => Contains(left, right),
            _ => left is NumberNode a
                && right is NumberNode b
                && Numeral.Read(a.Value) is { } x
                && Numeral.Read(b.Value) is { } y
                && Ordered(x.CompareTo(y)),
        };

    private bool Ordered(int sign) =>
        Operator switch
        {
            "<" => sign < 0,
            "<=" => sign <= 0,
            ">" => sign > 0,
            _ => sign >= 0,
        };

    private static bool Contains(Node left, Node right) =>
        (left, right) switch
        {
            (TextNode whole, TextNode part) => whole.Value.Contains(part.Value, StringComparison.Ordinal),
            (ListNode list, _) => list.Items.Any(item => Nodes.Same(item, right)),
            (MapNode map, TextNode key) => map[key.Value] is not null,
            _ => false,
        };
}
