using System.Globalization;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo.Lenient;

internal sealed partial class Repairs
{
    private static readonly Dictionary<string, string> Units = new(StringComparer.OrdinalIgnoreCase)
    {
        ["min"] = "m",
        ["mins"] = "m",
        ["minute"] = "m",
        ["minutes"] = "m",
        ["h"] = "h",
        ["hour"] = "h",
        ["hours"] = "h",
        ["d"] = "d",
        ["day"] = "d",
        ["days"] = "d",
        ["w"] = "w",
        ["week"] = "w",
        ["weeks"] = "w",
        ["month"] = "M",
        ["months"] = "M",
        ["q"] = "Q",
        ["quarter"] = "Q",
        ["quarters"] = "Q",
        ["y"] = "Y",
        ["year"] = "Y",
        ["years"] = "Y",
    };

    private Node? Word(Place place, IEnumerable<string> words) =>
        place.Text is { } text
        && words.FirstOrDefault(word => word.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } meant
        && meant != text
            ? Told(place, "word_spelled", new TextNode(meant, place.Node!.Line))
            : null;

    private static TextNode Text(Node node) =>
        node is NumberNode number
            ? new TextNode(number.Value, number.Line)
            : new TextNode(((TruthNode)node).Value ? "true" : "false", node.Line);

    private MapNode Texts(Place place, TextsShape shape)
    {
        var members = place.Members().Select(member => KeyValuePair.Create(member.Key, One(member.Value, shape)));
        return new MapNode([.. members], place.Node!.Line);
    }

    private Node One(Place place, TextsShape shape) =>
        place.Node switch
        {
            NumberNode or TruthNode => Told(place, "text_made", Text(place.Node)),
            ListNode { Items: [TextNode only] } when !shape.Lists => Told(place, "text_made", only),
            ListNode list when shape.Lists && list.Items.Any(item => item is NumberNode or TruthNode) => new ListNode(
                [.. place.Items().Select(item => item.Node is NumberNode or TruthNode ? One(item, shape) : item.Node!)],
                list.Line
            ),
            _ => place.Node!,
        };

    private Node Duration(Place place, Dialect dialect)
    {
        var line = place.Node!.Line;
        // The text of the specification: a bare number is minutes.
        if (place.Node is NumberNode number)
            return place.Name is "timeSliceWindow" && Numeral.Read(number.Value)?.Exact(0) is { } minutes
                ? Told(place, "duration_spelled", new TextNode($"{minutes}m", line))
                : number;
        var text = (TextNode)place.Node;
        if (Spelled(text.Value) is not { } spelled || spelled == text.Value)
            return text;
        return dialect.Units.Contains(spelled[^1], StringComparison.Ordinal)
            ? Told(place, "duration_spelled", new TextNode(spelled, line))
            : text;
    }

    private static string? Spelled(string text)
    {
        if (SpelledForm().Match(text) is not { Success: true } match)
            return null;
        var unit = match.Groups["unit"].Value;
        var count = match.Groups["count"].Value;
        // m is minutes and M is months: the case of these two is never changed.
        var known = unit is "m" or "M" ? unit : Units.GetValueOrDefault(unit);
        if (known is null || (count.Length == 0 && unit.Length == 1))
            return null;
        var value = count.Length == 0 ? 1 : long.Parse(count, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"{value}{known}");
    }

    [GeneratedRegex(@"^\s*-?(?<count>[0-9]{0,9})\s*(?<unit>[A-Za-z]+)\s*\z", RegexOptions.CultureInvariant)]
    private static partial Regex SpelledForm();
}
