using System.Globalization;

namespace Steady.Incidents.Timeline.Query;

/// <summary>The canonical text of a query: reading it gives the same query. Pure.</summary>
public static class Printing
{
    public static string Print(Search search)
    {
        var said = Settings(search.Settings).ToList();
        var parts = new List<string>();
        if (search.Where is { } where)
            parts.Add(said.Count > 0 && where is Any ? $"({Print(where)})" : Print(where));
        parts.AddRange(said);
        parts.AddRange(search.Pipes.Select(pipe => $"| {Print(pipe)}"));
        return string.Join(' ', parts);
    }

    private static IEnumerable<string> Settings(Settings settings)
    {
        if (settings.From is { } from)
            yield return $"{Fields.From}:{Print(from)}";
        if (settings.To is { } to)
            yield return $"{Fields.To}:{Print(to)}";
        if (settings.KnownAt is { } knownAt)
            yield return $"{Fields.KnownAt}:{Print(knownAt)}";
        if (settings.SeenBy is { } who)
            yield return $"{Fields.SeenBy}:{Print(who)}";
        if (settings.Recorded)
            yield return $"{Fields.Order}:{Fields.Recorded}";
    }

    private static string Print(Condition condition) =>
        condition switch
        {
            Term term => Print(term),
            Not { Of: Term term } => $"-{Print(term)}",
            Not { Of: Not inner } => $"not {Print(inner)}",
            Not not => $"not ({Print(not.Of)})",
            All all => string.Join(' ', all.Of.Select(part => part is All or Any ? $"({Print(part)})" : Print(part))),
            Any any => string.Join(" or ", any.Of.Select(part => part is Any ? $"({Print(part)})" : Print(part))),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };

    private static string Print(Term term)
    {
        var values = string.Join(',', term.Values.Select(Print));
        return $"{term.Field}{Sign(term.Relation)}{(term.Values.Count == 1 ? values : $"({values})")}";
    }

    public static string Sign(Relation relation) =>
        relation switch
        {
            Relation.Is => ":",
            Relation.IsNot => "!=",
            Relation.Less => "<",
            Relation.AtMost => "<=",
            Relation.Greater => ">",
            _ => ">=",
        };

    private static string Print(Value value) =>
        value switch
        {
            Word word => Print(word),
            Amount amount => amount.Number.ToString("0.####################", CultureInfo.InvariantCulture),
            Length length => Lengths.Print(length.Time),
            When moment => Print(moment),
            _ => throw new ArgumentOutOfRangeException(nameof(value)),
        };

    private static string Print(Word word) =>
        word.Match switch
        {
            Match.Begins => $"{word.Text}*",
            Match.Inside => $"*{word.Text}*",
            _ when word.Text.All(IsPlain) => word.Text,
            _ => Quoted(word.Text),
        };

    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static string Print(When moment)
    {
        if (moment.At is { } at)
            return at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
        var offset =
            moment.Offset == TimeSpan.Zero ? ""
            : moment.Offset < TimeSpan.Zero ? $"-{Lengths.Print(-moment.Offset)}"
            : $"+{Lengths.Print(moment.Offset)}";
        return $"{moment.Anchor}{offset}";
    }

    public static string Print(Pipe pipe) =>
        pipe switch
        {
            First first => $"first {first.Count}",
            Last last => $"last {last.Count}",
            Gaps gaps => $"gaps>{Lengths.Print(gaps.Longer)}",
            Causal causal => string.Create(
                CultureInfo.InvariantCulture,
                $"{(causal.Causes ? "causes" : "effects")}(depth:{causal.Depth})"
            ),
            CountBy count => $"count by {count.Key}",
            _ => throw new ArgumentOutOfRangeException(nameof(pipe)),
        };

    private static bool IsPlain(char letter) =>
        char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.' or '/' or ':' or '@' or '#' or '+' or '>';
}
