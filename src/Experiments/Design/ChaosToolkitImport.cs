using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Steady.ChaosToolkit;
using Steady.Contracts.Experiments;
using Steady.OpenSlo;

namespace Steady.Experiments.Design;

/// <summary>
/// A design from an experiment of Chaos Toolkit: toxics of its method become the ladder, probes of its hypothesis the steady
/// state and outcome alarms, safeguards blocking alarms. What the format has no words for stands in its extension
/// <c>steady</c>. A part that would not be executed as written refuses the whole file.
/// </summary>
public static partial class ChaosToolkitImport
{
    /// <summary>The extension that carries what the format has no words for.</summary>
    public const string Extension = "steady";

    private const string NotRunnable = "E-NOT-RUNNABLE";
    private const string Unfit = "E-DESIGN";

    /// <summary>The design, or null; and everything that was found, warnings as well.</summary>
    public static (ExperimentDesign? Design, IReadOnlyList<DocumentFinding> Findings) Read(
        string text,
        Format format,
        IReadOnlyDictionary<string, string> environment
    )
    {
        var report = ChaosToolkitText.Read(text, format, environment);
        var findings = report
            .Findings.Select(found => new DocumentFinding(found.Code, found.Where, found.Message))
            .ToList();
        if (!report.Accepted)
            return (null, findings);
        var file = (JsonObject)Yaml.ToJson(Filling.Of(report.Root!, environment))!;
        var parts = new ImportedParts(file);
        var design = parts.Design();
        findings.AddRange(
            parts.Unrunnable.Select(found => new DocumentFinding(NotRunnable, found.Path, found.Message))
        );
        if (parts.Unrunnable.Count > 0)
            return (null, findings);
        var (at, more) = Steady(file);
        Merging.Fill(design, more ?? []);
        Default(design, "name", Slug($"{file["title"]}"));
        Defaults(design["steadyState"] as JsonObject);
        foreach (var alarm in design["alarms"] as JsonArray ?? [])
            Defaults(alarm as JsonObject);
        var (read, wrong) = DesignDocument.Read(design.ToJsonString(), yaml: false);
        findings.AddRange(
            wrong.Select(found => new DocumentFinding(
                Unfit,
                at is null ? "/extensions" : $"/extensions/{at}/design",
                $"{found.Path}: {found.Message} What the experiment does not say belongs into its extension '{Extension}', under 'design'."
            ))
        );
        return (read, findings);
    }

    private static (int? At, JsonObject? Design) Steady(JsonObject file)
    {
        foreach (var (at, extension) in (file["extensions"] as JsonArray ?? []).Index())
        {
            if (extension is JsonObject own && $"{own["name"]}" == Extension && own["design"] is JsonObject design)
                return (at, design);
        }

        return (null, null);
    }

    // How often and how long is not said by the format; that every answer must be right is.
    private static void Defaults(JsonObject? measured)
    {
        if (measured?["probe"] is not JsonObject probe || measured["tolerance"] is not JsonObject tolerance)
            return;
        Default(probe, "timeoutMs", 2_000);
        Default(probe, "everyMs", 200);
        Default(tolerance, "withinMs", probe["timeoutMs"]!.DeepClone());
        Default(tolerance, "minimumGood", 1);
    }

    private static void Default(JsonObject members, string name, JsonNode value)
    {
        if (members[name] is null)
            members[name] = value;
    }

    private static string Slug(string title)
    {
        var words = NoWord().Replace(title.ToLower(CultureInfo.InvariantCulture), "-").Trim('-');
        return words[..Math.Min(words.Length, 63)].TrimEnd('-');
    }

    [GeneratedRegex("[^a-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex NoWord();
}
