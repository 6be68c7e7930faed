using System.Collections;
using System.Runtime.CompilerServices;

namespace Steady.Incidents.Timeline.Query;

// What a query says, apart from how it is written. Pure values: two queries that say the same are equal.

/// <summary>Where something stands in the text. It is no part of what is said, so all places are equal.</summary>
public readonly struct Spot(int start, int length) : IEquatable<Spot>
{
    public int Start => start;

    public int Length => length;

    public bool Equals(Spot other) => true;

    public override bool Equals(object? obj) => obj is Spot;

    public override int GetHashCode() => 0;

    public static bool operator ==(Spot one, Spot other) => one.Equals(other);

    public static bool operator !=(Spot one, Spot other) => !one.Equals(other);
}

/// <summary>A list that equals another one with the same members.</summary>
[CollectionBuilder(typeof(Many), nameof(Many.Of))]
public sealed class Many<T>(IReadOnlyList<T> items) : IReadOnlyList<T>, IEquatable<Many<T>>
{
    public int Count => items.Count;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    public bool Equals(Many<T>? other) => other is not null && items.SequenceEqual(other);

    public override bool Equals(object? obj) => Equals(obj as Many<T>);

    public override int GetHashCode() => items.Aggregate(items.Count, HashCode.Combine);
}

public static class Many
{
    public static Many<T> Of<T>(ReadOnlySpan<T> items) => new(items.ToArray());
}

/// <summary>What entries must be like.</summary>
public abstract record Condition;

public sealed record All(Many<Condition> Of) : Condition;

public sealed record Any(Many<Condition> Of) : Condition;

public sealed record Not(Condition Of) : Condition;

/// <summary>A field, how it compares, and with what; several values mean any of them.</summary>
/// <param name="Field">Its name in <see cref="Fields"/>, or <c>label.</c> and a label's name.</param>
public sealed record Term(string Field, Relation Relation, Many<Value> Values, Spot Spot = default) : Condition;

public enum Relation
{
    Is,
    IsNot,
    Less,
    AtMost,
    Greater,
    AtLeast,
}

public abstract record Value;

/// <summary>A name or a text; with stars it stands for all that begin with it, or have it inside.</summary>
public sealed record Word(string Text, Match Match = Match.Exactly, Spot Spot = default) : Value;

public enum Match
{
    Exactly,
    Begins,
    Inside,
}

public sealed record Amount(decimal Number) : Value;

public sealed record Length(TimeSpan Time) : Value;

/// <summary>A moment: a date, or an anchor – <c>now</c> or one of an incident's eleven moments – and so much before or after it.</summary>
public sealed record When(string? Anchor, DateTimeOffset? At, TimeSpan Offset, Spot Spot = default) : Value
{
    public const string Now = "now";
}

/// <summary>What becomes of the entries that were found.</summary>
public abstract record Pipe;

public sealed record First(int Count) : Pipe;

public sealed record Last(int Count) : Pipe;

public sealed record Gaps(TimeSpan Longer) : Pipe;

public sealed record CountBy(string Key) : Pipe;

/// <summary>What led to what was found, or followed from it, over so many steps.</summary>
public sealed record Causal(bool Causes, int Depth) : Pipe
{
    public const int Usual = 3;
    public const int Deepest = 10;
}

/// <summary>What is said once for the whole query.</summary>
public sealed record Settings(
    When? From = null,
    When? To = null,
    When? KnownAt = null,
    Word? SeenBy = null,
    bool Recorded = false
)
{
    public static Settings None { get; } = new();
}

/// <summary>Which entries, seen how, and what becomes of them.</summary>
public sealed record Search(Condition? Where, Settings Settings, Many<Pipe> Pipes)
{
    /// <summary>What every entry must be like: the members of an outermost <c>and</c>.</summary>
    public IEnumerable<Condition> Conjuncts =>
        Where switch
        {
            null => [],
            All all => all.Of,
            _ => [Where],
        };
}
