using Steady.OpenSlo;

namespace Steady.ChaosToolkit.Rules;

/// <summary>What a tolerance may be, and what it then is.</summary>
internal sealed class ToleranceRules(Findings to, Settings settings)
{
    private const string Accepted =
        "true or false, a text, a whole number, a list, or an object of type range, regex, jsonpath or probe";

    /// <summary>The tolerance; null when it is wrong, which is found then.</summary>
    /// <param name="tolerance">Where it stands.</param>
    /// <param name="provider">The type of the probe's provider: http and process have a status beside the rest.</param>
    /// <param name="provided">Checks the provider of a tolerance that is a probe.</param>
    public Tolerance? Read(Place tolerance, string? provider, Action<Place> provided)
    {
        if (settings.IsOpen(tolerance))
            return null;
        var filled = settings.Fill(tolerance);
        switch (filled.Node)
        {
            case TruthNode or TextNode:
                return new SameTolerance(filled.Node);
            case NumberNode when filled.Whole is not null:
                return new WholeTolerance(filled.Node);
            case NumberNode:
                return Wrong(
                    tolerance,
                    Codes.ToleranceFloat,
                    $"A tolerance cannot be the number {filled.Shown}: a measured value is never exactly that. Use {{\"type\": \"range\", \"range\": [low, high]}}."
                );
            case ListNode list:
                return List(filled, list, provider);
            case MapNode:
                return Typed(filled, provider, provided);
            default:
                return Wrong(tolerance, Codes.ToleranceType, $"The tolerance is missing. Give {Accepted}.");
        }
    }

    private ListTolerance List(Place tolerance, ListNode list, string? provider)
    {
        if (list.Items.Count == 2 && provider is "http" or "process")
            to.Add(
                tolerance,
                Codes.PairIsMembership,
                "These two are the accepted values of the status, not the ends of a range. For a range use {\"type\": \"range\", \"target\": …, \"range\": [low, high]}."
            );
        return new ListTolerance(list.Items);
    }

    private Tolerance? Typed(Place tolerance, string? provider, Action<Place> provided)
    {
        switch (tolerance["type"].Text)
        {
            case "range":
                return Range(tolerance);
            case "regex":
                return Regex(tolerance, provider);
            case "jsonpath":
                return JsonPath(tolerance);
            case "probe":
                provided(tolerance);
                return new ProbeTolerance(tolerance["name"].Text ?? "");
            default:
                return Wrong(
                    tolerance,
                    Codes.ToleranceType,
                    $"A tolerance of type {tolerance["type"].Shown} is not known. Give {Accepted}."
                );
        }
    }

    private Tolerance? Range(Place tolerance)
    {
        var range = tolerance["range"];
        if (range.Node is ListNode { Items: [NumberNode low, NumberNode high] })
        {
            // The wrong way round nothing is ever within it.
            return
                Numeral.Read(low.Value) is { } from && Numeral.Read(high.Value) is { } end && from.CompareTo(end) <= 0
                ? new RangeTolerance(low, high, Target(tolerance))
                : Wrong(range, Codes.ToleranceType, "A range goes from the lower to the higher number.");
        }

        return Wrong(range, Codes.ToleranceType, "A range is a list of exactly two numbers: [low, high].");
    }

    private Tolerance? Regex(Place tolerance, string? provider)
    {
        if (provider is "http" or "process" && Target(tolerance) is null or "")
            to.Add(
                tolerance,
                Codes.RegexNoTarget,
                $"A pattern must know what to look at. Give the 'target': {(provider == "http" ? "body" : "stdout or stderr")}."
            );
        if (tolerance["pattern"].Text is null)
            return Wrong(
                tolerance["pattern"],
                Codes.ToleranceType,
                "A tolerance of type regex needs a 'pattern', a text."
            );
        var filled = settings.Fill(tolerance["pattern"]);
        var (pattern, code, problem) = Pattern.Read(filled.Text ?? "");
        return pattern is not null
            ? new RegexTolerance(pattern, Target(tolerance))
            : Wrong(tolerance["pattern"], code, $"The pattern {filled.Shown} is refused: {problem}.");
    }

    private Tolerance? JsonPath(Place tolerance)
    {
        if (settings.Fill(tolerance["path"]).Text?.Trim() is not { Length: > 0 } path)
            return Wrong(
                tolerance["path"],
                Codes.JsonPath,
                "A tolerance of type jsonpath needs a 'path'; it begins with '$'."
            );
        var (query, column, problem) = JsonPathQuery.Parse(path);
        if (query is null)
            return Wrong(tolerance["path"], Codes.JsonPath, $"The path cannot be read at column {column}: {problem}.");
        var count = tolerance["count"];
        if (count.IsThere && !(count.Whole is { } times && times >= 0 && times <= int.MaxValue))
            return Wrong(
                count,
                Codes.ToleranceType,
                "The 'count' is how often the path must find something: a whole number."
            );
        var expect = tolerance["expect"];
        IReadOnlyList<Node>? expected =
            !tolerance.Has("expect") ? null
            : expect.Node is ListNode list ? list.Items
            : [settings.Fill(expect).Node!];
        return new JsonPathTolerance(query, Target(tolerance), (int?)count.Whole, expected);
    }

    private static string? Target(Place tolerance) => tolerance["target"].Text;

    private Tolerance? Wrong(Place place, string code, string message)
    {
        to.Add(place, code, message);
        return null;
    }
}
