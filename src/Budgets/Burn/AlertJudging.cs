using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Burn;

/// <summary>
/// The one burn alert of a budget. It opens with the most urgent pair that is above; less urgent ones then stay silent. A
/// more urgent one escalates it. It closes when no pair as urgent as itself is above; a ticket pair that still is then gets
/// an alert of its own, because the page is over and the budget still burns.
/// </summary>
public static class AlertJudging
{
    public static IEnumerable<object> Of(
        Budget budget,
        Reading reading,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad
    )
    {
        var whole = reading.Whole(budget.Terms);
        var above = AlertPairs.Of(budget.Terms).Where(pair => IsAbove(budget.Terms, pair, reading, whole)).ToList();
        var alerts = budget.Alerts.OrderBy(alert => alert.Severity).ThenByDescending(alert => alert.Factor).ToList();
        // Budgets that were judged by an older rule may have several.
        foreach (var extra in alerts.Skip(1))
            yield return Closed(budget.Of, extra, reading.In, now);
        foreach (var step in Next(budget.Of, alerts.FirstOrDefault(), above, reading.In, now, firstBad))
            yield return step;
    }

    /// <summary>The rule alone: from the alert that is open and the pairs that are above, most urgent first.</summary>
    public static IEnumerable<object> Next(
        BudgetOf of,
        OpenBurnAlert? open,
        IReadOnlyList<AlertPair> above,
        Func<string, Tally> seen,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad
    )
    {
        if (open is not null && !above.Any(pair => pair.Severity <= open.Severity))
        {
            yield return Closed(of, open, seen, now);
            open = null;
        }

        if (above.Count == 0)
            yield break;
        if (open is null)
            yield return Opened(of, above[0], seen, now, firstBad);
        else if (above[0].IsMoreUrgentThan(open.Severity, open.Factor))
            yield return Escalated(of, open, above[0], seen, now, firstBad);
    }

    public static BurnAlertClosed Closed(
        BudgetOf of,
        OpenBurnAlert alert,
        Func<string, Tally> seen,
        DateTimeOffset now
    ) => new(of, alert.Id, alert.Severity, seen(alert.LongWindow), seen(alert.ShortWindow), now);

    /// <summary>Whether both windows are above, and the guards hold.</summary>
    public static bool IsAbove(ObjectiveTerms terms, AlertPair pair, Reading reading, Tally whole)
    {
        var mayFail = BurnRates.MayFail(terms.Target);
        var (inLong, inShort) = (reading.In(pair.LongWindow.Name), reading.In(pair.ShortWindow.Name));
        var unit = BudgetTerms.UnitOf(terms.Method);
        return terms.Guard.TrafficAware
            ? Guards.Hold(terms.Guard, inLong, unit)
                && ByTraffic(pair.LongWindow, inLong)
                && ByTraffic(pair.ShortWindow, inShort)
            : Guards.Hold(terms.Guard, inLong, unit)
                && inLong.IsAbove(pair.Factor, mayFail)
                && inShort.IsAbove(pair.Factor, mayFail);

        bool ByTraffic(Window window, Tally tally) =>
            tally.IsAboveByTraffic(whole, pair.Factor, window.Length, BudgetTerms.PeriodOf(terms).Length, mayFail);
    }

    private static BurnAlertOpened Opened(
        BudgetOf of,
        AlertPair pair,
        Func<string, Tally> seen,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad
    ) =>
        new(
            of,
            StableId.From("burn-alert", of.ObjectiveId.ToString(), pair.LongWindow.Name, $"{now.UtcTicks}"),
            pair.Severity,
            pair.LongWindow.Name,
            pair.ShortWindow.Name,
            pair.Factor.Rounded(4),
            seen(pair.LongWindow.Name),
            seen(pair.ShortWindow.Name),
            now,
            Began(firstBad, pair)
        );

    private static BurnAlertEscalated Escalated(
        BudgetOf of,
        OpenBurnAlert open,
        AlertPair pair,
        Func<string, Tally> seen,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad
    ) =>
        new(
            of,
            open.Id,
            open.Severity,
            pair.Severity,
            pair.LongWindow.Name,
            pair.ShortWindow.Name,
            pair.Factor.Rounded(4),
            seen(pair.LongWindow.Name),
            seen(pair.ShortWindow.Name),
            now,
            Began(firstBad, pair)
        );

    private static DateTimeOffset? Began(IReadOnlyDictionary<string, DateTimeOffset>? firstBad, AlertPair pair) =>
        firstBad is not null && firstBad.TryGetValue(pair.ShortWindow.Name, out var began) ? began : null;
}
