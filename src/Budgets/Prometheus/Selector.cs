using System.Text.RegularExpressions;

namespace Steady.Budgets.Prometheus;

public enum MatchOperator
{
    Equal,
    NotEqual,
    Matches,
    MatchesNot,
}

/// <summary>
/// One condition on a label. Patterns are anchored at both ends, as in Prometheus, and run in time linear in the value:
/// what would need backtracking is refused.
/// </summary>
public sealed class Matcher
{
    public const int LongestPattern = 500;
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;
    private readonly Regex? pattern;

    /// <exception cref="QueryException">The value is no pattern that is accepted.</exception>
    public Matcher(string label, MatchOperator how, string value)
    {
        (Label, How, Value) = (label, how, value);
        if (how is MatchOperator.Matches or MatchOperator.MatchesNot)
            pattern = Compile(value);
    }

    public string Label { get; }

    public MatchOperator How { get; }

    public string Value { get; }

    /// <summary>Whether a series without this label is taken as well.</summary>
    public bool AcceptsNothing => Accepts("");

    /// <param name="value">The label's value; empty when the series has no such label.</param>
    public bool Accepts(string value) =>
        How switch
        {
            MatchOperator.Equal => value == Value,
            MatchOperator.NotEqual => value != Value,
            MatchOperator.Matches => pattern!.IsMatch(value),
            _ => !pattern!.IsMatch(value),
        };

    private static Regex Compile(string value)
    {
        if (value.Length > LongestPattern)
            throw QueryException.Bad($"a pattern may have {LongestPattern} characters, this one has {value.Length}");
        try
        {
            // Alone first: "a)|(b" becomes valid inside brackets, and means something else.
            _ = new Regex(value, Options);
            return new Regex($@"\A(?:{value})\z", Options);
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            throw QueryException.Bad(
                $"{QuerySyntax.Quote(value)} is no pattern that is accepted: regular expressions without look-around and back-references are"
            );
        }
    }
}

/// <summary>Which series are meant: all matchers must hold.</summary>
public sealed record Selector(IReadOnlyList<Matcher> Matchers)
{
    public const string NameLabel = "__name__";

    /// <summary>The metric's name; null when it is not said, or said by a pattern.</summary>
    public string? Name =>
        Matchers.FirstOrDefault(one => one.Label == NameLabel && one.How == MatchOperator.Equal)?.Value;

    public bool Accepts(IReadOnlyDictionary<string, string> labels) =>
        Matchers.All(matcher => matcher.Accepts(labels.GetValueOrDefault(matcher.Label, "")));
}

/// <summary>What was asked: series, or a number that a client only probes with (exactly one of the two).</summary>
/// <param name="Selector">The series.</param>
/// <param name="Number">The number.</param>
/// <param name="AsVector">Whether the number comes as a vector of one sample without labels.</param>
public sealed record Query(Selector? Selector, decimal Number = 0, bool AsVector = false);

/// <summary>A question that is not answered, in Prometheus' words for it.</summary>
public sealed class QueryException(int status, string errorType, string message) : Exception(message)
{
    public int Status => status;

    public string ErrorType => errorType;

    public static QueryException Bad(string message) => new(400, "bad_data", message);

    /// <summary>A parameter that cannot be read.</summary>
    public static QueryException Bad(string parameter, string message) =>
        Bad($"invalid parameter {QuerySyntax.Quote(parameter)}: {message}");

    /// <summary>Understood, but too much.</summary>
    public static QueryException TooMuch(string message) => new(422, "execution", message);
}
