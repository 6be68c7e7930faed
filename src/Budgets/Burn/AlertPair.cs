using System.Runtime.CompilerServices;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>A burn alert opens when both windows are above the factor: the long one says it matters, the short one that it still goes on.</summary>
public sealed record AlertPair(BurnSeverity Severity, Window LongWindow, Window ShortWindow, Ratio Factor)
{
    /// <summary>Most urgent first: pages before tickets, then the higher factor.</summary>
    public bool IsMoreUrgentThan(BurnSeverity severity, decimal factor) =>
        Severity < severity || (Severity == severity && Factor.Rounded(4) > factor);
}

/// <summary>
/// The four pairs of the SRE Workbook (chapter 5), scaled to the objective's window W: a pair that may spend the share c
/// of the budget within its long window w has the factor c·W/w. For 30 days: 14.4, 6, 3 and 1.
/// </summary>
public static class AlertPairs
{
    private static readonly TimeSpan ShortObjective = TimeSpan.FromDays(14);

    // The same terms are judged tens of thousands of times when a month is replayed.
    private static readonly ConditionalWeakTable<ObjectiveTerms, IReadOnlyList<AlertPair>> Known = [];

    // Shares in per mille; the second one for objectives shorter than two weeks, where 2 % would page for nothing.
    private static readonly (BurnSeverity Severity, Window Long, Window Short, int Share, int ShareWhenShort)[] Table =
    [
        (BurnSeverity.Page, Window.Parse("1h"), Window.Parse("5m"), 20, 80),
        (BurnSeverity.Page, Window.Parse("6h"), Window.Parse("30m"), 50, 125),
        (BurnSeverity.Ticket, Window.Parse("1d"), Window.Parse("2h"), 100, 200),
        (BurnSeverity.Ticket, Window.Parse("3d"), Window.Parse("6h"), 100, 420),
    ];

    /// <summary>The pairs an objective is judged by, most urgent first: its own rules, or the four that make sense for it.</summary>
    public static IReadOnlyList<AlertPair> Of(ObjectiveTerms terms) => Known.GetValue(terms, Computed);

    private static IReadOnlyList<AlertPair> Computed(ObjectiveTerms terms)
    {
        var mayFail = BurnRates.MayFail(terms.Target);
        var pairs = terms.Rules is null
            ? Of(BudgetTerms.PeriodOf(terms), mayFail)
            : terms.Rules.Select(rule => new AlertPair(
                rule.Severity,
                Window.Parse(rule.LongWindow),
                Window.Parse(rule.ShortWindow),
                Ratio.Of(rule.Factor)
            ));
        return
        [
            .. pairs
                .Where(pair => Fits(terms, pair.LongWindow) && Fits(terms, pair.ShortWindow))
                .OrderBy(pair => pair.Severity)
                .ThenByDescending(pair => pair.Factor.Rounded(6)),
        ];
    }

    /// <summary>
    /// The pairs that make sense for an objective, most urgent first. Left out is a pair that could never open (even a
    /// total outage burns slower), one that would open while the objective is met (factor below 0.9), and one that is
    /// as long as the objective itself.
    /// </summary>
    public static IReadOnlyList<AlertPair> Of(Window objective, Ratio mayFail) =>
        [
            .. Scaled(objective)
                .Where(pair =>
                    pair.Factor.IsReachable(mayFail) && 10 * pair.Factor.Numerator >= 9 * pair.Factor.Denominator
                ),
        ];

    /// <summary>All of the four pairs that are shorter than the objective, scaled to it, reachable or not.</summary>
    public static IEnumerable<AlertPair> Scaled(Window objective) =>
        Table
            .Where(row => row.Long.Length < objective.Length)
            .Select(row => new AlertPair(
                row.Severity,
                row.Long,
                row.Short,
                Factor(objective, row.Long, objective.Length < ShortObjective ? row.ShareWhenShort : row.Share)
            ));

    /// <summary>The rolling windows that burn rates are told for, the objective's own not among them.</summary>
    public static IEnumerable<Window> WindowsOf(ObjectiveTerms terms) =>
        BurnWindows
            .Of(BudgetTerms.PeriodOf(terms))
            .SkipLast(1)
            .Where(window => Fits(terms, window))
            .Concat(Of(terms).SelectMany(pair => (Window[])[pair.ShortWindow, pair.LongWindow]))
            .DistinctBy(window => window.Name);

    /// <summary>The short window that goes with a long one: a twelfth. SRE Workbook, chapter 5.</summary>
    public static TimeSpan ShortFor(Window matters) => matters.Length / 12;

    /// <summary>The factor that spends a share (in per mille) of the budget within a window.</summary>
    public static Ratio Factor(Window objective, Window within, int perMille) =>
        Ratio.Of(
            perMille * (objective.Length.Ticks / TimeSpan.TicksPerMinute),
            1000 * (within.Length.Ticks / TimeSpan.TicksPerMinute)
        );

    /// <summary>A window of less than a slice, or of part of one, cannot be judged by slices.</summary>
    public static bool Fits(ObjectiveTerms terms, Window window) =>
        Periods.SliceOf(terms) is not { } slice || window.Length.Ticks % slice.Ticks == 0;
}
