using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Steady.Budgets.Adjustments;
using Steady.Budgets.Burn;
using Steady.Budgets.Composites;
using Steady.Budgets.Gates;
using Steady.Budgets.Intake;
using Steady.Budgets.Objectives;
using Steady.Budgets.Spending;
using Steady.Budgets.Toil;

namespace Steady.Budgets;

/// <summary>What this service keeps, under which names. A stored name is never given to something else.</summary>
public static class StoredShapes
{
    /// <summary>Every stored event and its name.</summary>
    public static IReadOnlyDictionary<Type, string> Names { get; } =
        new Dictionary<Type, string>
        {
            [typeof(ObjectiveDefined)] = "objective_defined.v1",
            [typeof(ObjectiveRevised)] = "objective_revised.v1",
            [typeof(ObjectiveRetired)] = "objective_retired.v1",
            [typeof(BudgetOpened)] = "budget_opened.v1",
            [typeof(BudgetRevised)] = "budget_revised.v1",
            [typeof(BudgetRetired)] = "budget_retired.v1",
            [typeof(BurnAlertOpened)] = "burn_alert_opened.v1",
            [typeof(BurnAlertEscalated)] = "burn_alert_escalated.v1",
            [typeof(BurnAlertClosed)] = "burn_alert_closed.v1",
            [typeof(BudgetExhausted)] = "budget_exhausted.v1",
            [typeof(BudgetRestored)] = "budget_restored.v1",
            [typeof(ThresholdCrossed)] = "threshold_crossed.v1",
            [typeof(WindowRolled)] = "window_rolled.v1",
            [typeof(DependenciesDeclared)] = "dependencies_declared.v1",
            [typeof(CompositeDefined)] = "composite_defined.v1",
            [typeof(CompositeRetired)] = "composite_retired.v1",
            [typeof(CompositeAlertOpened)] = "composite_alert_opened.v1",
            [typeof(CompositeAlertEscalated)] = "composite_alert_escalated.v1",
            [typeof(CompositeAlertClosed)] = "composite_alert_closed.v1",
            [typeof(DataGapOpened)] = "data_gap_opened.v1",
            [typeof(DataGapClosed)] = "data_gap_closed.v1",
            [typeof(LateDataApplied)] = "late_data_applied.v1",
            [typeof(SumsDiffered)] = "sums_differed.v1",
            [typeof(SpendAttributed)] = "spend_attributed.v1",
            [typeof(ExclusionsSet)] = "exclusions_set.v1",
            [typeof(AdjustmentProposed)] = "adjustment_proposed.v1",
            [typeof(AdjustmentApproved)] = "adjustment_approved.v1",
            [typeof(AdjustmentRevoked)] = "adjustment_revoked.v1",
            [typeof(GateDecided)] = "gate_decided.v1",
            [typeof(TeamStaffed)] = "team_staffed.v1",
            [typeof(ToilRecorded)] = "toil_recorded.v1",
            [typeof(ToilWithdrawn)] = "toil_withdrawn.v1",
            [typeof(ToilCapReached)] = "toil_cap_reached.v1",
            [typeof(ToilCapCleared)] = "toil_cap_cleared.v1",
            [typeof(TicketRouted)] = "ticket_routed.v1",
            [typeof(OverrideProposed)] = "override_proposed.v1",
            [typeof(GateOverridden)] = "gate_overridden.v1",
            [typeof(GateReported)] = "gate_reported.v1",
            [typeof(PolicyChanged)] = "policy_changed.v1",
            [typeof(PolicyRetired)] = "policy_retired.v1",
            [typeof(SourceSet)] = "source_set.v1",
            [typeof(SourceDisabled)] = "source_disabled.v1",
            [typeof(DeployRecorded)] = "deploy_recorded.v1",
            [typeof(PeriodClaimed)] = "period_claimed.v1",
            [typeof(TeamNamed)] = "team_named.v1",
            [typeof(AttributionTuned)] = "attribution_tuned.v1",
        };

    public static void Define(StoreOptions options)
    {
        foreach (var (type, name) in Names)
            options.Events.MapEventType(type, name);
        options.Projections.Snapshot<Objective>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Budget>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Composite>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Gate>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<ToilTeam>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<AdjustmentBook>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<GatePolicy>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Source>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Deploy>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Claim>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<ServiceProfile>(SnapshotLifecycle.Inline);
        options.Projections.Add<SpentIntervalProjection>(ProjectionLifecycle.Inline);
        // Two messages about one service at once: the one that loses is heard again.
        options.Schema.For<CatalogService>().Identity(one => one.Id).UseOptimisticConcurrency(true);
        options.Schema.For<Budget>().Index(budget => budget.Sli).Index(budget => budget.Service);
        options.Schema.For<Gate>().Index(gate => gate.Service).Index(gate => gate.Scope!).Index(gate => gate.Question!);
        options.Schema.For<Claim>().Index(claim => claim.Service);
        options.Schema.For<SpentInterval>().Index(one => one.BudgetId);
    }
}
