using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Prometheus;

/// <summary>How a budget stood at one moment, besides its counts.</summary>
public sealed record Standing(int Pages, int Tickets, bool Exhausted);

/// <summary>One series of a budget: its labels and its value at a moment.</summary>
/// <param name="Labels">All labels, the metric's name among them.</param>
/// <param name="Counts">Whether it is computed from counts.</param>
/// <param name="Value">The value; null where there is none, for example a ratio of nothing.</param>
public sealed record Series(
    IReadOnlyDictionary<string, string> Labels,
    bool Counts,
    Func<Reading, Standing, decimal?> Value
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
        new(
            "slo_events_total",
            "gauge",
            "Events of the budget's window by outcome, good or bad; slices of a budget by slices."
        ),
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

    /// <summary>Every series of a budget, by the terms it has.</summary>
    public static IEnumerable<Series> Of(Budget budget)
    {
        var (terms, mayFail) = (budget.Terms, BurnRates.MayFail(budget.Target));
        yield return Plain(budget, "slo_target", _ => terms.Target);
        foreach (var window in terms.Windows.DistinctBy(window => window.Duration))
        {
            foreach (var series in OfWindow(budget, window, mayFail))
                yield return series;
        }

        var rolling = terms
            .Windows.Where(window => window.Calendar is null)
            .Select(window => Window.Parse(window.Duration))
            .Concat(AlertPairs.WindowsOf(terms));
        foreach (var over in rolling.DistinctBy(window => window.Name).OrderBy(window => window.Length))
            yield return Counted(budget, "slo_burn_rate", over.Name, reading => Rate(reading.In(over.Name), mayFail));
        yield return Plain(budget, "slo_budget_exhausted", standing => standing.Exhausted ? 1 : 0);
        yield return Plain(budget, "slo_alert_open", standing => standing.Pages, ("severity", "page"));
        yield return Plain(budget, "slo_alert_open", standing => standing.Tickets, ("severity", "ticket"));
    }

    // What is left of a calendar window is what will be left at its end, if traffic goes on as it came.
    private static IEnumerable<Series> OfWindow(Budget budget, WindowTerms window, Ratio mayFail)
    {
        yield return Of("slo_sli", reading => Ratio(reading.In(window).Good, reading.In(window).Total));
        yield return Of("slo_events_total", reading => reading.In(window).Good, ("outcome", "good"));
        yield return Of("slo_events_total", reading => reading.In(window).Bad, ("outcome", "bad"));
        yield return Of("slo_budget_allowed_events", reading => Whole(reading).Allowed(mayFail));
        yield return Of("slo_budget_remaining_ratio", reading => Left(Whole(reading), mayFail, 1));
        yield return Of(
            "slo_budget_remaining_permille",
            reading => Left(Whole(reading), mayFail, 1000) is { } left ? decimal.Floor(left) : null
        );

        Tally Whole(Reading reading) => reading.Projected(budget.Terms, window);

        Series Of(string name, Func<Reading, decimal?> value, params ReadOnlySpan<(string, string)> more) =>
            Counted(budget, name, window.Duration, value, more);
    }

    private static Series Plain(
        Budget budget,
        string name,
        Func<Standing, decimal?> value,
        params ReadOnlySpan<(string, string)> more
    ) => new(Labels(budget, name, more), false, (_, standing) => value(standing));

    private static Series Counted(
        Budget budget,
        string name,
        string window,
        Func<Reading, decimal?> value,
        params ReadOnlySpan<(string, string)> more
    ) => new(Labels(budget, name, [("window", window), .. more]), true, (reading, _) => value(reading));

    private static SortedDictionary<string, string> Labels(
        Budget budget,
        string name,
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
        return labels;
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
