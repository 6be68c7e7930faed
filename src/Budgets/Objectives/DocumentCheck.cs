using System.Text.RegularExpressions;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Objectives;

/// <summary>A place in a document: its path and what stands there; nothing stands there when it is missing.</summary>
public readonly record struct Place(string Path, DocumentNode? Node)
{
    public bool IsThere => Node is not (null or NoNode);

    public Place this[string key] => new(Path is "" ? key : $"{Path}.{key}", (Node as MapNode)?[key]);

    public IEnumerable<Place> Items()
    {
        var path = Path;
        return (Node as ListNode)?.Items.Select((item, i) => new Place($"{path}[{i}]", item)) ?? [];
    }
}

/// <summary>Reads values and keeps every finding, so that a document is told all that is wrong with it at once.</summary>
public sealed partial class DocumentCheck
{
    private readonly List<Finding> findings = [];

    public IReadOnlyList<Finding> Findings => findings;

    public void Add(Place place, string message, string accepted) =>
        findings.Add(new Finding(place.Path, message, accepted, place.Node is { Line: > 0 } node ? node.Line : null));

    /// <summary>An object with no other keys than these; answers whether it is there.</summary>
    public bool Map(Place place, bool required, params ReadOnlySpan<string> keys)
    {
        if (!place.IsThere)
        {
            if (required)
                Add(place, "This object is missing.", $"An object with {string.Join(", ", keys!)}.");
            return false;
        }

        if (place.Node is not MapNode map)
        {
            Add(place, "This is not an object.", $"An object with {string.Join(", ", keys!)}.");
            return false;
        }

        foreach (var (key, node) in map.Members)
        {
            if (!keys.Contains(key))
                Add(
                    place[key] with
                    {
                        Node = node,
                    },
                    $"'{key}' is unknown here.",
                    $"One of {string.Join(", ", keys!)}."
                );
        }

        return true;
    }

    /// <summary>The only item of a list that must have exactly one.</summary>
    public Place? Only(Place place, string what)
    {
        var items = place.Items().ToList();
        if (items.Count == 1)
            return items[0];
        var found = place.Node is ListNode ? $"There are {items.Count}." : "This list is missing.";
        Add(place, found, $"A list with exactly one {what}.");
        return null;
    }

    public string? Text(Place place, bool required, int longest)
    {
        if (place.Node is ScalarNode { IsText: true } text && text.Value.Length <= longest && text.Value.Length > 0)
            return text.Value;
        if (place.IsThere || required)
            Add(
                place,
                place.IsThere ? "This is no such text." : "This is missing.",
                $"Text of 1 to {longest} characters."
            );
        return null;
    }

    /// <summary>An RFC 1123 label, as OpenSLO wants names.</summary>
    public string? Name(Place place)
    {
        if (place.Node is ScalarNode { IsText: true } text && Label().IsMatch(text.Value))
            return text.Value;
        Add(
            place,
            place.IsThere ? "This is no name." : "This name is missing.",
            "1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit."
        );
        return null;
    }

    /// <summary>One of the words; answers whether it is.</summary>
    public bool Word(Place place, string why, params ReadOnlySpan<string> words)
    {
        if (place.Node is ScalarNode scalar && words.Contains(scalar.Value))
            return true;
        var message = place.Node is ScalarNode other ? $"'{other.Value}' is not accepted." : "This is missing.";
        Add(place, message, $"{string.Join(" or ", words!)}{why}.");
        return false;
    }

    public decimal? Number(Place place, string accepted)
    {
        if (place.Node is ScalarNode { IsText: false } scalar && Numbers.Exact(scalar.Value) is { } number)
            return number;
        Add(place, place.IsThere ? "This is no number." : "This is missing.", accepted);
        return null;
    }

    public void Forbid(Place place, string why)
    {
        if (place.IsThere)
            Add(place, $"'{place.Path[(place.Path.LastIndexOf('.') + 1)..]}' is not accepted here.", why);
    }

    /// <summary>Exactly one of the two; answers it.</summary>
    public Place? OneOf(Place first, Place second, Place at)
    {
        if (first.IsThere != second.IsThere)
            return first.IsThere ? first : second;
        var names = $"{Last(first)} or {Last(second)}";
        Add(at, first.IsThere ? $"There are both {names}." : $"There is neither {names}.", $"Exactly one of {names}.");
        return null;
    }

    private static string Last(Place place) => place.Path[(place.Path.LastIndexOf('.') + 1)..];

    [GeneratedRegex("^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
