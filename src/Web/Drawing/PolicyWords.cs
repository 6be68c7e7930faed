using System.Globalization;
using Steady.Contracts.Budgets;

namespace Steady.Web.Drawing;

/// <summary>What a gate policy demands, as sentences. Pure.</summary>
public static class PolicyWords
{
    /// <summary>When a rule holds: <c>more than 20 % of the budget went within 28d</c>.</summary>
    public static string When(GateCondition when) =>
        when switch
        {
            { Exhausted: true } => "the budget is exhausted",
            { RemainingBelow: { } share } => $"less than {Words.Percent(share)} of the budget is left",
            { AlertOpen: AlertLevel.Page } => "a page-level burn alert is open",
            { AlertOpen: AlertLevel.Any } => "a burn alert is open",
            { BurnRateAbove: { } burn } => string.Create(
                CultureInfo.InvariantCulture,
                $"it burns faster than {burn.Factor:0.##}× over {burn.Window}"
            ),
            { ExpectedSpendAboveRemaining: true } => "it may spend more than is left",
            { DataOlderThan: { } age } => $"the newest count is older than {age}",
            { SpentAbove: { } all } => $"more than {Words.Percent(all.Share)} of the budget went within {all.Within}",
            { IncidentAbove: { } one } =>
                $"one incident spent more than {Words.Percent(one.Share)} within {one.Within}",
            { ClassAbove: { } kind } =>
                $"causes of one class spent more than {Words.Percent(kind.Share)} within {kind.Within}",
            _ => "never",
        };

    public static string Of(GateRule rule) =>
        $"{Verb(rule.Then)} {Asked(rule.Actions)} when {When(rule.When)}{Except(rule.Except)}";

    public static string Of(CalendarFreeze freeze) =>
        $"{Verb(freeze.Then)} {Asked(freeze.Actions)} from {freeze.From} to {freeze.To} ({freeze.TimeZone}){Except(freeze.Except)}";

    /// <summary>For what it decides: <c>checkout, pay-* in prod*</c>.</summary>
    public static string For(GatePolicyTerms terms) =>
        $"{(terms.Services is ["*"] ? "every service" : string.Join(", ", terms.Services))} in {(terms.Environments is ["*"] ? "every environment" : string.Join(", ", terms.Environments))}";

    /// <summary>What it says besides its rules.</summary>
    public static string Besides(GatePolicyTerms terms)
    {
        var data = terms.Fail switch
        {
            FailureMode.Closed => "Without data it denies",
            FailureMode.Open => "Without data it warns",
            _ => "Without data it says nothing",
        };
        var stale = terms.StaleAfter is { } age ? $", and data is stale after {age}" : "";
        var through = terms.Overrides.Allowed
            ? $"a denial can be let through for {terms.Overrides.AtMost} at most"
            : "a denial cannot be let through";
        return $"{data}{stale}; an answer holds for {terms.ValidFor}; {through}.";
    }

    private static string Verb(GateVerdict verdict) => verdict == GateVerdict.Deny ? "Denies" : "Warns of";

    private static string Asked(IReadOnlyList<GateAction> actions) =>
        actions.Count == 0 ? "everything" : string.Join(" and ", actions.Select(one => $"{one}s".ToLowerInvariant()));

    private static string Except(IReadOnlyList<string> kinds) =>
        kinds.Count == 0 ? "" : $", except {string.Join(", ", kinds)}";
}
