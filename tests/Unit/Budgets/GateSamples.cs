using Steady.Contracts.Budgets;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Adjustments;
using Steady.Budgets.Burn;
using Steady.Budgets.Gates;
using Steady.Budgets.Spending;

/// <summary>A sample of each event that gates, policies and adjustments store.</summary>
internal static class GateSamples
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly Guid Cause = Guid.Parse("0195f000-0000-7000-8000-000000000002");
    private static readonly BudgetOf Of = new(
        Guid.Parse("0195f000-0000-8000-8000-000000000004"),
        "checkout-availability",
        "checkout"
    );

    private static readonly GatePolicyTerms Terms = new(
        ["checkout"],
        ["prod*"],
        [
            new(
                "freeze",
                new(SpentAbove: new(1, "28d")),
                GateVerdict.Deny,
                [GateAction.Deploy],
                ["p0-fix", "security"],
                "Fix before features."
            ),
        ],
        [
            new(
                "black friday",
                "2026-11-27 00:00",
                "2026-11-30 08:00",
                "Europe/Berlin",
                GateVerdict.Deny,
                [],
                ["p0-fix"]
            ),
        ],
        FailureMode.Closed,
        "15m",
        "5m",
        new(true, "4h"),
        [AdjustmentCategory.CompanyNetwork]
    );

    public static IReadOnlyList<object> Stored { get; } =
    [
        new ExclusionsSet(Of, [new(At.AddHours(-2), At.AddHours(-1))], At),
        new GateDecided(
            "checkout",
            GateAction.Experiment,
            "run-1",
            "production",
            0.02m,
            GateVerdict.Deny,
            ["checkout-availability: a page-level burn alert is open. Wait until it closes."],
            0.4m,
            [new("checkout-availability", 0.999m, 99_940, 60, 100, true)],
            At,
            At,
            "ana",
            "feature",
            14.6m,
            At.AddHours(-1),
            "production@3",
            At.AddMinutes(5),
            new(Cause, GateVerdict.Allow, At.AddMinutes(-10), 600),
            new("The fix is in this release.", "ana", "bo", At.AddHours(1)),
            "key-1",
            240
        ),
        new OverrideProposed("The fix is in this release.", 60, "ana", At, At.AddHours(4)),
        new GateOverridden(
            "checkout",
            GateAction.Deploy,
            "1.4.2",
            "production",
            "The fix is in this release.",
            "ana",
            "bo",
            At,
            At.AddHours(1)
        ),
        new GateReported("https://api.github.example/repos/shop/checkout/actions/runs/7", "rejected", At),
        new PolicyChanged("production", Terms, "apiVersion: steady.dev/v1", "ana", At, ["checkout"]),
        new PolicyRetired("production", "ana", At),
        new AdjustmentProposed(
            Cause,
            Of,
            At.AddHours(-2),
            At.AddHours(-1),
            AdjustmentCategory.OutOfScope,
            "A load test.",
            "ana",
            At
        ),
        new AdjustmentApproved(
            Cause,
            Of,
            At.AddHours(-2),
            At.AddHours(-1),
            AdjustmentCategory.OutOfScope,
            "A load test.",
            "ana",
            "bo",
            At
        ),
        new AdjustmentRevoked(
            Cause,
            Of,
            At.AddHours(-2),
            At.AddHours(-1),
            AdjustmentCategory.OutOfScope,
            "It was none.",
            "bo",
            At
        ),
        new DeployRecorded(
            "ledger",
            "1.4.2",
            "production",
            ["ledger", "checkout"],
            "payments",
            "config",
            false,
            "cd",
            At
        ),
        new PeriodClaimed("checkout", "databases", At.AddHours(-1), At, "Move of the primary", "team", "ana", At),
        new TeamNamed("checkout", "shop", "ana", At),
        new AttributionTuned(
            "checkout",
            new(0.0002m, 30, "prod*", [CauseKind.Run, CauseKind.Deploy, CauseKind.Incident, CauseKind.Team]),
            "ana",
            At
        ),
    ];
}
