namespace Steady.OpenSlo.Rules;

/// <summary>The rules of an SLO in v1 and v2alpha; the two differ in names and in units of durations.</summary>
internal static class SloRules
{
    public static void Check(Findings to, Place spec, Dialect dialect)
    {
        if (!to.Required(spec))
            return;
        var objectives = spec["objectives"].Items().ToList();
        Where(to, spec, objectives, dialect);
        Indicator(to, spec, dialect);
        Slices(to, spec["budgetingMethod"].Text, objectives, dialect);
        to.Longest(spec["description"], Rulebook.Description);
        to.Required(spec[dialect.Service]);
        if (to.Required(spec["budgetingMethod"]))
            to.OneOf(spec["budgetingMethod"], "Occurrences", "Timeslices", "RatioTimeslices");
        to.Count(spec["timeWindow"], 1, 1);
        foreach (var window in spec["timeWindow"].Items())
            Window(to, window, dialect);
        foreach (var policy in spec["alertPolicies"].Items())
            Rulebook.Choice(
                to,
                policy,
                "alertPolicyRef",
                "AlertPolicy",
                dialect,
                (findings, inner) => AlertRules.Policy(findings, inner, dialect)
            );
        Objectives(to, spec, objectives, dialect);
    }

    /// <summary>A calendar goes with a window that does not roll, and only with it.</summary>
    public static void Calendar(Findings to, Place window)
    {
        var (rolling, calendar) = (window["isRolling"].IsTrue, window["calendar"]);
        if (rolling && calendar.IsThere)
            to.Add(
                window,
                "calendar_forbidden",
                "A rolling window has no calendar.",
                "isRolling: false, or no calendar."
            );
        if (!rolling && !calendar.IsThere)
            to.Add(window, "calendar_missing", "There is no calendar.", "isRolling: true, or a calendar.");
        if (!calendar.IsThere)
            return;
        to.DateTime(calendar["startTime"]);
        to.TimeZone(calendar["timeZone"]);
    }

    private static bool IsComposite(Place objective, Dialect dialect) =>
        objective[dialect.Indicator].IsThere || objective[dialect.IndicatorRef].IsThere;

    private static void Where(Findings to, Place spec, List<Place> objectives, Dialect dialect)
    {
        var here = IsComposite(spec, dialect);
        var there = objectives.Any(objective => IsComposite(objective, dialect));
        if (here == there)
            to.Add(
                spec,
                "mutually_exclusive",
                here ? "There is an indicator here and in an objective." : "There is no indicator.",
                $"{dialect.Indicator} or {dialect.IndicatorRef} here, or in each objective of a composite."
            );
    }

    private static void Indicator(Findings to, Place at, Dialect dialect)
    {
        var (inline, reference) = (at[dialect.Indicator], at[dialect.IndicatorRef]);
        if (
            !IsComposite(at, dialect)
            || !to.Exclusive(at, true, (dialect.Indicator, inline.IsThere), (dialect.IndicatorRef, reference.IsThere))
        )
            return;
        if (reference.IsThere)
        {
            to.DnsLabel(reference);
            return;
        }

        Rulebook.Metadata(to, inline["metadata"], dialect);
        SliRules.Check(to, inline["spec"], dialect);
    }

    private static void Slices(Findings to, string? method, List<Place> objectives, Dialect dialect)
    {
        if (method is not ("Timeslices" or "RatioTimeslices"))
            return;
        foreach (var objective in objectives)
        {
            if (method is "Timeslices" && to.Required(objective["timeSliceTarget"]))
            {
                to.Above(objective["timeSliceTarget"], 0);
                to.AtMost(objective["timeSliceTarget"], 1);
            }

            if (to.Required(objective["timeSliceWindow"]))
                to.Duration(objective["timeSliceWindow"], dialect);
        }
    }

    private static void Window(Findings to, Place window, Dialect dialect)
    {
        Calendar(to, window);
        if (to.Required(window["duration"]))
            to.Duration(window["duration"], dialect);
    }

    private static void Objectives(Findings to, Place spec, List<Place> objectives, Dialect dialect)
    {
        var metric = spec[dialect.Indicator]["spec"];
        var composite = objectives.Any(objective => IsComposite(objective, dialect));
        foreach (var objective in objectives)
        {
            Target(to, objective);
            if (metric["ratioMetric"].IsThere)
            {
                to.Forbidden(objective["value"], "Only for a threshold metric; leave it out.");
                to.Forbidden(objective["op"], "Only for a threshold metric; leave it out.");
            }

            if (metric["thresholdMetric"].IsThere)
            {
                to.Required(objective["value"]);
                AlertRules.Operator(to, objective["op"]);
            }

            if (!composite)
                continue;
            Indicator(to, objective, dialect);
            to.Above(objective["compositeWeight"], 0);
        }
    }

    private static void Target(Findings to, Place objective)
    {
        var (ratio, percent) = (objective["target"], objective["targetPercent"]);
        to.Exclusive(objective, true, ("target", ratio.IsThere), ("targetPercent", percent.IsThere));
        to.AtLeast(ratio, 0);
        to.Below(ratio, 1);
        to.AtLeast(percent, 0);
        to.Below(percent, 100);
    }
}
