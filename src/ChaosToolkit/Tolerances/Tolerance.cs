using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>Whether the output of a probe is within its tolerance. Read from a document by <see cref="Rules.ToleranceRules"/>.</summary>
public abstract record Tolerance
{
    private protected Tolerance() { }

    /// <summary>The answer; null when it cannot be told: a pattern took too long, or it needs a probe of its own.</summary>
    public abstract bool? IsMet(Node output);

    /// <summary>The part of an output that a tolerance looks at: the whole of it when it has no such part.</summary>
    private protected static Node Part(Node output, string? target) =>
        target is { Length: > 0 } && output is MapNode map && map[target] is { } part ? part : output;

    private protected static Node? Status(Node output) => (output as MapNode)?["status"];
}

/// <summary>A truth value or a text: the same.</summary>
public sealed record SameTolerance(Node Expected) : Tolerance
{
    public override bool? IsMet(Node output) => Nodes.Same(Expected, output);
}

/// <summary>A whole number: the same, or the status of an output that has one.</summary>
public sealed record WholeTolerance(Node Expected) : Tolerance
{
    public override bool? IsMet(Node output) => Nodes.Same(Expected, Status(output) ?? output);
}

/// <summary>A list: one of it is the status; without a status, a pair is a range and any other list holds what is accepted.</summary>
public sealed record ListTolerance(IReadOnlyList<Node> Accepted) : Tolerance
{
    public override bool? IsMet(Node output)
    {
        if (Status(output) is { } status)
            return Accepted.Any(accepted => Nodes.Same(accepted, status));
        return Accepted is [var low, var high]
            ? IsBetween(low, high, output)
            : Accepted.Any(accepted => Nodes.Same(accepted, output));
    }

    private static bool IsBetween(Node low, Node high, Node output) =>
        (low, high, output) switch
        {
            (NumberNode from, NumberNode to, NumberNode value) => RangeTolerance.Holds(from, to, value.Value),
            (TextNode from, TextNode to, TextNode value) => string.CompareOrdinal(from.Value, value.Value) <= 0
                && string.CompareOrdinal(value.Value, to.Value) <= 0,
            _ => false,
        };
}

/// <summary>Between two numbers, both included; what is no number is not.</summary>
public sealed record RangeTolerance(NumberNode From, NumberNode To, string? Target) : Tolerance
{
    public override bool? IsMet(Node output) =>
        Part(output, Target) switch
        {
            NumberNode number => Holds(From, To, number.Value),
            TextNode text => Holds(From, To, text.Value.Trim()),
            _ => false,
        };

    internal static bool Holds(NumberNode from, NumberNode to, string value) =>
        Numeral.Read(value) is { } number
        && Numeral.Read(from.Value) is { } low
        && Numeral.Read(to.Value) is { } high
        && low.CompareTo(number) <= 0
        && number.CompareTo(high) <= 0;
}

/// <summary>A pattern that is found anywhere in the text.</summary>
public sealed record RegexTolerance(Pattern Pattern, string? Target) : Tolerance
{
    public override bool? IsMet(Node output) =>
        Part(output, Target) is TextNode text ? Pattern.IsFoundIn(text.Value) : false;
}

/// <summary>A path that finds something: so often, or exactly this.</summary>
public sealed record JsonPathTolerance : Tolerance
{
    private readonly JsonPathQuery query;
    private readonly string? target;
    private readonly int? count;
    private readonly IReadOnlyList<Node>? expected;

    internal JsonPathTolerance(JsonPathQuery query, string? target, int? count, IReadOnlyList<Node>? expected) =>
        (this.query, this.target, this.count, this.expected) = (query, target, count, expected);

    public override bool? IsMet(Node output)
    {
        var value = Part(output, target);
        // A body that nobody parsed is parsed here; one that is no JSON is a text like any other.
        if (value is TextNode text && NodeText.Read(text.Value, json: true) is { Broken: null } read)
            value = read.Documents[0];
        if (query.Find(value) is not { } found)
            return null;
        if (expected is not null)
            return found.Count == expected.Count
                && found.Zip(expected).All(pair => Nodes.Same(pair.First, pair.Second));
        return count is { } exactly ? found.Count == exactly : found.Count > 0;
    }
}

/// <summary>Another probe judges the output. Only an execution could tell.</summary>
public sealed record ProbeTolerance(string Name) : Tolerance
{
    public override bool? IsMet(Node output) => null;
}
