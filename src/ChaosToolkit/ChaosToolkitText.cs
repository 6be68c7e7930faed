using Steady.ChaosToolkit.Rules;
using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>What became of a text: accepted when nothing that was found refuses it.</summary>
public sealed record Report(IReadOnlyList<Finding> Findings, Node? Root)
{
    public bool Accepted => !Findings.Any(finding => finding.Refuses);
}

/// <summary>
/// Reads experiments of Chaos Toolkit (its library 1.45) from JSON or YAML and says what is wrong with them. Pure and
/// bounded: nothing of a file is ever executed, looked up or called, and no text takes it down.
/// </summary>
public static class ChaosToolkitText
{
    /// <param name="text">The experiment.</param>
    /// <param name="format">Which of the two it is; a text that could be both is looked at.</param>
    /// <param name="environment">Variables that the configuration and the secrets may ask for.</param>
    public static Report Read(
        string text,
        Format format = Format.Auto,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        var (root, broken) = Parse(text, format);
        if (broken is not null)
            return new([broken], null);
        var findings = new Findings();
        ExperimentRules.Check(findings, new Place("", root), environment ?? new Dictionary<string, string>());
        return new(findings.All, root);
    }

    /// <summary>The one document of a text, or what keeps it from being one.</summary>
    public static (Node? Root, Finding? Broken) Parse(string text, Format format)
    {
        var plain = text.TrimStart('\uFEFF');
        var json = format is Format.Json || (format is Format.Auto && plain.AsSpan().TrimStart() is ['{' or '[', ..]);
        var (documents, broken) = NodeText.Read(plain, json);
        // YAML may begin with a brace as well.
        if (broken is { Rule: "syntax" } && json && format is Format.Auto)
            (documents, broken) = NodeText.Read(plain, json: false);
        if (broken is not null)
            return (null, new(Code(broken.Rule), "", Told(broken)));
        return documents switch
        {
            [] => (null, new(Codes.Syntax, "", "The text is empty. Give one experiment.")),
            [var only] => (only, null),
            _ => (null, new(Codes.Syntax, "", "Give one experiment, not several documents.")),
        };
    }

    private static string Code(string rule) =>
        rule switch
        {
            "too_large" => Codes.TooLarge,
            "too_deep" => Codes.TooDeep,
            "too_many" => Codes.TooMany,
            "duplicate_key" => Codes.DuplicateKey,
            _ => Codes.Syntax,
        };

    private static string Told(OpenSlo.Finding broken) =>
        broken.Line > 0 ? $"{broken.Message} (Line {broken.Line}.)" : broken.Message;
}
