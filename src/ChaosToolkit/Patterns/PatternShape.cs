namespace Steady.ChaosToolkit;

/// <summary>What matters of a pattern for how long it may take: which character may follow which.</summary>
internal abstract record PatternShape;

/// <summary>One character out of a set, or any that is not in it.</summary>
internal sealed record OneOf(IReadOnlyList<(int From, int To)> Ranges, bool Negated = false) : PatternShape
{
    public static OneOf Any { get; } = new([], Negated: true);

    public bool Has(int character) => Ranges.Any(range => character >= range.From && character <= range.To) != Negated;

    /// <summary>Whether one character can be in both; sets that leave something out always meet somewhere.</summary>
    public bool Meets(OneOf other) =>
        (Negated && other.Negated)
        || Edges().Concat(other.Edges()).Any(character => Has(character) && other.Has(character));

    private IEnumerable<int> Edges() => Ranges.SelectMany(range => new[] { range.From, range.To, range.To + 1 });
}

internal sealed record InOrder(IReadOnlyList<PatternShape> Parts) : PatternShape;

internal sealed record Choice(IReadOnlyList<PatternShape> Branches) : PatternShape;

/// <summary>Most is null when there is no limit.</summary>
internal sealed record Repeated(PatternShape Part, int Least, int? Most) : PatternShape;
