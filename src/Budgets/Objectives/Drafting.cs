using System.Text.RegularExpressions;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

/// <summary>
/// Makes the terms of a budget of one objective of a valid document. Pure. What OpenSLO allows and no budget can be
/// computed from is refused at its place.
/// </summary>
internal static partial class Drafting
{
    private const string Label =
        "1 to 63 lower-case letters, digits and hyphens, beginning and ending with a letter or digit.";

    public static ObjectiveDraft? Of(Refusals to, ObjectiveDocument single)
    {
        var (slo, objective) = (single.Slo, single.Objective);
        var spec = slo["spec"];
        if (!IsLabel(spec["service"].Text!))
            to.Add(spec["service"], "string_dns_label", "This is no name of a service.", Label);
        var extras = Extras.Read(to, slo["metadata"]["annotations"]);
        var window = Windowing.Read(to, spec["timeWindow"].Items().Single());
        var rules = extras.Rules ?? AlertRules.Of(to, spec["alertPolicies"]);
        var places = rules?.Select(rule => rule.At).ToList() ?? [];
        var method = spec["budgetingMethod"].Text switch
        {
            "Timeslices" => BudgetingMethod.Timeslices,
            "RatioTimeslices" => BudgetingMethod.RatioTimeslices,
            _ => BudgetingMethod.Occurrences,
        };
        var slices = method is not BudgetingMethod.Occurrences;
        var slice = slices ? Windowing.Slice(to, objective, method, extras.NoData) : null;
        if (Target(to, objective) is not { } target || window is null || (slices && slice is null))
            return null;
        var terms = new ObjectiveTerms(
            target,
            method,
            [window, .. extras.Windows],
            slice,
            rules?.Select(rule => rule.Rule).ToList(),
            extras.Guard,
            extras.GapMinutes
        );
        return new(
            single.Name,
            single.DisplayName,
            spec["service"].Text!,
            Sli(spec, objective),
            terms,
            extras.Environment,
            extras.Team,
            Export.Compact(single.Document)
        )
        {
            Places = new(slo, objective, places),
        };
    }

    public static bool IsLabel(string text) => text.Length <= 63 && LabelForm().IsMatch(text);

    private static string Sli(Place spec, Place objective)
    {
        var at = objective["indicator"].IsThere || objective["indicatorRef"].IsThere ? objective : spec;
        return at["indicatorRef"].Text ?? at["indicator"]["metadata"]["name"].Text!;
    }

    private static decimal? Target(Refusals to, Place objective)
    {
        const int mostPlaces = 9;
        var percent = objective["targetPercent"];
        var place = percent.IsThere ? percent : objective["target"];
        var number = percent.IsThere ? percent.Number!.Value.Hundredth() : place.Number!.Value;
        if (number.Exact(mostPlaces) is { } target and > 0 and < 1)
            return target;
        to.Add(
            place,
            "target_not_computed",
            "No budget can be computed for this target.",
            percent.IsThere
                ? "A number above 0 and below 100 with at most 7 decimals, for example 99.9."
                : "A number above 0 and below 1 with at most 9 decimals, for example 0.999."
        );
        return null;
    }

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?\z", RegexOptions.CultureInvariant)]
    private static partial Regex LabelForm();
}
