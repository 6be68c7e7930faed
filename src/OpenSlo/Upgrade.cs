using System.Globalization;

namespace Steady.OpenSlo;

/// <summary>Writes a valid object of any version as v1, which is what is kept and computed.</summary>
public static class Upgrade
{
    /// <summary>The object in v1. What v1 cannot say is told; such an object is not usable as v1.</summary>
    public static (MapNode Object, IReadOnlyList<Finding> Findings) ToV1(Document document)
    {
        var whole = (MapNode)Canonical.Form(document);
        if (document.Dialect == Dialect.V1 || document.Node is not MapNode)
            return (whole, []);
        var findings = new Findings();
        whole = whole.With("apiVersion", new TextNode(Dialect.V1.Version));
        var root = document.Root with { Node = whole };
        var spec = (document.Dialect == Dialect.V1Alpha, document.Kind) switch
        {
            (true, "SLO") => V1Alpha(findings, root["spec"], document.Name),
            (false, "SLO") => Slo(root["spec"]),
            (false, "SLI") => Sli(root["spec"]),
            (false, "AlertPolicy" or "AlertCondition" or "AlertNotificationTarget" or "DataSource") => root[
                "spec"
            ].Node,
            _ => root["spec"].Node,
        };
        return (spec is null ? whole : whole.With("spec", spec), findings.All);
    }

    private static MapNode Slo(Place spec)
    {
        var members = spec.Members()
            .Select(member =>
                member.Key switch
                {
                    "serviceRef" => KeyValuePair.Create("service", member.Value.Node!),
                    "sliRef" => KeyValuePair.Create("indicatorRef", member.Value.Node!),
                    "sli" => KeyValuePair.Create<string, Node>("indicator", Indicator(member.Value)),
                    "objectives" => KeyValuePair.Create<string, Node>(
                        "objectives",
                        new ListNode([.. member.Value.Items().Select(Objective)])
                    ),
                    _ => KeyValuePair.Create(member.Key, member.Value.Node!),
                }
            );
        return new MapNode([.. members]);
    }

    private static Node Objective(Place objective) =>
        new MapNode([
            .. objective
                .Members()
                .Select(member =>
                    member.Key switch
                    {
                        "sliRef" => KeyValuePair.Create("indicatorRef", member.Value.Node!),
                        "sli" => KeyValuePair.Create<string, Node>("indicator", Indicator(member.Value)),
                        _ => KeyValuePair.Create(member.Key, member.Value.Node!),
                    }
                ),
        ]);

    private static MapNode Indicator(Place inline) => ((MapNode)inline.Node!).With("spec", Sli(inline["spec"]));

    private static MapNode Sli(Place spec)
    {
        var map = (MapNode)spec.Node!;
        if (spec["thresholdMetric"].IsThere)
            map = map.With("thresholdMetric", Metric(spec["thresholdMetric"]));
        if (spec["ratioMetric"].Node is not MapNode ratio)
            return map;
        foreach (var name in (string[])["good", "bad", "total", "raw"])
        {
            if (spec["ratioMetric"][name] is { IsThere: true } metric)
                ratio = ratio.With(name, Metric(metric));
        }

        return map.With("ratioMetric", ratio);
    }

    // How to connect, which may hold secrets, stays out: v1 has no place for it inside an indicator.
    private static MapNode Metric(Place metric) =>
        Nodes.Map(
            (
                "metricSource",
                Nodes.Map(
                    ("metricSourceRef", metric["dataSourceRef"].Node),
                    ("type", metric["dataSourceSpec"]["type"].Node),
                    ("spec", metric["spec"].Node ?? Nodes.Map(("query", new TextNode(""))))
                )
            )
        );

    private static MapNode V1Alpha(Findings to, Place spec, string name)
    {
        var objectives = spec["objectives"].Items().ToList();
        var ratios = objectives.Where(objective => objective["ratioMetrics"].IsThere).ToList();
        var same = ratios.Select(r => Export.Compact(r["ratioMetrics"].Node!)).Distinct().Count() <= 1;
        if (ratios.Count > 0 && (ratios.Count < objectives.Count || !same))
            to.Add(
                spec["objectives"],
                "not_expressible",
                "The objectives count different things.",
                "The same ratioMetrics in all objectives, or one document for each."
            );
        if (spec["budgetingMethod"].Text is "Timeslices")
            to.Add(
                spec["budgetingMethod"],
                "not_expressible",
                "v1alpha does not say how long a slice is.",
                "A v1 document with timeSliceWindow, or Occurrences."
            );
        return Nodes.Map(
            ("description", spec["description"].Node),
            ("service", spec["service"].Node),
            ("indicator", Indicator(spec, ratios, name)),
            ("timeWindow", new ListNode([.. spec["timeWindows"].Items().Select(window => Window(to, window))])),
            ("budgetingMethod", spec["budgetingMethod"].Node),
            ("objectives", new ListNode([.. objectives.Select(Target)]))
        );
    }

    // An indicator has no name of its own there: it is called as the document.
    private static MapNode Indicator(Place spec, List<Place> ratios, string name)
    {
        var threshold = spec["indicator"]["thresholdMetric"];
        var metric = ratios.Count == 0 ? threshold : ratios[0]["ratioMetrics"];
        var sli =
            ratios.Count == 0
                ? Nodes.Map(("thresholdMetric", Source(threshold)))
                : Nodes.Map(
                    (
                        "ratioMetric",
                        Nodes.Map(
                            ("counter", metric["incremental"].Node ?? metric["counter"].Node),
                            ("good", Source(metric["good"])),
                            ("total", Source(metric["total"]))
                        )
                    )
                );
        return Nodes.Map(("metadata", Nodes.Map(("name", new TextNode(name)))), ("spec", sli));
    }

    private static MapNode Source(Place source) =>
        Nodes.Map(
            (
                "metricSource",
                Nodes.Map(
                    ("type", source["source"].Node),
                    ("spec", Nodes.Map(("queryType", source["queryType"].Node), ("query", source["query"].Node)))
                )
            )
        );

    private static Node Target(Place objective)
    {
        var map = ((MapNode)objective.Node!).Without("ratioMetrics");
        return objective["ratioMetrics"].IsThere ? map.Without("value") : map;
    }

    private static Node Window(Findings to, Place window)
    {
        var count = window["count"].Number?.Exact(0) ?? 0;
        var duration = window["unit"].Text switch
        {
            "Second" when count % 60 == 0 => $"{(count / 60).ToString(CultureInfo.InvariantCulture)}m",
            "Day" => $"{count}d",
            "Week" => $"{count}w",
            "Month" => $"{count}M",
            "Quarter" => $"{count}Q",
            _ => null,
        };
        if (duration is null)
            to.Add(window["count"], "not_expressible", "v1 has no seconds.", "A multiple of 60 seconds.");
        var rolls = window["isRolling"].IsTrue || !window["calendar"].IsThere;
        return Nodes.Map(
            ("duration", new TextNode(duration ?? "")),
            ("isRolling", new TruthNode(rolls)),
            ("calendar", window["calendar"].Node)
        );
    }
}
