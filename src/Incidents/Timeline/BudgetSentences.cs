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
            _ => Decision(message),
        };

    // What people decided about budgets and gates, what went out, and when nobody was counting.
    private static Line? Decision(object message) =>
        message switch
        {
            GateOverridden e => new(e.At, [e.Service], e.DecisionId, Overridden(e)) { By = e.ApprovedBy },
            AdjustmentApproved e => new(e.At, [e.Service], e.AdjustmentId, LeftOut(e)) { By = e.By },
            AdjustmentRevoked e => new(
                e.At,
                [e.Service],
                e.AdjustmentId,
                $"{Period(e.From, e.To)} counts again for the budget of {e.Objective}: {e.Reason}"
            )
            {
                By = e.By,
            },
            DeployRecorded e => new(e.At, [.. e.Affects.Prepend(e.Service).Distinct()], e.DeployId, WentOut(e)),
            // A policy of no service that has an objective touches nobody's timeline.
            PolicyChanged { Services: { Count: > 0 } services } e => new(
                e.At,
                services,
                null,
                e.Retired
                    ? $"The gate policy {e.Policy} was retired."
                    : $"The gate policy {e.Policy} has revision {e.Revision}."
            )
            {
                By = e.By,
            },
            DataGapOpened e => new(
                e.At,
                [e.Service],
                e.ObjectiveId,
                $"Nothing is counted for {e.Objective} since {Moment(e.Since)}: what is not measured is not good."
            ),
            DataGapClosed e => new(
                e.At,
                [e.Service],
                e.ObjectiveId,
                $"{e.Objective} is counted again; nothing had come since {Moment(e.Since)}."
            ),
            _ => null,
        };

    private static string Overridden(GateOverridden e) =>
        $"{e.ProposedBy} and {e.ApprovedBy} let {e.Action.ToString().ToLowerInvariant()} {e.Ref} ({e.Environment}) on "
        + $"{e.Service} through until {Moment(e.ExpiresAt)}, which the gate had denied: {e.Reason}";

    private static string LeftOut(AdjustmentApproved e) =>
        $"{Period(e.From, e.To)} is left out of the budget of {e.Objective}, proposed by {e.ProposedBy}: {e.Reason}";

    private static string WentOut(DeployRecorded e) =>
        $"{e.Ref} of {e.Service} {(e.Rollback ? "came back to" : "went out to")} {e.Environment}"
        + $"{(e.Team is { } team ? $" by {team}" : "")}.";

    private static string Period(DateTimeOffset from, DateTimeOffset to) => $"{Moment(from)} to {Moment(to)}";

    private static string Moment(DateTimeOffset at) =>
        at.ToUniversalTime().ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static string Opened(BurnAlertOpened e) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Service} burns the budget of {e.Objective} {e.Factor:0.##}x too fast ({(e.Severity == BurnSeverity.Page ? "page" : "ticket")}): {Failed(e.LongGood, e.LongBad)} in {e.LongWindow}, {Failed(e.ShortGood, e.ShortBad)} in {e.ShortWindow}."
        );

    private static string Decided(GateDecision d) =>
        $"The gate {(d.Ok ? "allows" : "denies")} {d.Action.ToString().ToLowerInvariant()} {About(d.Ref)} ({d.Environment}) on {d.Service}: {string.Join(" ", d.Reasons)}";

    // An experiment asks by the id of its run: its first digits tell runs apart.
    private static string About(string reference) => Guid.TryParse(reference, out _) ? reference[..8] : reference;

    private static string Attributed(SpendAttributed e) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{e.Bad} failures, {e.ShareOfBudget * 100:0.##} % of the budget of {e.Objective}, are put down to the {(e.Kind == CauseKind.Incident ? "incident" : "run")} \"{e.Label}\"."
        );

    private static string Failed(long good, long bad) =>
        string.Create(CultureInfo.InvariantCulture, $"{bad} of {good + bad} failed");
}
