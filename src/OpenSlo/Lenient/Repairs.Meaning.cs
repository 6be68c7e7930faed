using Steady.OpenSlo.Rules;

namespace Steady.OpenSlo.Lenient;

/// <summary>Repairs that need to know what an object is about.</summary>
internal sealed partial class Repairs
{
    private static readonly Dictionary<string, string> Operators = new()
    {
        [">"] = "gt",
        [">="] = "gte",
        ["<"] = "lt",
        ["<="] = "lte",
    };

    private MapNode Meaning(Place root, Dialect dialect)
    {
        var map = Named(root);
        if (root["spec"].Node is not MapNode)
            return map;
        var kind = root["kind"].Text;
        var spec = root["spec"] with { Node = map["spec"] };
        var repaired = kind switch
        {
            "SLO" => Slo(spec, dialect),
            "AlertPolicy" => Policy(spec),
            "AlertCondition" => Condition(spec),
            _ => spec.Node!,
        };
        return map.With("spec", repaired);
    }

    private MapNode Slo(Place spec, Dialect dialect)
    {
        var map = (MapNode)spec.Node!;
        if (Word(spec["budgetingMethod"], ["Occurrences", "Timeslices", "RatioTimeslices"]) is { } method)
            map = map.With("budgetingMethod", method);
        var windows = dialect == Dialect.V1Alpha ? "timeWindows" : "timeWindow";
        map = Each(map, spec[windows], Window);
        var ratio = spec[dialect.Indicator]["spec"]["ratioMetric"].IsThere;
        map = Each(map, spec["objectives"], objective => Objective(objective, ratio));
        return Each(map, spec["alertPolicies"], Inline(Policy));
    }

    private Node Window(Place window)
    {
        var map = (MapNode)window.Node!;
        var calendar = window["calendar"];
        if (!window.Has("isRolling") && !calendar.IsThere)
        {
            all.Add(new(window.Path, "rolling_said", "A window without a calendar is read as isRolling: true."));
            map = map.With("isRolling", new TruthNode(true, map.Line));
        }

        if (!window["isRolling"].IsTrue || !calendar.IsThere || calendar.Has("startTime"))
            return map;
        all.Add(new(calendar.Path, "field_dropped", "A rolling window has no beginning; its calendar is not read."));
        return map.Without("calendar");
    }

    private Node Objective(Place objective, bool ratio)
    {
        var map = Operator(objective);
        if (ratio && (objective.Has("op") || objective.Has("value")))
        {
            all.Add(
                new(objective.Path, "field_dropped", "A ratio is compared with no value: op and value are not read.")
            );
            map = map.Without("op", "value");
        }

        var (target, percent) = (objective["target"].Number, objective["targetPercent"].Number);
        if (target is null || percent is null || target.Value.CompareTo(percent.Value.Hundredth()) != 0)
            return map;
        all.Add(new(objective["targetPercent"].Path, "field_dropped", "It says the same as target."));
        return map.Without("targetPercent");
    }

    private Node Policy(Place spec) =>
        Each(
            Each((MapNode)spec.Node!, spec["conditions"], Inline(Condition)),
            spec["notificationTargets"],
            item => item.Node!
        );

    private Node Condition(Place spec)
    {
        var map = (MapNode)spec.Node!;
        var condition = spec["condition"];
        if (condition.Node is not MapNode)
            return map;
        var repaired = Operator(condition);
        if (Word(condition["kind"], ["burnrate"]) is { } kind)
            repaired = repaired.With("kind", kind);
        if (!condition["op"].IsThere && repaired["kind"] is TextNode { Value: "burnrate" })
        {
            all.Add(
                new(
                    condition["op"].Path,
                    "operator_said",
                    "A burn rate alerts when it is above its threshold: op is gt."
                )
            );
            repaired = repaired.With("op", new TextNode("gt", condition.Node.Line));
        }

        return map.With("condition", repaired);
    }

    private MapNode Operator(Place at)
    {
        var map = (MapNode)at.Node!;
        var op = at["op"];
        if (Operators.GetValueOrDefault(op.Text?.Trim() ?? "") is { } meant)
            return map.With("op", Told(op, "word_spelled", new TextNode(meant, op.Node!.Line)));
        return Word(op, AlertRules.Operators) is { } word ? map.With("op", word) : map;
    }

    // What stands in a list may be an object with its own spec, or a reference to one.
    private static Func<Place, Node> Inline(Func<Place, Node> spec) =>
        item => item["spec"].Node is MapNode ? ((MapNode)item.Node!).With("spec", spec(item["spec"])) : item.Node!;

    private static MapNode Each(MapNode map, Place list, Func<Place, Node> repair) =>
        list.Node is ListNode
            ? map.With(
                list.Name,
                new ListNode(
                    [.. list.Items().Select(item => item.Node is MapNode ? repair(item) : item.Node!)],
                    list.Node.Line
                )
            )
            : map;
}
