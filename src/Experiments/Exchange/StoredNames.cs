using Steady.Experiments.Design;
using Steady.Experiments.GameDays;
using Steady.Experiments.Learning;
using Steady.Experiments.Prediction;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Levers;
using Steady.Experiments.Spending;

namespace Steady.Experiments.Exchange;

/// <summary>Under which name each event is stored. A name never changes; the type may be renamed.</summary>
public static class StoredNames
{
    public static IReadOnlyDictionary<Type, string> All { get; } =
        new Dictionary<Type, string>
        {
            [typeof(ExperimentDrafted)] = "experiment_drafted",
            [typeof(DraftChanged)] = "draft_changed",
            [typeof(ExperimentImported)] = "experiment_imported",
            [typeof(DesignFrozen)] = "design_frozen",
            [typeof(TopologyDeclared)] = "topology_declared",
            [typeof(TopologyTraced)] = "topology_traced",
            [typeof(RunRequested)] = "run_requested",
            [typeof(GateEvaluated)] = "gate_evaluated",
            [typeof(BudgetReserved)] = "budget_reserved",
            [typeof(RunRefused)] = "run_refused",
            [typeof(RunStarted)] = "run_started",
            [typeof(ControllerAttached)] = "controller_attached",
            [typeof(BaselineMeasured)] = "baseline_measured",
            [typeof(StepStarted)] = "step_started",
            [typeof(LeaseGranted)] = "lease_granted",
            [typeof(FaultInjected)] = "fault_injected",
            [typeof(EffectNotSeen)] = "effect_not_seen",
            [typeof(RungJudged)] = "rung_judged",
            [typeof(HaltRequested)] = "halt_requested",
            [typeof(FaultReverted)] = "fault_reverted",
            [typeof(RecoveryMeasured)] = "recovery_measured",
            [typeof(RunConcluded)] = "run_concluded",
            [typeof(RunHalted)] = "run_halted",
            [typeof(RollbackCalled)] = "rollback_called",
            [typeof(RevertUnconfirmed)] = "revert_unconfirmed",
            [typeof(RevertConfirmed)] = "revert_confirmed",
            [typeof(BudgetCharged)] = "budget_charged",
            [typeof(BudgetReconciled)] = "budget_reconciled",
            [typeof(LeverEngaged)] = "lever_engaged",
            [typeof(LeverReleased)] = "lever_released",
            [typeof(BlackoutDeclared)] = "blackout_declared",
            [typeof(BlackoutLifted)] = "blackout_lifted",
            [typeof(GameDayPlanned)] = "gameday_planned",
            [typeof(GameDayReplanned)] = "gameday_replanned",
            [typeof(RoleAssigned)] = "role_assigned",
            [typeof(ApprovalRequested)] = "approval_requested",
            [typeof(ApprovalGranted)] = "approval_granted",
            [typeof(ApprovalRefused)] = "approval_refused",
            [typeof(ApprovalLapsed)] = "approval_lapsed",
            [typeof(GoNoGoVoted)] = "go_no_go_voted",
            [typeof(AnnouncementSent)] = "announcement_sent",
            [typeof(AnnouncementAcknowledged)] = "announcement_acknowledged",
            [typeof(AnnouncementEscalated)] = "announcement_escalated",
            [typeof(NoteTaken)] = "note_taken",
            [typeof(AgendaRunCalled)] = "agenda_run_called",
            [typeof(SurpriseDrawn)] = "surprise_drawn",
            [typeof(GameDayConcluded)] = "gameday_concluded",
            [typeof(FindingRaised)] = "finding_raised",
            [typeof(ActionItemLinked)] = "action_item_linked",
            [typeof(RegressionExperimentCreated)] = "regression_experiment_created",
            [typeof(FixVerified)] = "fix_verified",
            [typeof(ExperimentPromoted)] = "experiment_promoted",
            [typeof(PromotionRevoked)] = "promotion_revoked",
        };
}
