using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.OpenSlo;

namespace Steady.Incidents.Catalog;

/// <summary>An entry as a document has it.</summary>
public sealed record CatalogDocument(CatalogKind Kind, string Name, SetCatalogEntry Entry, int Number, int Line);

/// <summary>What was found in a text.</summary>
public sealed record CatalogReading(
    IReadOnlyList<CatalogDocument> Documents,
    IReadOnlyList<CatalogIgnored> Ignored,
    IReadOnlyList<Finding> Findings
);

/// <summary>
/// Reads Backstage's <c>catalog-info.yaml</c>: Component, System, Group, API and Resource. What Backstage has no word for stands
/// in annotations: <c>steady.dev/tier</c>, <c>steady.dev/public</c>, and <c>soft.steady.dev/NAME</c> with the fallback. Pure.
/// </summary>
public static class CatalogText
{
    private const string Ours = "steady.dev/";
    private const string Soft = "soft.steady.dev/";
    public const string Namespace = "default";
    private static readonly string[] Idle = ["Domain", "User", "Location", "Template"];

    public static CatalogReading Read(string text, bool json = false)
    {
        var (documents, broken) = NodeText.Read(text, json);
        if (broken is not null)
            return new CatalogReading([], [], [broken]);
        var (read, ignored, findings) = (new List<CatalogDocument>(), new List<CatalogIgnored>(), new List<Finding>());
        for (var i = 0; i < documents.Count; i++)
        {
            var path = documents.Count == 1 ? "" : $"documents[{i}]";
            Read(new Place(path, documents[i], null), i + 1, read, ignored, findings);
        }

        foreach (var twice in read.GroupBy(one => (one.Kind, one.Name)).Where(same => same.Count() > 1))
            findings.Add(
                new Finding(
                    "metadata.name",
                    "twice",
                    $"{twice.Key.Kind} {twice.Key.Name} is described {twice.Count()} times.",
                    "One document each.",
                    twice.Last().Line
                )
            );
        if (documents.Count == 0)
            findings.Add(new Finding("", "empty", "There is no document.", "Backstage entities as YAML or JSON."));
        return new CatalogReading(read, ignored, [.. findings.OrderBy(one => one.Line).Take(Limits.Findings)]);
    }

    private static void Read(
        Place root,
        int number,
        List<CatalogDocument> read,
        List<CatalogIgnored> ignored,
        List<Finding> findings
    )
    {
        var line = root.Node?.Line ?? 0;
        if (
            root["apiVersion"].Text is not { } version
            || !version.StartsWith("backstage.io/", StringComparison.Ordinal)
        )
        {
            findings.Add(Wrong(root["apiVersion"], line, "This is no entity of Backstage.", "backstage.io/v1alpha1."));
            return;
        }

        var word = root["kind"].Text ?? "";
        if (Idle.Contains(word) || root["metadata"]["namespace"].Text is not (null or Namespace))
        {
            ignored.Add(new CatalogIgnored(number, line, word, Idle.Contains(word) ? Unused(word) : OtherNamespace));
            return;
        }

        if (Cataloguing.KindOf(word) is not { } kind)
        {
            ignored.Add(
                new CatalogIgnored(number, line, word, $"'{word}' is no kind of Backstage that is known here.")
            );
            return;
        }

        var reader = new CatalogReader(findings, line);
        var name = reader.Name(root["metadata"]["name"]);
        var entry = Entry(root, kind, reader);
        foreach (var (field, message) in Cataloguing.Check(kind, name ?? "x", entry))
            findings.Add(
                new Finding($"{root.Path}{(root.Path is "" ? "" : ".")}{field}", "invalid", message, "", line)
            );
        if (name is not null)
            read.Add(new CatalogDocument(kind, name, entry, number, line));
    }

    private const string OtherNamespace = "Only the namespace 'default' is kept here.";

    private static string Unused(string kind) =>
        kind switch
        {
            "User" => "People are who their tokens say they are.",
            "Domain" => "Nothing here is decided by domains.",
            "Location" => "Nothing is fetched from elsewhere. Send the documents that it names.",
            _ => "Nothing is made from templates here.",
        };

    private static SetCatalogEntry Entry(Place root, CatalogKind kind, CatalogReader reader)
    {
        var (metadata, spec) = (root["metadata"], root["spec"]);
        var annotations = metadata["annotations"];
        var @public = reader.Text(annotations[$"{Ours}public"], 100);
        return new SetCatalogEntry(
            @public is { } shown && !IsTruth(shown) ? shown : reader.Text(metadata["title"], 100),
            reader.Text(metadata["description"], 2000),
            reader.Owner(spec["owner"]),
            reader.Reference(spec["system"], CatalogKind.System)?.Name,
            reader.Text(spec["type"], 63),
            reader.Text(spec["lifecycle"], 63),
            reader.Tier(annotations[$"{Ours}tier"]),
            @public is not (null or "false"),
            Needs(spec, annotations, reader),
            kind == CatalogKind.Group ? reader.Texts(spec["members"]) : null
        );
    }

    // What is annotated as soft is needed whether or not it is listed; the rest is hard.
    private static IReadOnlyList<CatalogDependency>? Needs(Place spec, Place annotations, CatalogReader reader)
    {
        var soft = annotations
            .Members()
            .Where(one => one.Key.StartsWith(Soft, StringComparison.Ordinal))
            .ToDictionary(one => one.Key[Soft.Length..], one => one.Value.Text ?? "");
        var needs = new List<CatalogDependency>();
        foreach (
            var place in spec["dependsOn"]
                .Items()
                .Select(place => (place, CatalogKind.Component))
                .Concat(spec["consumesApis"].Items().Select(place => (place, CatalogKind.Api)))
        )
        {
            if (reader.Reference(place.place, place.Item2) is not { } need)
                continue;
            needs.Add(
                soft.Remove(need.Name, out var fallback)
                    ? need with
                    {
                        Strength = DependencyStrength.Soft,
                        Fallback = fallback,
                    }
                    : need
            );
        }

        needs.AddRange(
            soft.Select(one => new CatalogDependency(
                one.Key,
                CatalogKind.Component,
                DependencyStrength.Soft,
                one.Value
            ))
        );
        return needs.Count > 0 ? needs : null;
    }

    private static bool IsTruth(string text) => text is "true" or "false";

    public static Finding Wrong(Place place, int line, string message, string accepted) =>
        new(place.Path, "invalid", message, accepted, place.Node is { Line: > 0 } node ? node.Line : line);
}
