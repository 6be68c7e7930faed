using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Objectives;

/// <summary>What a document says, all checked.</summary>
public sealed record ObjectiveDraft(
    string Name,
    string DisplayName,
    string Service,
    string Sli,
    decimal Target,
    string Window
);

/// <summary>The draft, or everything that stands in its way.</summary>
public sealed record Import(ObjectiveDraft? Draft, IReadOnlyList<Finding> Findings);

/// <summary>
/// Reads an OpenSLO v1 SLO, strictly by the rules of OpenSLO's own SDK, and refuses what this version does not compute
/// (calendar windows, time slices, composites). Pure; a document is checked whole.
/// </summary>
public static class OpenSloImport
{
    private const int MostPlaces = 9;
    private const string TargetAccepted = "A number above 0 and below 1 with at most 9 decimals, for example 0.999.";

    public static Import Read(string text, bool json)
    {
        try
        {
            return Read(DocumentReader.Read(text, json));
        }
        catch (DocumentException e)
        {
            return new Import(null, [new Finding("", e.Message, "One OpenSLO v1 document of kind SLO.", e.Line)]);
        }
    }

    public static Import Read(DocumentNode document)
    {
        var check = new DocumentCheck();
        var root = new Place("", document);
        if (!check.Map(root, true, "apiVersion", "kind", "metadata", "spec"))
            return new Import(null, check.Findings);
        check.Word(root["apiVersion"], "", "openslo/v1");
        check.Word(root["kind"], "", "SLO");
        var metadata = Metadata(check, root["metadata"]);
        var spec = root["spec"];
        check.Map(
            spec,
            true,
            "description",
            "service",
            "indicator",
            "indicatorRef",
            "timeWindow",
            "budgetingMethod",
            "objectives",
            "alertPolicies"
        );
        check.Text(spec["description"], false, 1050);
        var service = check.Name(spec["service"]);
        var sli = Indicator(check, spec);
        var window = TimeWindow(check, spec["timeWindow"]);
        check.Word(spec["budgetingMethod"], " (Timeslices and RatioTimeslices are not computed yet)", "Occurrences");
        var target = Objective(check, spec, window);
        AlertPolicies(check, spec["alertPolicies"]);
        return check.Findings.Count > 0
            ? new Import(null, check.Findings)
            : new Import(new(metadata.Name!, metadata.DisplayName!, service!, sli!, target!.Value, window!), []);
    }

    private static (string? Name, string? DisplayName) Metadata(DocumentCheck check, Place metadata)
    {
        if (!check.Map(metadata, true, "name", "displayName", "labels", "annotations"))
            return (null, null);
        foreach (var key in (string[])["labels", "annotations"])
        {
            if (metadata[key] is { IsThere: true, Node: not MapNode } strange)
                check.Add(strange, "This is not an object.", "An object with text values.");
        }

        var name = check.Name(metadata["name"]);
        return (name, check.Text(metadata["displayName"], false, 63) ?? name);
    }

    private static string? Indicator(DocumentCheck check, Place spec)
    {
        if (check.OneOf(spec["indicator"], spec["indicatorRef"], spec["indicator"]) is not { } found)
            return null;
        if (found.Path.EndsWith("Ref", StringComparison.Ordinal))
            return check.Name(found);
        if (!check.Map(found, true, "metadata", "spec"))
            return null;
        Metric(check, found["spec"]);
        return Metadata(check, found["metadata"]).Name;
    }

    // Counts are pushed here by whoever measures, so sources are not used; they are still checked.
    private static void Metric(DocumentCheck check, Place spec)
    {
        if (!check.Map(spec, true, "description", "thresholdMetric", "ratioMetric"))
            return;
        check.Text(spec["description"], false, 1050);
        if (check.OneOf(spec["thresholdMetric"], spec["ratioMetric"], spec) is not { } metric)
            return;
        if (metric.Path.EndsWith("thresholdMetric", StringComparison.Ordinal))
        {
            Source(check, metric);
            return;
        }

        if (!check.Map(metric, true, "counter", "good", "bad", "total", "raw", "rawType"))
            return;
        if (metric["counter"].IsThere)
            check.Word(metric["counter"], "", "true", "false");
        if (metric["raw"].IsThere)
        {
            Source(check, metric["raw"]);
            check.Word(metric["rawType"], "", "success", "failure");
            foreach (var key in (string[])["good", "bad", "total"])
                check.Forbid(metric[key], "Either raw, or total with good or bad.");
            return;
        }

        check.Forbid(metric["rawType"], "rawType goes with raw.");
        Source(check, metric["total"]);
        if (check.OneOf(metric["good"], metric["bad"], metric) is { } counted)
            Source(check, counted);
    }

