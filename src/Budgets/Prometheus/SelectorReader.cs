using System.Text;

namespace Steady.Budgets.Prometheus;

/// <summary>One pass over a selector's text; a place in a message is a character, counted from one.</summary>
internal sealed class SelectorReader
{
    private const int MostMatchers = 30;
    private readonly string text;
    private readonly List<Matcher> matchers = [];
    private int at;

    public SelectorReader(string text) => this.text = text;

    public Selector Selector()
    {
        Blanks();
        if (Name(colons: true) is { } metric)
            matchers.Add(new Matcher(Prometheus.Selector.NameLabel, MatchOperator.Equal, metric));
        Blanks();
        if (Take('{'))
            Matchers();
        Blanks();
        if (at < text.Length)
            throw QuerySyntax.Wrong($"unexpected {QuerySyntax.Quote(text[at].ToString())}", at);
        if (matchers.Count == 0 || matchers.All(matcher => matcher.AcceptsNothing))
            throw QuerySyntax.Wrong("vector selector must contain at least one non-empty matcher", 0);
        return new Selector(matchers);
    }

    private void Matchers()
    {
        for (Blanks(); !Take('}'); Blanks())
        {
            if (matchers.Count == MostMatchers)
                throw QuerySyntax.Wrong($"more than {MostMatchers} label matchers", at);
            Matcher();
            Blanks();
            if (!Take(',') && (at == text.Length || text[at] != '}'))
                throw QuerySyntax.Wrong("\",\" or \"}\" is expected", at);
        }
    }

    // A name that is no identifier is quoted, and the metric's own name may stand among the labels (Prometheus 3).
    private void Matcher()
    {
        var isQuoted = at < text.Length && text[at] is '"' or '\'' or '`';
        var label = isQuoted ? Text() : Name(colons: false);
        Blanks();
        if (string.IsNullOrEmpty(label))
            throw QuerySyntax.Wrong("a label name is expected", at);
        if (isQuoted && (at == text.Length || text[at] is ',' or '}'))
        {
            matchers.Add(new Matcher(Prometheus.Selector.NameLabel, MatchOperator.Equal, label));
            return;
        }

        var how = Operator();
        Blanks();
        matchers.Add(new Matcher(label, how, Text()));
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

        throw QuerySyntax.Wrong("one of =, !=, =~, !~ is expected", at);
    }

    private string Text()
    {
        if (at == text.Length || text[at] is not ('"' or '\'' or '`'))
            throw QuerySyntax.Wrong("a quoted value is expected", at);
        var (quote, begin) = (text[at++], at - 1);
        var value = new StringBuilder();
        while (at < text.Length && text[at] != quote)
            value.Append(text[at] == '\\' && quote != '`' ? Escaped() : text[at++]);
        if (!Take(quote))
            throw QuerySyntax.Wrong("unterminated quoted string", begin);
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
            _ => throw QuerySyntax.Wrong("only \\\\, \\\", \\', \\n, \\t and \\r are escaped", at - 2),
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
