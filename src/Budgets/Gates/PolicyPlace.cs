using System.Globalization;
using System.Text.RegularExpressions;
using Steady.Contracts.Budgets;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Steady.Budgets.Gates;

/// <summary>A place in a policy document: reads what stands there and notes everything that is wrong, with path and line.</summary>
internal sealed partial class PolicyPlace(YamlNode? node, string path, List<Finding> findings)
{
    private const int Most = 100;
    private const int Deepest = 20;

    public bool Exists => node is not (null or YamlScalarNode { Value: "" or "~" or "null", Style: ScalarStyle.Plain });

    /// <summary>The root of a document, YAML or JSON; null with a finding when it cannot be read.</summary>
    public static PolicyPlace? Root(string text, List<Finding> findings)
    {
        try
        {
            if (IsTooDeep(text))
            {
                findings.Add(new("", "The document is nested too deeply.", $"At most {Deepest} levels."));
                return null;
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1)
                return new PolicyPlace(stream.Documents[0].RootNode, "", findings);
            findings.Add(new("", $"There are {stream.Documents.Count} documents.", "Exactly one document."));
        }
        catch (YamlException e)
        {
            findings.Add(new("", $"This is no YAML: {e.Message}", "A YAML or JSON document.", (int)e.Start.Line));
        }

        return null;
    }

    public void Wrong(string message, string accepted) =>
        findings.Add(new(path, message, accepted, node is null ? null : (int)node.Start.Line));

    /// <summary>Notes members that nobody reads.</summary>
    public PolicyPlace Only(params string[] names)
    {
        if (node is YamlMappingNode mapping)
        {
            foreach (var (key, _) in mapping.Children)
            {
                var name = (key as YamlScalarNode)?.Value ?? "";
                if (!names.Contains(name))
                    Child(key, name).Wrong("This member is unknown.", $"One of {string.Join(", ", names)}.");
            }
        }
        else if (Exists)
            Wrong("This is no mapping.", $"Members {string.Join(", ", names)}.");

        return this;
    }

    public PolicyPlace Member(string name) =>
        Child(
            node is YamlMappingNode mapping && mapping.Children.TryGetValue(name, out var child) ? child : null,
            name
        );

    public IReadOnlyList<PolicyPlace> Items()
    {
        if (!Exists)
            return [];
        if (node is YamlSequenceNode { Children.Count: <= Most } sequence)
            return [.. sequence.Children.Select((child, i) => new PolicyPlace(child, $"{path}[{i}]", findings))];
        Wrong("This is no list that is accepted.", $"A list of at most {Most} items.");
        return [];
    }

    public string? Text(string accepted, int most = 200)
    {
        if (node is YamlScalarNode { Value: { } text } && text.Length > 0 && text.Length <= most)
            return text;
        if (Exists || accepted.Length > 0)
            Wrong(Exists ? "This is no text that is accepted." : "This is missing.", accepted);
        return null;
    }

    public IReadOnlyList<string> Texts(string accepted) =>
        [.. Items().Select(item => item.Text(accepted, 60)).OfType<string>()];

    public decimal? Number(decimal least, decimal most)
    {
        var accepted = string.Create(
            CultureInfo.InvariantCulture,
            $"A number from {least} to {most} with at most 6 decimals."
        );
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        if (
            node is YamlScalarNode { Value: { } text }
            && decimal.TryParse(text, plain, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            && decimal.Round(number, 6) == number
        )
            return number;
        Wrong("This is no number that is accepted.", accepted);
        return null;
    }

    /// <summary>A length such as <c>15m</c>, <c>4h</c>, <c>28d</c>, <c>4w</c>, up to 400 days.</summary>
    public string? Length()
    {
        if (
            node is YamlScalarNode { Value: { } text }
            && LengthForm().IsMatch(text)
            && Burn.Window.Parse(text).Length <= TimeSpan.FromDays(400)
        )
            return text;
        Wrong("This is no length of time.", "A number and m, h, d or w, from 1m to 400d, for example 15m.");
        return null;
    }

    public bool? Flag()
    {
        if (node is YamlScalarNode { Value: "true" or "false" } scalar)
            return scalar.Value == "true";
        Wrong("This is neither true nor false.", "true or false.");
        return null;
    }

    /// <summary>One of an enum's members, in camel case.</summary>
    public T? Word<T>(params T[] accepted)
        where T : struct, Enum
    {
        var words = (accepted.Length > 0 ? accepted : Enum.GetValues<T>()).ToDictionary(Camel);
        if (node is YamlScalarNode { Value: { } text } && words.TryGetValue(text, out var value))
            return value;
        Wrong("This word is not accepted.", $"One of {string.Join(", ", words.Keys)}.");
        return null;
    }

    public IReadOnlyList<T> Words<T>()
        where T : struct, Enum => [.. Items().Select(item => item.Word<T>()).OfType<T>()];

    // Nodes are loaded by recursion, so the depth is counted on the flat stream of the parser first.
    private static bool IsTooDeep(string text)
    {
        var parser = new Parser(new StringReader(text));
        for (var depth = 0; parser.MoveNext(); )
        {
            depth += parser.Current!.NestingIncrease;
            if (depth > Deepest)
                return true;
        }

        return false;
    }

    private PolicyPlace Child(YamlNode? child, string name) =>
        new(child, path.Length == 0 ? name : $"{path}.{name}", findings);

    private static string Camel<T>(T value)
        where T : struct, Enum => char.ToLowerInvariant($"{value}"[0]) + $"{value}"[1..];

    [GeneratedRegex("^[1-9][0-9]{0,4}[mhdw]$")]
    private static partial Regex LengthForm();
}
