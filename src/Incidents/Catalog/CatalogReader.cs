using Steady.Contracts.Incidents;
using Steady.OpenSlo;

namespace Steady.Incidents.Catalog;

/// <summary>Reads what stands at a place, and tells what cannot be read.</summary>
public sealed class CatalogReader(List<Finding> findings, int line)
{
    public string? Name(Place place)
    {
        if (place.Text is { } name && Cataloguing.IsName(name))
            return name;
        findings.Add(
            CatalogText.Wrong(
                place,
                line,
                place.Text is { } text ? Cataloguing.NoName(text) : "The name is missing.",
                "A name."
            )
        );
        return null;
    }

    public string? Text(Place place, int longest)
    {
        // YAML reads a bare true or 1 as no text; who wrote it meant one.
        var text = place.Node switch
        {
            TruthNode truth => truth.Value ? "true" : "false",
            NumberNode number => number.Value,
            _ => place.Text,
        };
        if (!place.IsThere || text?.Length <= longest)
            return string.IsNullOrWhiteSpace(text) ? null : text;
        findings.Add(
            CatalogText.Wrong(place, line, $"'{place.Name}' is no text of at most {longest} characters.", "A text.")
        );
        return null;
    }

    public IReadOnlyList<string>? Texts(Place place)
    {
        var texts = place.Items().Select(item => Text(item, 100)).OfType<string>().ToList();
        return texts.Count > 0 ? texts : null;
    }

    public int? Tier(Place place)
    {
        if (Text(place, 10) is not { } text)
            return null;
        if (text is ['1' or '2' or '3' or '4'])
            return text[0] - '0';
        findings.Add(CatalogText.Wrong(place, line, $"'{text}' is no tier.", "1, 2, 3 or 4."));
        return null;
    }

    /// <summary>A team by its name; anybody else with what they are before it.</summary>
    public string? Owner(Place place) =>
        Split(place, "group") switch
        {
            null => null,
            ("group", var name) => name,
            var (kind, name) => $"{kind}:{name}",
        };

    public CatalogDependency? Reference(Place place, CatalogKind usual)
    {
        if (Split(place, Cataloguing.WordOf(usual)) is not var (word, name))
            return null;
        if (Cataloguing.KindOf(word) is { } kind && Cataloguing.IsName(name))
            return new CatalogDependency(name, kind);
        findings.Add(
            CatalogText.Wrong(
                place,
                line,
                $"'{word}:{name}' names nothing that can be kept here.",
                "[kind:][default/]name."
            )
        );
        return null;
    }

    // [kind:][namespace/]name
    private (string Kind, string Name)? Split(Place place, string usual)
    {
        if (Text(place, 200) is not { } text)
            return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var (kind, name) = colon < 0 ? (usual, text) : (text[..colon].ToLowerInvariant(), text[(colon + 1)..]);
        return (
            kind,
            name.StartsWith($"{CatalogText.Namespace}/", StringComparison.Ordinal)
                ? name[(CatalogText.Namespace.Length + 1)..]
                : name
        );
    }
}
