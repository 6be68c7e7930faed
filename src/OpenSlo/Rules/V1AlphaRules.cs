namespace Steady.OpenSlo.Rules;

/// <summary>
/// The rules of v1alpha: the SDK's, and looser in four places where it refuses what OpenSLO's own earlier suite, or Sloth, the
/// one known reader of this version, takes: <c>counter</c> for <c>incremental</c>; a window without isRolling and calendar
/// rolls; a ratio by occurrences needs no value, for there is nothing to compare; a ratio by slices may give its value in
/// place of timeSliceTarget.
/// </summary>
internal static class V1AlphaRules
{
    private static readonly string[] Units = ["Second", "Day", "Week", "Month", "Quarter"];

    public static void Slo(Findings to, Place spec)
    {
        if (!to.Required(spec))
            return;
        var objectives = spec["objectives"].Items().ToList();
        var ratios = objectives.Any(objective => objective["ratioMetrics"].IsThere);
        var indicator = spec["indicator"];
        if (!to.Exclusive(spec, true, ("indicator", indicator.IsThere), ("objectives[*].ratioMetrics", ratios)))
            return;
        to.Longest(spec["description"], Rulebook.Description);
        to.Required(spec["service"]);
        if (indicator.IsThere && to.Required(indicator["thresholdMetric"]))
            Source(to, indicator["thresholdMetric"]);
        if (to.Required(spec["budgetingMethod"]))
            to.OneOf(spec["budgetingMethod"], "Occurrences", "Timeslices");
        // The SDK tells this at spec.timeWindow, which no document of this version has.
        to.Count(spec["timeWindows"], 1, 1);
        foreach (var window in spec["timeWindows"].Items())
            Window(to, window);
        foreach (var objective in objectives)
            Objective(to, objective, spec["budgetingMethod"].Text);
    }

    private static void Window(Findings to, Place window)
    {
        if (window.Has("isRolling") || window["calendar"].IsThere)
            SloRules.Calendar(to, window);
        if (to.Required(window["unit"]))
            to.OneOf(window["unit"], Units);
        var count = window["count"];
        if (count.IsThere)
            to.Above(count, 0);
        else
            to.Add(count, "greater_than", "There is no count.", "A whole number above 0.");
    }

    private static void Objective(Findings to, Place objective, string? method)
    {
        var ratio = objective["ratioMetrics"];
        var (slice, value) = (objective["timeSliceTarget"], objective["value"]);
        to.Longest(objective["displayName"], Rulebook.Description);
        var needed = !(ratio.IsThere && value.IsThere);
        if (method is "Timeslices" && (needed || slice.IsThere) && to.Required(slice))
        {
            to.AtLeast(slice, 0);
            to.AtMost(slice, 1);
        }

        if (!ratio.IsThere || method is not "Occurrences")
            to.Required(value);
        if (to.Required(objective["target"]))
        {
            to.AtLeast(objective["target"], 0);
            to.Below(objective["target"], 1);
        }

        if (!ratio.IsThere)
        {
            AlertRules.Operator(to, objective["op"]);
            return;
        }

        to.Forbidden(objective["op"], "Only for a threshold metric; leave it out.");
        foreach (var metric in (Place[])[ratio["good"], ratio["total"]])
        {
            if (to.Required(metric))
                Source(to, metric);
        }
    }

    private static void Source(Findings to, Place source)
    {
        foreach (var member in (Place[])[source["source"], source["queryType"]])
        {
            if (to.Required(member))
                to.Letters(member);
        }

        if (to.Required(source["query"]) && string.IsNullOrWhiteSpace(source["query"].Text))
            to.Add(source["query"], "string_not_empty", "The query is blank.", "A query.");
    }
}
