namespace Steady.OpenSlo;

/// <summary>A reference to an object that is not among those given.</summary>
public sealed record Missing(string Path, string Kind, string Name);

/// <summary>Puts referenced objects in the place of references, and the other way round; v1 only, as the official SDK does.</summary>
public static class References
{
    /// <summary>The objects with every reference replaced that can be; those that cannot are told and left.</summary>
    /// <param name="remove">Leave out objects that were put in somewhere.</param>
    public static (IReadOnlyList<MapNode> Objects, IReadOnlyList<Missing> Missing) Inline(
        IReadOnlyList<MapNode> objects,
        bool remove
    )
    {
        var inliner = new Inliner(objects);
        var inlined = objects.Select((o, i) => inliner.Object(o, OpenSloText.Path(i, objects.Count))).ToList();
        var kept = inlined.Where((_, i) => !remove || !inliner.Used.Contains(i)).ToList();
        return (kept, inliner.Missing);
    }

    /// <summary>The objects with every inlined object taken out and referred to.</summary>
    public static IReadOnlyList<MapNode> Extract(IReadOnlyList<MapNode> objects) => [.. objects.SelectMany(Extract)];

    private static IEnumerable<MapNode> Extract(MapNode whole)
    {
        if (!IsV1(whole) || whole["spec"] is not MapNode spec)
            return [whole];
        var taken = new List<MapNode>();
        spec = Text(whole["kind"]) switch
        {
            "SLO" => Indicator(
                Each(spec, "alertPolicies", item => Take(item, "AlertPolicy", "alertPolicyRef", taken)),
                taken
            ),
            "AlertPolicy" => Each(
                Each(spec, "notificationTargets", item => Take(item, "AlertNotificationTarget", "targetRef", taken)),
                "conditions",
                item => Take(item, "AlertCondition", "conditionRef", taken)
            ),
            _ => spec,
        };
        return [whole.With("spec", spec), .. taken];
    }

    private static MapNode Take(MapNode item, string kind, string reference, List<MapNode> taken)
    {
        if (item["spec"] is not MapNode || item["metadata"] is not MapNode metadata)
            return item;
        taken.AddRange(Extract(Root(kind, metadata, item["spec"])));
        return Nodes.Map((reference, metadata["name"]));
    }

    private static MapNode Indicator(MapNode spec, List<MapNode> taken)
    {
        if (spec["indicator"] is not MapNode indicator || indicator["metadata"] is not MapNode metadata)
            return spec;
        taken.Add(Root("SLI", metadata, indicator["spec"]));
        return spec.Without("indicator").With("indicatorRef", metadata["name"] ?? new NoNode());
    }

    private static MapNode Root(string kind, MapNode metadata, Node? spec) =>
        Nodes.Map(
            ("apiVersion", new TextNode(Dialect.V1.Version)),
            ("kind", new TextNode(kind)),
            ("metadata", metadata),
            ("spec", spec)
        );

    internal static bool IsV1(MapNode whole) => Text(whole["apiVersion"]) == Dialect.V1.Version;

    internal static string? Text(Node? node) => (node as TextNode)?.Value;

    private static MapNode Each(MapNode spec, string list, Func<MapNode, MapNode> change) =>
        spec[list] is ListNode items
            ? spec.With(list, new ListNode([.. items.Items.Select(item => item is MapNode map ? change(map) : item)]))
            : spec;
}
