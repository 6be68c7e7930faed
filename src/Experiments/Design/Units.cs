using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Steady.Experiments.Design;

/// <summary>
/// Durations and shares with their unit, as people write them: <c>holdSeconds: 2m</c>, <c>withinMs: 0.3s</c>,
/// <c>minimumGood: 95%</c>. What is not meant by the member stays as it is and is told as a wrong type.
/// </summary>
internal static partial class Units
{
    private static readonly string[] Shares = ["minimumGood", "failingAbove", "spendAtMost", "share"];

    /// <summary>The same document in the units that the members are named after.</summary>
    public static JsonNode? Plain(JsonNode? node)
    {
        if (node is JsonArray items)
        {
            foreach (var item in items)
                Plain(item);
        }
        else if (node is JsonObject members)
        {
            var fault = (members["fault"] as JsonValue)?.ToString();
            foreach (var (name, value) in members.ToList())
            {
                if (value is JsonValue scalar && scalar.TryGetValue<string>(out var text))
                    members[name] = Number(name, fault, text) is { } number ? Written(number) : value.DeepClone();
                else
                    Plain(value);
            }
        }

        return node;
    }

    /// <summary>What a member takes besides a number, as a pattern; null when it takes no unit.</summary>
    public static string? Of(string name) =>
        name switch
        {
            _ when Shares.Contains(name) => Pattern("%"),
            "magnitude" => Pattern("(ms|s|m|h|%)"),
            "withinDays" => Pattern("d"),
            _ when name.EndsWith("Seconds", StringComparison.Ordinal)
                    || name.EndsWith("Ms", StringComparison.Ordinal) => Pattern("(ms|s|m|h)"),
            _ => null,
        };

    private static string Pattern(string units) => $@"^[0-9]{{1,9}}(\.[0-9]{{1,9}})?\s?{units}$";

    // Members of whole numbers take 300, not 300.0.
    private static JsonValue Written(decimal number) =>
        number == decimal.Truncate(number) && number <= int.MaxValue
            ? JsonValue.Create((int)number)
            : JsonValue.Create(number);

    private static decimal? Number(string name, string? fault, string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            return null;
        var unit = match.Groups["unit"].Value;
        var number = decimal.Parse(match.Groups["number"].Value, CultureInfo.InvariantCulture);
        var seconds = unit switch
        {
            "ms" => number / 1000,
            "s" => number,
            "m" => number * 60,
            "h" => number * 3600,
            _ => (decimal?)null,
        };
        return (name, unit, fault) switch
        {
            (_, "%", _) when Shares.Contains(name) => number / 100,
            ("magnitude", "%", "failure" or "serviceFailure") => number,
            ("magnitude", not "%", "latency" or "serviceLatency") => seconds * 1000,
            (_, not "%", _) when name.EndsWith("Seconds", StringComparison.Ordinal) => seconds,
            (_, not "%", _) when name.EndsWith("Ms", StringComparison.Ordinal) => seconds * 1000,
            ("withinDays", "d", _) => number,
            _ => null,
        };
    }

    [GeneratedRegex(@"^(?<number>[0-9]{1,9}(\.[0-9]{1,9})?)\s?(?<unit>ms|s|m|h|d|%)\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
