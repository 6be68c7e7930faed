using System.Text;

namespace Steady.OpenSlo;

/// <summary>One objective of an SLO.</summary>
/// <param name="Name">The document's name; of several objectives each has an ending of its own.</param>
/// <param name="Slo">The whole document in v1, with all it refers to.</param>
/// <param name="Objective">The objective inside it.</param>
/// <param name="Document">The v1 document that says this objective and no other.</param>
public sealed record ObjectiveDocument(string Name, string DisplayName, Place Slo, Place Objective, MapNode Document);

/// <summary>Takes valid SLOs of any version apart: one v1 document for each objective.</summary>
public static class ObjectiveDocuments
{
    private const int LongestName = 63;

    public static (IReadOnlyList<ObjectiveDocument> Objectives, IReadOnlyList<Finding> Findings) Of(Report report)
    {
        var findings = new Findings();
        var upgraded = report.Documents.Select(Upgrade.ToV1).ToList();
        IReadOnlyList<Finding> refused = [.. upgraded.SelectMany(one => one.Findings)];
        var (objects, _) = References.Inline([.. upgraded.Select(one => one.Object)], remove: false);
        var slos = objects
            .Select((o, i) => report.Documents[i] with { Node = o, Dialect = Dialect.V1 })
            .Where(document => document.Kind == "SLO")
            .Select(document => document.Root)
            .ToList();
        var root = new Place("", null, null);
        if (slos.Count == 0)
            findings.Add(root, "no_slo", "There is no SLO in this text.", "At least one object of kind SLO.");
        var singles = refused.Count > 0 ? [] : slos.SelectMany(slo => Of(findings, slo)).ToList();
        foreach (var twice in singles.GroupBy(single => single.Name).SelectMany(group => group.Skip(1)))
            findings.Add(
                twice.Slo["metadata"]["name"],
                "name_twice",
                $"There are two objectives '{twice.Name}' in this text.",
                "A name of its own for each objective."
            );
        return (singles, [.. refused, .. findings.All]);
    }

    private static List<ObjectiveDocument> Of(Findings to, Place slo)
    {
        var objectives = slo["spec"]["objectives"].Items().ToList();
        if (objectives.Count == 0)
            to.Add(
                slo["spec"]["objectives"],
                "required",
                "There is no objective.",
                "A list with at least one objective."
            );
        var singles = new List<ObjectiveDocument>();
        foreach (var (objective, name) in objectives.Zip(Names(to, slo, objectives)))
        {
            var display = DisplayName(slo, objective, objectives.Count > 1 ? name : null);
            var document = Alone(slo, objective, name, objectives.Count > 1 ? display : null);
            singles.Add(new(name, display, slo, objective, document));
        }

        return singles;
    }

    // Several objectives are called after what each is called, when each is called something else, or by their number.
    private static List<string> Names(Findings to, Place slo, List<Place> objectives)
    {
        var name = slo["metadata"]["name"].Text!;
        if (objectives.Count <= 1)
            return [name];
        var ends = objectives.Select(objective => Slug(objective["displayName"].Text ?? "")).ToList();
        if (ends.Any(end => end.Length == 0) || ends.Distinct().Count() < ends.Count)
            ends = [.. objectives.Select((_, i) => $"{i + 1}")];
        var names = ends.Select(end => $"{name}-{end}").ToList();
        foreach (var (objective, whole) in objectives.Zip(names).Where(pair => pair.Second.Length > LongestName))
            to.Add(
                objective["displayName"],
                "name_too_long",
                $"The objective would be called '{whole}', which is too long.",
                $"A shorter name or displayName: {LongestName} characters together."
            );
        return names;
    }

    private static string DisplayName(Place slo, Place objective, string? name)
    {
        var metadata = slo["metadata"];
        var whole =
            metadata["displayName"].Text
            ?? metadata["annotations"][Annotations.DisplayName].Text
            ?? metadata["name"].Text!;
        if (name is null)
            return whole;
        var display = objective["displayName"].Text is { Length: > 0 } part ? $"{whole}: {part}" : name;
        return display.Length <= LongestName ? display : name;
    }

    private static MapNode Alone(Place slo, Place objective, string name, string? displayName)
    {
        var whole = (MapNode)slo.Node!;
        var metadata = ((MapNode)whole["metadata"]!).With("name", new TextNode(name));
        if (displayName is not null)
            metadata = metadata.With("displayName", new TextNode(displayName));
        var one = ((MapNode)objective.Node!).Without("indicator", "indicatorRef", "compositeWeight");
        var spec = ((MapNode)whole["spec"]!).With("objectives", new ListNode([one]));
        foreach (var key in (string[])["indicator", "indicatorRef"])
        {
            if (objective[key].IsThere)
                spec = spec.With(key, objective[key].Node!);
        }

        var document = OpenSloText.Judge([whole.With("metadata", metadata).With("spec", spec)], Mode.Strict);
        return (MapNode)Canonical.Form(document.Documents[0]);
    }

    private static string Slug(string text)
    {
        var slug = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
                slug.Append(c);
            else if (slug.Length > 0 && slug[^1] != '-')
                slug.Append('-');
        }

        return slug.ToString().TrimEnd('-');
    }
}
