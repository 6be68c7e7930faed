using System.Text.RegularExpressions;

namespace Steady.OpenSlo;

/// <summary>A place in a document: its path, what stands there, and what may stand there.</summary>
public readonly partial record struct Place(string Path, Node? Node, Shape? Shape)
{
    private const int LongestKey = 80;

    /// <summary>Something stands here that is not nothing.</summary>
    public bool IsThere => Node is not (null or NoNode);

    public string? Text => (Node as TextNode)?.Value;

    public Numeral? Number => Node is NumberNode number ? Numeral.Read(number.Value) : null;

    public bool IsTrue => Node is TruthNode { Value: true };

    /// <summary>The last step of the path.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>What the official SDK takes for nothing: an empty text, false, or an object of only such members.</summary>
    public bool IsZero => Shape is null ? !IsThere : Shape.IsZero(Node);

    public Place this[string key] => new(Below(key), (Node as MapNode)?[key], Shape?.Of(key));

    /// <summary>Whether the key is written, also without a value.</summary>
    public bool Has(string key) => (Node as MapNode)?[key] is not null;

    public IEnumerable<Place> Items()
    {
        var (path, shape) = (Path, (Shape as ListShape)?.Item);
        return (Node as ListNode)?.Items.Select((item, i) => new Place($"{path}[{i}]", item, shape)) ?? [];
    }

    public IEnumerable<(string Key, Place Value)> Members()
    {
        var self = this;
        return (Node as MapNode)?.Members.Select(member => (member.Key, self[member.Key])) ?? [];
    }

    private string Below(string key)
    {
        var step = key.Length > LongestKey ? $"{key[..LongestKey]}…" : key;
        return !Plain().IsMatch(step) ? $"{Path}['{step}']"
            : Path is "" ? step
            : $"{Path}.{step}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9_$-]+\z", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}
