using System.Text;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo.Lenient;

/// <summary>Names and references to them are normalised alike, so that they still fit together.</summary>
internal sealed partial class Repairs
{
    private const int Longest = 63;
    private readonly Dictionary<(string Kind, string Name), string> names = [];

    private MapNode Named(Place root) => (MapNode)Named(root, root["kind"].Text!);

    private Node Named(Place place, string kind)
    {
        switch (place.Node)
        {
            case ListNode list:
                return new ListNode([.. place.Items().Select(item => Named(item, kind))], list.Line);
            case MapNode map when place.Shape is ObjectShape:
                var inside = place["kind"].Shape is KindShape its ? its.Kind : kind;
                return new MapNode(
                    [.. place.Members().Select(member => Member(member.Key, member.Value, inside))],
                    map.Line
                );
            default:
                return place.Node!;
        }
    }

    private KeyValuePair<string, Node> Member(string key, Place value, string kind)
    {
        var node = key switch
        {
            "metadata" when value.Node is MapNode metadata && value["name"].Node is TextNode => metadata.With(
                "name",
                Name(value["name"], kind, defines: true)
            ),
            "service" or "serviceRef" => Name(value, "Service", defines: false),
            "indicatorRef" or "sliRef" => Name(value, "SLI", defines: false),
            "alertPolicyRef" => Name(value, "AlertPolicy", defines: false),
            "conditionRef" => Name(value, "AlertCondition", defines: false),
            "targetRef" => Name(value, "AlertNotificationTarget", defines: false),
            "metricSourceRef" or "dataSourceRef" => Name(value, "DataSource", defines: false),
            "indicator" or "sli" => Named(value, "SLI"),
            _ => Named(value, kind),
        };
        return KeyValuePair.Create(key, node);
    }

    private Node Name(Place place, string kind, bool defines)
    {
        if (place.Text is not { Length: > 0 } text || Label().IsMatch(text) && text.Length <= Longest)
            return place.Node!;
        var name = Normal(text);
        if (name.Length is 0 or > Longest)
            return place.Node!;
        var first = names.TryAdd((kind, name), text) ? text : names[(kind, name)];
        if (first != text)
            findings.Add(
                place,
                "name_collision",
                $"'{Short(text)}' and '{Short(first)}' both become '{name}'.",
                "Names that differ in letters and digits."
            );
        return Told(place, defines ? "name_normalised" : "reference_normalised", new TextNode(name, place.Node!.Line));
    }

    private static string Normal(string text)
    {
        var name = new StringBuilder(text.Length);
        foreach (var c in text.ToLowerInvariant())
        {
            if (char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c))
                name.Append(c);
            else if (name.Length > 0 && name[^1] != '-')
                name.Append('-');
        }

        return name.ToString().TrimEnd('-');
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Label();
}
