using System.Globalization;
using Steady.Contracts.Budgets;

namespace Steady.Incidents.Timeline;

/// <summary>What Budgets announces, as lines of a timeline.</summary>
public static class BudgetSentences
{
    public static Line? Of(object message) =>
        message switch
        {
            BurnAlertOpened e => new(e.At, [e.Service], e.AlertId, Opened(e)),
            BurnAlertEscalated e => new(e.At, [e.Service], e.AlertId, $"More urgent: {Opened(e.AsOpened())}"),
            BurnAlertClosed e => new(
                e.At,
                [e.Service],
                e.AlertId,
                $"{e.Service} no longer burns the budget of {e.Objective} too fast."
            ),
            BudgetExhausted e => new(
                e.At,
                [e.Service],
                e.ObjectiveId,
                $"The budget of {e.Objective} is exhausted: {Failed(e.Good, e.Bad)}."
            ),
            BudgetRestored e => new(
                e.At,
                [e.Service],
                e.ObjectiveId,
                $"{e.Objective} has budget again: {Failed(e.Good, e.Bad)}."
            ),
            GateDecided { Decision: var d } => new(d.At, [d.Service], d.DecisionId, Decided(d)) { By = d.By },
            SpendAttributed e => new(e.At, [e.Service], e.CauseId, Attributed(e))
            {
                IncidentId = e.Kind == CauseKind.Incident ? e.CauseId : null,
            },
            _ => null,
        };

    private static string Opened(BurnAlertOpened e) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Service} burns the budget of {e.Objective} {e.Factor:0.##}x too fast ({(e.Severity == BurnSeverity.Page ? "page" : "ticket")}): {Failed(e.LongGood, e.LongBad)} in {e.LongWindow}, {Failed(e.ShortGood, e.ShortBad)} in {e.ShortWindow}."
        );

    private static string Decided(GateDecision d) =>
        $"The gate {(d.Ok ? "allows" : "denies")} {d.Action.ToString().ToLowerInvariant()} {d.Ref} ({d.Environment}) on {d.Service}: {string.Join(" ", d.Reasons)}";

    private static string Attributed(SpendAttributed e) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Bad} failures, {e.ShareOfBudget * 100:0.##} % of the budget of {e.Objective}, are put down to the {(e.Kind == CauseKind.Incident ? "incident" : "run")} \"{e.Label}\"."
        );

    private static string Failed(long good, long bad) =>
        string.Create(CultureInfo.InvariantCulture, $"{bad} of {good + bad} failed");
}
