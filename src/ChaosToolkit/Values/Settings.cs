using System.Globalization;
using System.Text.RegularExpressions;
using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>Configuration and secrets of an experiment, and what they make of <c>${name}</c>.</summary>
internal sealed partial class Settings
{
    private readonly Dictionary<string, Node?> values = new(StringComparer.Ordinal);

    /// <summary>A value that is known only when the experiment runs is null; the first of a name wins.</summary>
    public void Set(string name, Node? value) => values.TryAdd(name, value);

    /// <summary>Whether it depends on a value that is not known yet.</summary>
    public bool IsOpen(Place place) =>
        place.Text is { } text
        && Placeholder().Matches(text).Any(found => values.TryGetValue(Name(found), out var value) && value is null);

    /// <summary>Whether a placeholder is left that nothing here has a value for.</summary>
    public bool IsUnknown(Place place) =>
        place.Text is { } text && Placeholder().Matches(text).Any(found => !values.ContainsKey(Name(found)));

    /// <summary>The same place with its placeholders filled in. A text that is one placeholder takes the value's type.</summary>
    public Place Fill(Place place)
    {
        if (place.Text is not { } text || !text.Contains("${", StringComparison.Ordinal))
            return place;
        if (Placeholder().Match(text) is { Success: true } whole && whole.Length == text.Length)
            return values.GetValueOrDefault(Name(whole)) is { } value ? place with { Node = value } : place;
        return place with { Node = new TextNode(Fill(text), place.Node!.Line) };
    }

    private string Fill(string text) =>
        Placeholder()
            .Replace(text, found => values.GetValueOrDefault(Name(found)) is { } value ? Written(value) : found.Value);

    private static string Written(Node value) =>
        value switch
        {
            TextNode text => text.Value,
            NumberNode number => number.Value,
            TruthNode truth => truth.Value ? "True" : "False",
            _ => NodeText.ToJson(value, indented: false),
        };

    private static string Name(Match found) => found.Groups[1].Value;

    /// <summary>What a variable of the environment becomes; null when it is no such value.</summary>
    public static Node? Typed(string value, string type) =>
        type switch
        {
            "int"
                when long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) =>
                new NumberNode(whole.ToString(CultureInfo.InvariantCulture)),
            "float"
                when decimal.TryParse(
                    value,
                    NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                    CultureInfo.InvariantCulture,
                    out var number
                ) => new NumberNode(number.ToString("0.0###########################", CultureInfo.InvariantCulture)),
            "bool" => new TruthNode(value.ToLowerInvariant() is "1" or "true" or "yes" or "on"),
            "json" => NodeText.Read(value, json: true) is { Broken: null } read ? read.Documents[0] : null,
            "str" or "bytes" => new TextNode(value),
            _ => null,
        };

    [GeneratedRegex(@"\$\{([^{}]+)\}", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}
