using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Budgets.Gates;
using Steady.Budgets.Objectives;

namespace Steady.Budgets;

/// <summary>What this service keeps, under which names. A stored name is never given to something else.</summary>
public static class StoredShapes
{
    public static void Define(StoreOptions options)
    {
        var events = options.Events;
        events.MapEventType<ObjectiveDefined>("objective_defined.v1");
        events.MapEventType<BudgetOpened>("budget_opened.v1");
        events.MapEventType<BurnAlertOpened>("burn_alert_opened.v1");
        events.MapEventType<BurnAlertClosed>("burn_alert_closed.v1");
        events.MapEventType<BudgetExhausted>("budget_exhausted.v1");
        events.MapEventType<BudgetRestored>("budget_restored.v1");
        events.MapEventType<SpendAttributed>("spend_attributed.v1");
        events.MapEventType<GateDecided>("gate_decided.v1");
        options.Projections.Snapshot<Objective>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Budget>(SnapshotLifecycle.Inline);
        options.Projections.Snapshot<Gate>(SnapshotLifecycle.Inline);
        options.Schema.For<Budget>().Index(budget => budget.Sli).Index(budget => budget.Service);
        options.Schema.For<Gate>().Index(gate => gate.Service);
        CountTable.Define(options);
    }
}
