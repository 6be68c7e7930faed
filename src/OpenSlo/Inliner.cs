namespace Steady.OpenSlo;

/// <summary>One run of putting referenced objects in the place of references.</summary>
internal sealed class Inliner(IReadOnlyList<MapNode> objects)
{
    private readonly List<Missing> missing = [];

    public HashSet<int> Used { get; } = [];

    public IReadOnlyList<Missing> Missing => missing;

    public MapNode Object(MapNode whole, string path)
    {
        if (!References.IsV1(whole) || whole["spec"] is not MapNode spec)
            return whole;
        var at = new Place(path, whole, null)["spec"];
        return References.Text(whole["kind"]) switch
        {
            "SLO" => whole.With(
                "spec",
                Indicator(List(spec, at, "alertPolicies", "AlertPolicy", "alertPolicyRef"), at)
            ),
            "AlertPolicy" => whole.With("spec", Policy(spec, at)),
            _ => whole,
        };
    }

    private MapNode Policy(MapNode spec, Place at) =>
        List(
            List(spec, at, "notificationTargets", "AlertNotificationTarget", "targetRef"),
            at,
            "conditions",
            "AlertCondition",
            "conditionRef"
        );

    private MapNode List(MapNode spec, Place at, string list, string kind, string reference)
    {
        if (spec[list] is not ListNode items)
            return spec;
        var places = (at with { Node = spec })[list].Items();
        return spec.With(list, new ListNode([.. places.Select(item => Item(item, kind, reference))], items.Line));
    }

    private Node Item(Place item, string kind, string reference)
    {
        if (item.Node is not MapNode map)
            return item.Node!;
        if (References.Text(map[reference]) is { } name)
        {
            if (Find(item[reference], kind, name) is not { } found)
                return map;
            map = Nodes.Map(("kind", new TextNode(kind)), ("metadata", found["metadata"]), ("spec", found["spec"]));
        }

        return kind is "AlertPolicy" && map["spec"] is MapNode spec
            ? map.With("spec", Policy(spec, item["spec"] with { Node = spec }))
            : map;
    }

    private MapNode Indicator(MapNode spec, Place at)
    {
        if (
            References.Text(spec["indicatorRef"]) is not { } name
            || Find(at["indicatorRef"], "SLI", name) is not { } found
        )
            return spec;
        var indicator = Nodes.Map(("metadata", found["metadata"]), ("spec", found["spec"]));
        return spec.Without("indicatorRef").With("indicator", indicator);
    }

    private MapNode? Find(Place place, string kind, string name)
    {
        for (var i = 0; i < objects.Count; i++)
        {
            var other = objects[i];
            if (
                !References.IsV1(other)
                || References.Text(other["kind"]) != kind
                || References.Text((other["metadata"] as MapNode)?["name"]) != name
            )
                continue;
            Used.Add(i);
            return other;
        }

        missing.Add(new(place.Path, kind, name));
        return null;
    }
}
