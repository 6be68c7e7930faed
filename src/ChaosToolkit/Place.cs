using System.Globalization;
using System.Numerics;
using Steady.OpenSlo;

namespace Steady.ChaosToolkit;

/// <summary>A node and where it stands, as a JSON pointer.</summary>
internal readonly record struct Place(string Pointer, Node? Node)
{
    private const int LongestStep = 80;

    /// <summary>Something stands here that is not nothing.</summary>
    public bool IsThere => Node is not (null or NoNode);

    public bool IsMap => Node is MapNode;

    public string? Text => (Node as TextNode)?.Value;

    public bool IsTrue => Node is TruthNode { Value: true };

    /// <summary>A text, a number or a truth value.</summary>
    public bool IsScalar => Node is TextNode or NumberNode or TruthNode;

    /// <summary>Written as Python would take it for an integer.</summary>
    public BigInteger? Whole =>
        Node is NumberNode number
        && BigInteger.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
            ? whole
            : null;

    public Place this[string key] => new(Below(key), (Node as MapNode)?[key]);

    public Place this[int index] => new($"{Pointer}/{index}", (Node as ListNode)?.Items[index]);

    /// <summary>Whether the key is written, also without a value.</summary>
    public bool Has(string key) => (Node as MapNode)?[key] is not null;

    public IEnumerable<Place> Items()
    {
        var pointer = Pointer;
        return (Node as ListNode)?.Items.Select((item, i) => new Place($"{pointer}/{i}", item)) ?? [];
    }

    public IEnumerable<(string Key, Place Value)> Members()
    {
        var self = this;
        return (Node as MapNode)?.Members.Select(member =>
                (member.Key, new Place(self.Below(member.Key), member.Value))
            )
            ?? [];
    }

    /// <summary>For messages: what stands here, in a few characters.</summary>
    public string Shown =>
        Node switch
        {
            TextNode text => $"'{Short(text.Value)}'",
            NumberNode number => Short(number.Value),
            TruthNode truth => truth.Value ? "true" : "false",
            MapNode => "an object",
            ListNode => "a list",
            _ => "nothing",
        };

    public static string Short(string text) => text.Length > LongestStep ? $"{text[..LongestStep]}…" : text;

    private string Below(string key) =>
        $"{Pointer}/{Short(key).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal)}";
}
