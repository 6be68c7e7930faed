using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Prometheus;

/// <summary>How a budget stood at one moment, besides its counts.</summary>
public sealed record Standing(int Pages, int Tickets, bool Exhausted);

/// <summary>One series of a budget: its labels, the window whose counts it needs, and its value at a moment.</summary>
/// <param name="Labels">All labels, the metric's name among them.</param>
/// <param name="Over">The window; null when it needs no counts.</param>
/// <param name="Value">The value; null where there is none, for example a ratio of nothing.</param>
public sealed record Series(
    IReadOnlyDictionary<string, string> Labels,
    Window? Over,
    Func<Tally, Standing, decimal?> Value
);

/// <summary>A metric's name, type and what it means.</summary>
public sealed record Family(string Name, string Type, string Help);

/// <summary>The fixed set of metrics: what is answered for each budget. Ratios are exact to 15 decimals; no decision takes one.</summary>
public static class Families
{
    private const int Digits = 15;

    public static IReadOnlyList<Family> All { get; } =
    [
        new("slo_target", "gauge", "Share of events that must be good."),
        new("slo_sli", "gauge", "Share of events of the budget's window that were good; absent without events."),
        new("slo_events_total", "gauge", "Events of the budget's window by outcome, good or bad."),
        new("slo_budget_allowed_events", "gauge", "Whole failures that the budget of the window allows."),
        new(
            "slo_budget_remaining_ratio",
            "gauge",
            "Share of the budget that is left, negative when overspent; absent without events."
        ),
        new(
            "slo_budget_remaining_permille",
            "gauge",
            "The same in whole per mille, rounded down, for readers that know no fractions."
        ),
        new(
            "slo_budget_exhausted",
            "gauge",
            "1 from the moment the budget was found exhausted until it was restored, else 0."
        ),
        new(
            "slo_burn_rate",
            "gauge",
            "Error ratio over a window divided by the share that may fail: 1 spends exactly the budget; absent without events."
        ),
        new("slo_alert_open", "gauge", "Open burn alerts by severity, page or ticket."),
    ];

    /// <summary>Every series of a budget.</summary>
    public static IEnumerable<Series> Of(Budget budget)
    {
        var mayFail = BurnRates.MayFail(budget.Target);
        var window = Window.Parse(budget.Window);
        yield return Plain("slo_target", _ => budget.Target);
        yield return Counted("slo_sli", tally => Ratio(tally.Good, tally.Total));
        yield return Counted("slo_events_total", tally => tally.Good, ("outcome", "good"));
        yield return Counted("slo_events_total", tally => tally.Bad, ("outcome", "bad"));
        yield return Counted("slo_budget_allowed_events", tally => tally.Allowed(mayFail));
        yield return Counted("slo_budget_remaining_ratio", tally => Left(tally, mayFail, 1));
        yield return Counted(
            "slo_budget_remaining_permille",
            tally => Left(tally, mayFail, 1000) is { } left ? decimal.Floor(left) : null
        );
        yield return Plain("slo_budget_exhausted", standing => standing.Exhausted ? 1 : 0);
        foreach (var over in BurnWindows.Of(window))
            yield return Make(budget, "slo_burn_rate", over, (tally, _) => Rate(tally, mayFail), ("window", over.Name));
        yield return Plain("slo_alert_open", standing => standing.Pages, ("severity", "page"));
        yield return Plain("slo_alert_open", standing => standing.Tickets, ("severity", "ticket"));

        Series Plain(string name, Func<Standing, decimal?> value, params ReadOnlySpan<(string, string)> more) =>
            Make(budget, name, null, (_, standing) => value(standing), more);

        Series Counted(string name, Func<Tally, decimal?> value, params ReadOnlySpan<(string, string)> more) =>
            Make(budget, name, window, (tally, _) => value(tally), [("window", window.Name), .. more]);
    }

    private static Series Make(
        Budget budget,
        string name,
        Window? over,
        Func<Tally, Standing, decimal?> value,
        params ReadOnlySpan<(string, string)> more
    )
    {
        var labels = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["__name__"] = name,
            ["objective"] = budget.Name,
            ["service"] = budget.Service,
        };
        foreach (var (label, text) in more)
            labels.Add(label, text);
        return new Series(labels, over, value);
    }

    private static decimal? Ratio(Int128 part, Int128 whole) =>
        whole == 0 ? null : decimal.Round((decimal)part / (decimal)whole, Digits);

    private static decimal? Rate(Tally tally, Ratio mayFail) =>
        Ratio((Int128)tally.Bad * mayFail.Denominator, mayFail.Numerator * tally.Total);

    // One division at the end, so that nothing is rounded on the way.
    private static decimal? Left(Tally tally, Ratio mayFail, int times)
    {
        var whole = mayFail.Numerator * tally.Total;
        return Ratio(times * (whole - (Int128)tally.Bad * mayFail.Denominator), whole);
    }
}
