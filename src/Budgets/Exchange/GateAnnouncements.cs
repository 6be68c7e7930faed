using JasperFx.Events;
using Steady.Budgets.Adjustments;
using Steady.Budgets.Gates;
using Steady.Budgets.Spending;
using Wire = Steady.Contracts.Budgets;

namespace Steady.Budgets.Exchange;

/// <summary>What others hear of what two persons decided, and of the policies that gates decide by.</summary>
internal static class GateAnnouncements
{
    public static object? Of(IEvent stored) =>
        stored.Data switch
        {
            GateOverridden e => new Wire.GateOverridden(
                stored.StreamId,
                e.Service,
                e.Action,
                e.Ref,
                e.Environment,
                e.Reason,
                e.ProposedBy,
                e.ApprovedBy,
                e.At,
                e.ExpiresAt
            ),
            PolicyChanged e => new Wire.PolicyChanged(e.Name, stored.Version, false, e.By, e.At, e.For),
            PolicyRetired e => new Wire.PolicyChanged(e.Name, stored.Version, true, e.By, e.At, e.For),
            DeployRecorded e => new Wire.DeployRecorded(
                stored.StreamId,
                e.Service,
                e.Ref,
                e.Environment,
                e.Affects,
                e.Team,
                e.Rollback,
                e.At
            ),
            _ => Adjusted(stored),
        };

    private static object? Adjusted(IEvent stored) =>
        stored.Data switch
        {
            AdjustmentProposed e => new Wire.AdjustmentProposed(
                e.AdjustmentId,
                e.Of.ObjectiveId,
                e.Of.Objective,
                e.Of.Service,
                e.From,
                e.To,
                e.Category,
                e.Reason,
                e.By,
                e.At
            ),
            AdjustmentApproved e => new Wire.AdjustmentApproved(
                e.AdjustmentId,
                e.Of.ObjectiveId,
                e.Of.Objective,
                e.Of.Service,
                e.From,
                e.To,
                e.Category,
                e.Reason,
                e.ProposedBy,
                e.By,
                e.At
            ),
            AdjustmentRevoked e => new Wire.AdjustmentRevoked(
                e.AdjustmentId,
                e.Of.ObjectiveId,
                e.Of.Objective,
                e.Of.Service,
                e.From,
                e.To,
                e.Reason,
                e.By,
                e.At
            ),
            _ => null,
        };
}
