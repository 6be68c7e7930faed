using System.Globalization;
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
        return new Query(new SelectorReader(text).Selector());
    }

    /// <summary>As Go quotes: what error messages of Prometheus look like.</summary>
    public static string Quote(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    internal static QueryException Wrong(string message, int? at = null) =>
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
}
