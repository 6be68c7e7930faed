using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>How a budget stands, from its state and its counts. Pure.</summary>
public static class Statuses
{
    /// <param name="budget">The budget.</param>
    /// <param name="reading">What was counted.</param>
    /// <param name="spend">Who spent it; adds up to the failures of the reading.</param>
    /// <param name="now">The moment of the reading.</param>
    /// <param name="forecast">How it will stand, when that is wanted.</param>
    /// <param name="ceiling">What it stands on.</param>
    public static BudgetStatus Of(
        Budget budget,
        Reading reading,
        IReadOnlyList<SpendShare> spend,
        DateTimeOffset now,
        BudgetForecast? forecast = null,
        DependencyCeiling? ceiling = null
    )
    {
        var (terms, mayFail) = (budget.Terms, BurnRates.MayFail(budget.Target));
        var whole = reading.Whole(terms);
        return new BudgetStatus(
            budget.Of.ObjectiveId,
            budget.Name,
            budget.DisplayName,
            budget.Service,
            budget.Target,
            budget.Window,
            StateOf(budget, whole, mayFail),
            reading.In(terms.Windows[0]).Good,
            whole.Bad,
            whole.Allowed(mayFail),
            whole.Remaining(mayFail),
            [.. reading.Periods.Zip(reading.Tallies, (period, tally) => Rate(period, tally, mayFail))],
            [.. budget.Alerts.OrderBy(alert => alert.Severity).ThenByDescending(alert => alert.Factor)],
            spend,
            reading.KnownUntil(now),
            now,
            Unadjusted(budget, reading, mayFail),
            budget.Of.Unit,
            terms.Method,
            terms.Slice,
            [.. terms.Windows.Select(window => FiguresOf(terms, window, reading, mayFail))],
            [.. AlertPairs.Of(terms).Select(pair => Derivations.Of(terms, pair, reading, whole))],
            [.. Derivations.LeftOut(terms)],
            budget.Threshold,
            budget.GapSince,
            forecast,
            ceiling,
            budget.Revision,
            Revisions(budget),
            budget.Retired
        );
    }

    /// <summary>The budget by terms that held before, beside the ones that hold: the same counts, read by them. Null when there is no such revision.</summary>
    public static Budget? ByRevision(Budget budget, int revision) =>
        revision == budget.Revision ? budget
        : budget.Past.FirstOrDefault(past => past.Revision == revision) is { } past
            ? budget with
            {
                Of = budget.Of with { Unit = BudgetTerms.UnitOf(past.Terms.Method) },
                Sli = past.Sli,
                Terms = past.Terms,
                Target = past.Terms.Target,
                Window = past.Terms.Windows[0].Duration,
                Revision = past.Revision,
                Alerts = [],
                Threshold = 0,
                Exhausted = false,
            }
        : null;

    private static BurnRate Rate(Period period, Tally tally, Ratio mayFail) =>
        new(period.Name, tally.Good, tally.Bad, tally.Rate(mayFail));

    private static WindowFigures FiguresOf(ObjectiveTerms terms, WindowTerms window, Reading reading, Ratio mayFail)
    {
        var (period, soFar) = (reading.PeriodOf(window), reading.In(window));
        return new(
            window.Duration,
            window.Calendar,
            period.Since,
            period.Until,
            period.Ends,
            BudgetMaths.Indicator(soFar.Good, (Rational)soFar.Good + soFar.Bad)?.Rounded(9),
            Figures(soFar, mayFail),
            period.IsCalendar ? Figures(reading.Projected(terms, window), mayFail) : null
        );
    }

    private static UnadjustedFigures? Unadjusted(Budget budget, Reading reading, Ratio mayFail)
    {
        if (reading.UnadjustedWhole(budget.Terms) is not { } raw)
            return null;
        var period = reading.PeriodOf(budget.Terms.Windows[0]);
        var excluded = budget.Exclusions.Clip(period.Since, period.Until).Length();
        return new(raw.Good, raw.Bad, raw.Allowed(mayFail), raw.Remaining(mayFail), (long)excluded.TotalSeconds);
    }

    private static BudgetFigures Figures(Tally tally, Ratio mayFail) =>
        new(tally.Good, tally.Bad, tally.Allowed(mayFail), tally.Remaining(mayFail));

    private static IReadOnlyList<RevisionView> Revisions(Budget budget) =>
        [
            .. budget
                .Past.Select(past => View(past.Revision, past.Terms, past.From, past.Until))
                .Append(View(budget.Past.Count + 1, budget.Terms, budget.TermsSince, null))
                .DistinctBy(view => view.Revision),
        ];

    private static RevisionView View(int revision, ObjectiveTerms terms, DateTimeOffset from, DateTimeOffset? until) =>
        new(revision, terms.Target, terms.Windows[0].Duration, terms.Method, from, until);

    // Said to be exhausted until it is said to be restored: what is shown and what was announced are one.
    private static BudgetState StateOf(Budget budget, Tally whole, Ratio mayFail) =>
        whole switch
        {
            { Total: var total } when total == 0 => BudgetState.NoData,
            _ when whole.IsExhausted(mayFail) || budget.Exhausted => BudgetState.Exhausted,
            _ when budget.Alerts.Count > 0 => BudgetState.Burning,
            _ => BudgetState.Healthy,
        };
}