    private static void Source(DocumentCheck check, Place place)
    {
        if (!check.Map(place, true, "metricSource"))
            return;
        var source = place["metricSource"];
        if (check.Map(source, true, "metricSourceRef", "type", "spec") && source["spec"].Node is not MapNode)
            check.Add(source["spec"], "The query is missing.", "An object for the data source.");
    }

    private static string? TimeWindow(DocumentCheck check, Place place)
    {
        const string accepted = "A whole number of h, d or w, from 1d to 365d, for example 30d or 4w.";
        if (check.Only(place, "time window") is not { } window)
            return null;
        if (!check.Map(window, true, "duration", "isRolling", "calendar"))
            return null;
        check.Word(window["isRolling"], " (calendar windows are not computed yet)", "true");
        check.Forbid(window["calendar"], "A calendar goes with isRolling: false.");
        var duration = window["duration"];
        if (duration.Node is ScalarNode { IsText: true } text && Length(text.Value) is { TotalDays: >= 1 and <= 365 })
            return text.Value;
        check.Add(duration, duration.IsThere ? "This is no window we compute." : "This is missing.", accepted);
        return null;
    }

    private static TimeSpan? Length(string text) =>
        text is [>= '1' and <= '9', ..]
        && text.Length <= 5
        && text[^1] is 'h' or 'd' or 'w'
        && text[1..^1].All(char.IsAsciiDigit)
            ? Window.Parse(text).Length
            : null;

    private static decimal? Objective(DocumentCheck check, Place spec, string? window)
    {
        if (check.Only(spec["objectives"], "objective") is not { } objective)
            return null;
        if (
            !check.Map(
                objective,
                true,
                "displayName",
                "op",
                "value",
                "target",
                "targetPercent",
                "timeSliceTarget",
                "timeSliceWindow",
                "indicator",
                "indicatorRef",
                "compositeWeight"
            )
        )
            return null;
        foreach (var key in (string[])["timeSliceTarget", "timeSliceWindow"])
            check.Forbid(objective[key], "Only with a Timeslices method, which is not computed yet.");
        foreach (var key in (string[])["indicator", "indicatorRef", "compositeWeight"])
            check.Forbid(objective[key], "Only in composite objectives, which are not computed yet.");
        Threshold(check, objective, spec["indicator"]["spec"]);
        check.Text(objective["displayName"], false, 63);
        return Target(check, objective, window);
    }

    private static void Threshold(DocumentCheck check, Place objective, Place metric)
    {
        if (metric["thresholdMetric"].IsThere)
        {
            check.Word(objective["op"], " for a threshold metric", "lte", "gte", "lt", "gt");
            check.Number(objective["value"], "The number that the threshold metric is compared with.");
            return;
        }

        if (!metric["ratioMetric"].IsThere)
            return;
        check.Forbid(objective["op"], "Only for a threshold metric; leave it out.");
        check.Forbid(objective["value"], "Only for a threshold metric; leave it out.");
    }

    private static decimal? Target(DocumentCheck check, Place objective, string? window)
    {
        var (ratio, percent) = (objective["target"], objective["targetPercent"]);
        if (
            check.OneOf(ratio, percent, ratio) is not { } place
            || check.Number(place, TargetAccepted) is not { } number
        )
            return null;
        var target = place == percent ? number / 100 : number;
        if (target is <= 0 or >= 1 || Numbers.Places(target) > MostPlaces)
        {
            check.Add(
                place,
                "This is no target.",
                place == percent ? "A number above 0 and below 100, for example 99.9." : TargetAccepted
            );
            return null;
        }

        if (window is not null && !CanPage(target, window))
        {
            check.Add(
                place,
                $"With {target} over {window} not even a total outage would open a page-level burn alert.",
                "A higher target, or a shorter window."
            );
        }

        return target;
    }

    private static bool CanPage(decimal target, string window) =>
        AlertPairs.Of(Window.Parse(window), BurnRates.MayFail(target)).Any(pair => pair.Severity == BurnSeverity.Page);

    // Burn alerts are built in; policies of a document are checked for form and not evaluated.
    private static void AlertPolicies(DocumentCheck check, Place policies)
    {
        if (policies is { IsThere: true, Node: not ListNode })
            check.Add(policies, "This is not a list.", "A list of alert policies or references.");
        foreach (var policy in policies.Items().Where(policy => policy.Node is not MapNode))
            check.Add(policy, "This is not an object.", "alertPolicyRef: name, or an inline AlertPolicy.");
    }
}
