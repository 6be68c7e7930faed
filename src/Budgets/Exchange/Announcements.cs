using JasperFx.Events;
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;
using Steady.Budgets.Gates;
using Steady.Budgets.Toil;
using Wire = Steady.Contracts.Budgets;

namespace Steady.Budgets.Exchange;

/// <summary>What others hear. What is not named here stays private.</summary>
public static class Announcements
{
    public static object? Of(IEvent stored) =>
        stored.Data switch
        {
            BurnAlertOpened e => Opened(e),
            BurnAlertEscalated e => Escalated(e),
            BurnAlertClosed e => Closed(e),
            CompositeAlertOpened e => Opened(e.Alert),
            CompositeAlertEscalated e => Escalated(e.Alert),
            CompositeAlertClosed e => Closed(e.Alert),
            BudgetExhausted e => new Wire.BudgetExhausted(
                e.Of.ObjectiveId,
                e.Of.Objective,
                e.Of.Service,
                e.Good,
                e.Bad,
                e.At,
                e.Of.Unit
            ),
            BudgetRestored e => new Wire.BudgetRestored(
                e.Of.ObjectiveId,
                e.Of.Objective,
                e.Of.Service,
                e.Good,
                e.Bad,
                e.At,
                e.Of.Unit
            ),
            ThresholdCrossed e => Crossed(e),
            WindowRolled e => Rolled(e),
            DataGapOpened e => new Wire.DataGapOpened(e.Of.ObjectiveId, e.Of.Objective, e.Of.Service, e.Since, e.At),
            DataGapClosed e => new Wire.DataGapClosed(
                e.Of.ObjectiveId,
                e.Of.Objective,
                e.Of.Service,
                e.Since,
                e.Until,
                e.At
            ),
            SpendAttributed e => Attributed(e),
            GateDecided e => new Wire.GateDecided(e.View(stored.StreamId)),
            ToilCapReached e => new Wire.ToilCapReached(
                e.Team,
                e.Week,
                e.SpentMinutes,
                e.CapMinutes,
                e.DeveloperTeam,
                e.Until,
                e.At
            ),
            ToilCapCleared e => new Wire.ToilCapCleared(e.Team, e.Week, e.SpentMinutes, e.CapMinutes, e.At),
            TicketRouted { Over: true } e => new Wire.TicketRoutedToDevTeam(
                e.Team,
                e.To,
                e.Ref,
                e.Title,
                e.Week,
                e.SpentMinutes,
                e.CapMinutes,
                e.At
            ),
            _ => GateAnnouncements.Of(stored),
        };

    private static Wire.BurnAlertOpened Opened(BurnAlertOpened e) =>
        new(
            e.AlertId,
            e.Of.ObjectiveId,
            e.Of.Objective,
            e.Of.Service,
            e.Severity,
            e.LongWindow,
            e.ShortWindow,
            e.Factor,
            e.InLong.Good,
            e.InLong.Bad,
            e.InShort.Good,
            e.InShort.Bad,
            e.At,
            e.FirstBadAt
        );

    private static Wire.BurnAlertEscalated Escalated(BurnAlertEscalated e) =>
        new(
            e.AlertId,
            e.Of.ObjectiveId,
            e.Of.Objective,
            e.Of.Service,
            e.From,
            e.Severity,
            e.LongWindow,
            e.ShortWindow,
            e.Factor,
            e.InLong.Good,
            e.InLong.Bad,
            e.InShort.Good,
            e.InShort.Bad,
            e.At,
            e.FirstBadAt
        );

    private static Wire.BurnAlertClosed Closed(BurnAlertClosed e) =>
        new(e.AlertId, e.Of.ObjectiveId, e.Of.Objective, e.Of.Service, e.Severity, e.At);

    private static Wire.ThresholdCrossed Crossed(ThresholdCrossed e) =>
        new(
            e.Of.ObjectiveId,
            e.Of.Objective,
            e.Of.Service,
            e.Window,
            e.Percent,
            e.Rising,
            e.Whole.Good,
            e.Whole.Bad,
            e.At,
            e.Of.Unit
        );

    private static Wire.WindowRolled Rolled(WindowRolled e)
    {
        var mayFail = BurnRates.MayFail(e.Target);
        return new(
            e.Of.ObjectiveId,
            e.Of.Objective,
            e.Of.Service,
            e.Window,
            e.From,
            e.To,
            e.Whole.Good,
            e.Whole.Bad,
            e.Whole.Allowed(mayFail),
            e.Whole.Remaining(mayFail),
            e.Whole.Total == 0 ? null : !e.Whole.IsOverspent(mayFail),
            e.At,
            e.Of.Unit
        );
    }

    private static Wire.SpendAttributed Attributed(SpendAttributed e) =>
        new(
            e.Of.ObjectiveId,
            e.Of.Objective,
            e.Of.Service,
            e.Kind,
            e.CauseId,
            e.Label,
            e.From,
            e.To,
            e.Bad,
            e.ShareOfBudget,
            e.At
        );
}
