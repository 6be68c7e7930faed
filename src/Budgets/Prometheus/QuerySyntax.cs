using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Steady.Budgets.Prometheus;

/// <summary>
/// Reads the part of PromQL that is answered here: a selector, a metric's name with label matchers. Whoever needs more
/// asks Prometheus; a wrong answer to a half-understood question would be worse than none. Two things besides, because
/// clients ask them to see whether anybody is there: <c>1+1</c> (Grafana) and <c>vector(1)</c> (Flagger).
/// </summary>
public static partial class QuerySyntax
{
    public const int Longest = 4_000;
    private const int MostMatchers = 30;

    /// <exception cref="QueryException">Anything else.</exception>
    public static Query Read(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Wrong("no expression found in input");
        if (text.Length > Longest)
            throw QueryException.Bad("query", $"{Longest} characters are accepted, this has {text.Length}");
        if (Sum().IsMatch(text))
            return new Query(null, text.Split('+').Sum(Number));
        if (Vector().Match(text) is { Success: true } vector)
            return new Query(null, Number(vector.Groups[1].Value), AsVector: true);
        return new Query(new Reader(text).Selector());
    }

    /// <summary>As Go quotes: what error messages of Prometheus look like.</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static QueryException Wrong(string message, int? at = null) =>
        QueryException.Bad(
            "query",
            $"{(at is { } place ? $"1:{place + 1}" : "unknown position")}: parse error: {message}. Accepted is one selector: a metric name, "
                + "or label matchers with =, !=, =~, !~ in braces, or both, for example slo_burn_rate{objective=\"checkout\",window=~\"5m|1h\"}. "
                + "Functions, operators, aggregations, ranges and offsets are not; GET /api/v1/metadata lists the metrics."
        );

    [GeneratedRegex(@"^\s*\d{1,9}(?:\s*\+\s*\d{1,9}){0,9}\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Sum();

    [GeneratedRegex(@"^\s*vector\s*\(\s*(\d{1,9}(?:\.\d{1,9})?)\s*\)\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Vector();

    // One pass over the text; a place in a message is a character, counted from one.
    private sealed class Reader(string text)
    {
        private readonly List<Matcher> matchers = [];
        private int at;

        public Selector Selector()
        {
            Blanks();
            if (Name(colons: true) is { } metric)
                matchers.Add(new Matcher("__name__", MatchOperator.Equal, metric));
            Blanks();
            if (Take('{'))
                Matchers();
            Blanks();
            if (at < text.Length)
                throw Wrong($"unexpected {Quote(text[at].ToString())}", at);
            if (matchers.Count == 0 || matchers.All(matcher => matcher.AcceptsNothing))
                throw Wrong("vector selector must contain at least one non-empty matcher", 0);
            return new Selector(matchers);
        }

        private void Matchers()
        {
            for (Blanks(); !Take('}'); Blanks())
            {
                if (matchers.Count == MostMatchers)
                    throw Wrong($"more than {MostMatchers} label matchers", at);
                var label = Name(colons: false) ?? throw Wrong("a label name is expected", at);
                Blanks();
                var how = Operator();
                Blanks();
                matchers.Add(new Matcher(label, how, Text()));
                Blanks();
                if (!Take(',') && (at == text.Length || text[at] != '}'))
                    throw Wrong("\",\" or \"}\" is expected", at);
            }
        }

        private MatchOperator Operator()
        {
            (string Sign, MatchOperator How)[] signs =
            [
                ("=~", MatchOperator.Matches),
                ("!~", MatchOperator.MatchesNot),
                ("!=", MatchOperator.NotEqual),
                ("=", MatchOperator.Equal),
            ];
            foreach (var (sign, how) in signs)
            {
                if (!text.AsSpan(at).StartsWith(sign, StringComparison.Ordinal))
                    continue;
                at += sign.Length;
                return how;
            }

            throw Wrong("one of =, !=, =~, !~ is expected", at);
        }

        private string Text()
        {
            if (at == text.Length || text[at] is not ('"' or '\'' or '`'))
                throw Wrong("a quoted value is expected", at);
            var (quote, begin) = (text[at++], at - 1);
            var value = new StringBuilder();
            while (at < text.Length && text[at] != quote)
                value.Append(text[at] == '\\' && quote != '`' ? Escaped() : text[at++]);
            if (!Take(quote))
                throw Wrong("unterminated quoted string", begin);
            return value.ToString();
        }

        private char Escaped()
        {
            var sign = at + 1 < text.Length ? text[at + 1] : ' ';
            at += 2;
            return sign switch
            {
                '\\' or '"' or '\'' => sign,
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                _ => throw Wrong("only \\\\, \\\", \\', \\n, \\t and \\r are escaped", at - 2),
            };
        }

        private string? Name(bool colons)
        {
            var begin = at;
            while (at < text.Length && IsName(text[at], first: at == begin, colons))
                at++;
            return at == begin ? null : text[begin..at];
        }

        private static bool IsName(char sign, bool first, bool colons) =>
            char.IsAsciiLetter(sign) || sign == '_' || (sign == ':' && colons) || (char.IsAsciiDigit(sign) && !first);

        private bool Take(char sign)
        {
            if (at == text.Length || text[at] != sign)
                return false;
            at++;
            return true;
        }

        private void Blanks()
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
        }
    }
}
