using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Public = Steady.Contracts.Incidents;

namespace Steady.Tests.Unit.Wire;

/// <summary>One sample of every message, and of every event Incidents stores. A new type needs a line here.</summary>
internal static partial class Samples
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Later = Noon.AddMinutes(5);
    private static readonly Guid One = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly IReadOnlyList<string> Radius = ["checkout", "ledger"];
    private static readonly Rung Slow = new(FaultKind.Latency, 200);
    private const string Slo = "checkout-availability";

    public static IReadOnlyList<object> Messages { get; } =
    [
        new BurnAlertOpened(
            One,
            Two,
            Slo,
            "checkout",
            BurnSeverity.Page,
            "1h",
            "5m",
            14.4m,
            900,
            100,
            10,
            90,
            Later,
            Noon
        ),
        new BurnAlertEscalated(
            One,
            Two,
            Slo,
            "checkout",
            BurnSeverity.Ticket,
            BurnSeverity.Page,
            "1h",
            "5m",
            14.4m,
            900,
            100,
            10,
            90,
            Later,
            Noon
        ),
        new BurnAlertClosed(One, Two, Slo, "checkout", BurnSeverity.Page, Later),
        new BudgetExhausted(Two, Slo, "checkout", 99_900, 100, Noon),
        new BudgetRestored(Two, Slo, "checkout", 99_901, 99, Later),
        new ThresholdCrossed(Two, Slo, "checkout", "30d", 75, true, 99_925, 75, Later),
        new WindowRolled(Two, Slo, "checkout", "1M", Noon, Later, 99_940, 60, 100, 0.4m, true, Later),
        new DataGapOpened(Two, Slo, "checkout", Noon, Later),
        new DataGapClosed(Two, Slo, "checkout", Noon, Later, Later),
        new GateDecided(
            new GateDecision(
                One,
                "checkout",
                GateAction.Deploy,
                "release-7",
                "production",
                GateVerdict.Deny,
                false,
                ["The budget is exhausted."],
                -0.02m,
                [],
                Noon,
                Noon,
                "cd"
            )
        ),
        new GateOverridden(
            One,
            "checkout",
            GateAction.Deploy,
            "release-7",
            "production",
            "The fix is in this release.",
            "ana",
            "bo",
            Noon,
            Later
        ),
        new PolicyChanged("production", 3, false, "ana", Noon, ["checkout"]),
        new AdjustmentProposed(
            One,
            Two,
            Slo,
            "checkout",
            Noon,
            Later,
            AdjustmentCategory.CompanyNetwork,
            "The backbone was down.",
            "ana",
            Later
        ),
        new AdjustmentApproved(
            One,
            Two,
            Slo,
            "checkout",
            Noon,
            Later,
            AdjustmentCategory.CompanyNetwork,
            "The backbone was down.",
            "ana",
            "bo",
            Later
        ),
        new DeployRecorded(One, "checkout", "1.4.2", "production", Radius, "payments", false, Noon),
        new AdjustmentRevoked(One, Two, Slo, "checkout", Noon, Later, "It was our own change.", "bo", Later),
        new SpendAttributed(
            Two,
            Slo,
            "checkout",
            CauseKind.Incident,
            One,
            "Nobody can pay",
            Noon,
            Later,
            70,
            0.25m,
            Later
        ),
        new ToilCapReached("checkout-sre", "2026-W48", 7_201, 7_200, "checkout-dev", Later.AddDays(6), Later),
        new ToilCapCleared("checkout-sre", "2026-W48", 7_100, 7_200, Later),
        new TicketRoutedToDevTeam(
            "checkout-sre",
            "checkout-dev",
            "OPS-205",
            "Renew the certificate",
            "2026-W48",
            7_201,
            7_200,
            Later
        ),
        new RunRefused(One, "slow-ledger", Radius, "The gate of checkout denies it.", "bo", Noon),
        new RunStarted(One, Two, "slow-ledger", "checkout->ledger", Radius, "bo", Noon),
        new FaultInjected(One, "slow-ledger", Radius, "checkout->ledger", 1, Slow, "bo", Noon),
        new FaultReverted(One, "slow-ledger", Radius, "checkout->ledger", 1, "bo", Later),
        new RungJudged(One, "slow-ledger", Radius, 1, Slow, true, 118, 2, "bo", Later),
        new RunHalted(One, "slow-ledger", Radius, "Ana halted it.", "Held at 200 ms.", Noon, "ana", Later),
        new RunConcluded(One, "slow-ledger", Radius, Verdict.Broke, "Broke between 200 and 400 ms.", Noon, "bo", Later),
        new RevertUnconfirmed(
            One,
            "slow-ledger",
            Radius,
            "checkout->ledger",
            "The agent did not answer for 30 s.",
            Noon,
            "bo",
            Later
        ),
        new GameDayPlanned(
            One,
            "december",
            "How slow may the ledger become?",
            "staging",
            Noon,
            Later,
            ["slow-ledger"],
            [new("bo", GameDayRole.Commander), new("cleo", GameDayRole.Operator)],
            "ana",
            Noon
        ),
        new GoNoGoVoted(One, "december", false, "Too busy.", "bo", Noon),
        new ApprovalChanged(One, "december", "staging", ApprovalState.Granted, "Go ahead.", "gwen", Noon),
        new AnnouncementSent(One, "december", 1, "ops", "Checkout may be slow.", ["hana"], Later, "ana", Noon),
        new AnnouncementAcknowledged(One, "december", 1, "hana", Later),
        new AnnouncementEscalated(One, "december", 1, "ops", "Checkout may be slow.", ["hana"], "ivo", Later),
        new AgendaRunCalled(One, "december", Two, "slow-ledger", "cleo", Noon),
        new GameDayConcluded(One, "december", "How slow may the ledger become?", "It holds 200 ms.", "bo", Later),
        new FindingRaised(
            One,
            Two,
            "slow-ledger",
            Radius,
            FindingKind.BrokeEarly,
            CouplingType.Operational,
            "A slow ledger stops checkouts",
            "ana",
            Noon
        ),
        new BudgetCharged(
            One,
            "slow-ledger",
            Radius,
            [new("checkout-availability", "checkout", 43, 2, 0.012m)],
            true,
            Later
        ),
        new BudgetReconciled(One, "slow-ledger", Radius, [new("checkout-availability", 43, 40, false)], false, Later),
        new BlackoutDeclared(
            "production",
            "holidays",
            new BlackoutWindow(new DateTime(2026, 12, 24, 12, 0, 0), new DateTime(2026, 12, 27), "Europe/Berlin"),
            "Nobody is in.",
            "ana",
            Noon
        ),
        new BlackoutLifted("production", "holidays", "We are in after all.", "bo", Later),
        new ActionItemLinked(
            One,
            1,
            "A slow ledger stops checkouts",
            Radius,
            "Add a timeout",
            "bo",
            new DateOnly(2026, 12, 31),
            "ana",
            Noon
        ),
        new FixVerified(One, "A slow ledger stops checkouts", Radius, "slow-ledger-holds-000000f1", Two, Later),
        new ExperimentPromoted(
            "slow-ledger",
            "production",
            "slow-ledger-in-production",
            new PromotionEvidence("5a1f", [One], Two),
            Later,
            "ana",
            Noon
        ),
        new PromotionRevoked("slow-ledger", "production", "It hurt.", "bo", Later),
        new Public.IncidentDeclared(One, 7, "checkout", Severity.Sev2, "Nobody can pay", Two, Noon, "ana", Later),
        new Public.IncidentAccepted(One, "checkout", "ana", Later),
        new Public.IncidentDeclined(One, "checkout", "A test order", "ana", Later),
        new Public.IncidentMerged(One, "checkout", Two, "One outage", "ana", Later),
        new Public.IncidentReopened(One, 7, "checkout", Severity.Sev2, "Nobody can pay", "It is back", "ana", Later),
        new Public.UpdatePosted(One, "checkout", "We **know**.", UpdateAudience.Customers, Later, "ana", Noon),
        new Public.IncidentClosed(One, "checkout", "ana", Later),
        new Public.IncidentAcknowledged(One, "checkout", "ana", Later),
        new Public.IncidentSeverityChanged(One, "checkout", Severity.Sev1, "All regions", "ana", Later),
        new Public.IncidentMitigated(One, "checkout", "Rolled back", "bo", Later),
        new Public.IncidentResolved(
            One,
            "checkout",
            "Nobody can pay",
            "A bad release",
            Noon,
            "ana",
            Later,
            [new("ana", Noon, Later)]
        ),
        new Public.AlertFired(
            One,
            "prod",
            "8a07086b74f3ba78",
            "HighErrorRate",
            "checkout",
            Severity.Sev2,
            "HighErrorRate: Checkouts fail",
            Noon,
            null,
            Noon
        ),
        new Public.AlertResolved(One, "checkout", "HighErrorRate: Checkouts fail", Later, Later),
        new Public.CatalogServiceSet(
            "checkout",
            "Checkout",
            "payments",
            "shop",
            1,
            true,
            [new("ledger"), new("reviews", Strength: DependencyStrength.Soft, Fallback: "Shown without reviews.")],
            "ana",
            Noon
        ),
        new Public.CatalogServiceRemoved("checkout", "ana", Later),
        new Public.CatalogAsked("budgets"),
    ];

    public static object Of(Type type) => Messages.Single(sample => sample.GetType() == type);
}
