using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

/// <summary>
/// Burn rules from the alert policies of a document. A policy that is only referred to and not part of the text says
/// nothing; without any condition the built-in rules hold. Pure.
/// </summary>
internal static class AlertRules
{
    /// <summary>Null when no condition is there.</summary>
    public static IReadOnlyList<(BurnRule Rule, Place At)>? Of(Refusals to, Place policies)
    {
        var conditions = policies
            .Items()
            .Select(policy => policy["spec"])
            .Where(spec => spec["alertWhenBreaching"].Node is not TruthNode { Value: false })
            .SelectMany(spec => spec["conditions"].Items())
            .Select(condition => condition["spec"])
            .Where(spec => spec.IsThere)
            .ToList();
        if (conditions.Count == 0)
            return null;
        var rules = new List<(BurnRule, Place)>();
        foreach (var spec in conditions)
        {
            if (Rule(to, spec) is { } rule)
                rules.Add((rule, spec["condition"]["threshold"]));
        }

        return rules;
    }

    /// <summary>The urgency that a word stands for.</summary>
    public static BurnSeverity? Severity(string word) =>
        word.ToLowerInvariant() switch
        {
            "page" or "critical" => BurnSeverity.Page,
            "ticket" or "warning" => BurnSeverity.Ticket,
            _ => null,
        };

    private static BurnRule? Rule(Refusals to, Place spec)
    {
        var condition = spec["condition"];
        var severity = Severity(spec["severity"].Text!);
        if (severity is null)
            to.Add(
                spec["severity"],
                "severity_unknown",
                "This urgency is not known.",
                "page, critical, ticket or warning."
            );
        if (condition["op"].Text is "lt" or "lte")
            to.Add(condition["op"], "alert_not_computed", "A burn rate alerts when it is high.", "gt or gte.");
        var factor = condition["threshold"].Number!.Value.Exact(9);
        if (factor is null or <= 0)
            to.Add(
                condition["threshold"],
                "alert_not_computed",
                "This is no burn rate.",
                "A number above 0, for example 14.4."
            );
        var looks = Window(to, condition["lookbackWindow"]);
        var after = condition["alertAfter"].IsThere ? Window(to, condition["alertAfter"]) : Twelfth(looks);
        return severity is null || factor is null || looks is null || after is null
            ? null
            : new(severity.Value, looks, after, factor.Value);
    }

    private static string? Window(Refusals to, Place place)
    {
        if (Duration.Read(place.Text ?? "") is { } length && Windowing.Refused(length, calendar: false) is null)
            return length.ToString();
        to.Add(place, "alert_not_computed", "No burn rate is kept for this length.", "A whole number of m, h, d or w.");
        return null;
    }

    // The short window that goes with a long one. SRE Workbook, chapter 5.
    private static string? Twelfth(string? window)
    {
        if (window is null || Duration.Read(window) is not { } length)
            return null;
        var minutes = length.Unit switch
        {
            "m" => length.Count,
            "h" => length.Count * 60,
            "d" => length.Count * 1440,
            _ => length.Count * 7 * 1440,
        };
        return $"{Math.Max(1, minutes / 12)}m";
    }
}
