using System.Text;
using System.Text.RegularExpressions;

namespace Steady.Budgets;

/// <summary>How a label is compared.</summary>
public enum MatchKind
{
    Equal,
    NotEqual,
    Regex,
    NotRegex,
}

/// <summary>One comparison of a selector. A label that is absent is the empty text, as in Prometheus.</summary>
public sealed record LabelMatcher(string Name, MatchKind Kind, string Value)
{
    private const RegexOptions Linear =
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Singleline;

    // Linear time whatever the text; the limit is for the impossible.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Regex? regex =
        Kind is MatchKind.Regex or MatchKind.NotRegex ? new Regex($@"\A(?:{Value})\z", Linear, Patience) : null;

    public bool Matches(string value) =>
        Kind switch
        {
            MatchKind.Equal => value == Value,
            MatchKind.NotEqual => value != Value,
            MatchKind.Regex => regex!.IsMatch(value),
            _ => !regex!.IsMatch(value),
        };
}

/// <summary>
/// An instant vector selector of PromQL, and nothing else of it: <c>name{label="value",…}</c> with = != =~ !~; names
/// that are no identifiers in quotes, as Prometheus 3 writes them: <c>{"http.server.duration","http.route"="/"}</c>.
/// </summary>
public sealed record Selector(string Text, IReadOnlyList<LabelMatcher> Matchers)
{
    public const string NameLabel = "__name__";

    /// <summary>The metric's name when it is one and no pattern.</summary>
    public string? Name =>
        Matchers.FirstOrDefault(one => one.Name == NameLabel && one.Kind == MatchKind.Equal)?.Value;

    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (var matcher in Matchers)
        {
            if (!matcher.Matches(labels.GetValueOrDefault(matcher.Name, "")))
                return false;
        }

        return true;
    }

    /// <summary>Reads a selector, or says in a sentence why it is none.</summary>
    public static bool TryParse(string text, out Selector? selector, out string? problem)
    {
        var reader = new SelectorReader(text);
        selector = null;
        problem = reader.Read();
        if (problem is not null)
            return false;
        selector = new Selector(text, reader.Matchers);
        return true;
    }
}

internal sealed class SelectorReader(string text)
{
    private const int MostMatchers = 30;
    private const int LongestPattern = 1000;
    private readonly StringBuilder quoted = new();
    private int at;

    public List<LabelMatcher> Matchers { get; } = [];

    public string? Read()
    {
        Blank();
        if (Identifier(colons: true) is { Length: > 0 } name)
            Matchers.Add(new(Selector.NameLabel, MatchKind.Equal, name));
        Blank();
        if (at < text.Length && text[at] == '{' && Braces() is { } problem)
            return problem;
        Blank();
        if (at < text.Length)
            return Expected("the end; only a name and matchers are read, no functions, ranges or operators");
        return Matchers.Any(one => !one.Matches(""))
            ? null
            : "At least one matcher must not match the empty text, or every series would be meant.";
    }

    private string? Braces()
    {
        at++;
        while (true)
        {
            Blank();
            if (Take('}'))
                return null;
            if (Matchers.Count == MostMatchers)
                return $"At most {MostMatchers} matchers are read.";
            if (Matcher() is { } problem)
                return problem;
            Blank();
            if (!Take(',') && (at == text.Length || text[at] != '}'))
                return Expected("',' or '}'");
        }
    }

    private string? Matcher()
    {
        var isQuoted = at < text.Length && text[at] is '"' or '\'';
        var name = isQuoted ? Quoted() : Identifier(colons: false);
        if (name is not { Length: > 0 })
            return Expected("a label's name");
        Blank();
        if (isQuoted && (at == text.Length || text[at] is ',' or '}'))
        {
            Matchers.Add(new(Selector.NameLabel, MatchKind.Equal, name));
            return null;
        }

        if (Operator() is not { } kind)
            return Expected("=, !=, =~ or !~");
        Blank();
        if (Quoted() is not { } value)
            return Expected("a value in quotes");
        return Add(name, kind, value);
    }

    private string? Add(string name, MatchKind kind, string value)
    {
        if (kind is MatchKind.Regex or MatchKind.NotRegex && value.Length > LongestPattern)
            return $"A pattern may have {LongestPattern} characters.";
        try
        {
            Matchers.Add(new(name, kind, value));
            return null;
        }
        catch (Exception e) when (e is ArgumentException or NotSupportedException)
        {
            return $"'{value}' is no pattern that can be matched in linear time: {e.Message}";
        }
    }

    private MatchKind? Operator()
    {
        if (Take('='))
            return Take('~') ? MatchKind.Regex : MatchKind.Equal;
        if (!Take('!'))
            return null;
        if (Take('='))
            return MatchKind.NotEqual;
        return Take('~') ? MatchKind.NotRegex : null;
    }

    private string? Quoted()
    {
        if (at == text.Length || text[at] is not ('"' or '\''))
            return null;
        var quote = text[at++];
        quoted.Clear();
        while (at < text.Length && text[at] != quote)
        {
            var c = text[at++];
            if (c == '\\' && at < text.Length)
                c = text[at++] switch
                {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    var other => other,
                };
            quoted.Append(c);
        }

        return Take(quote) ? quoted.ToString() : null;
    }

    private string Identifier(bool colons)
    {
        var from = at;
        while (
            at < text.Length
            && (
                char.IsAsciiLetter(text[at])
                || text[at] == '_'
                || (colons && text[at] == ':')
                || (at > from && char.IsAsciiDigit(text[at]))
            )
        )
            at++;
        return text[from..at];
    }

    private bool Take(char wanted)
    {
        if (at == text.Length || text[at] != wanted)
            return false;
        at++;
        return true;
    }

    private void Blank()
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
    }

    private string Expected(string what) => $"Position {at + 1}: expected {what}.";
}
