using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

// Events and state of an objective's budget. These names and shapes are what is stored.

/// <summary>Whose budget it is; in every event, because what is announced is made of the event alone.</summary>
public sealed record BudgetOf(Guid ObjectiveId, string Objective, string Service);

public sealed record BudgetOpened(
    BudgetOf Of,
    string DisplayName,
    string Sli,
    decimal Target,
    string Window,
    DateTimeOffset At
);

public sealed record BurnAlertOpened(
    BudgetOf Of,
    Guid AlertId,
    BurnSeverity Severity,
    string LongWindow,
    string ShortWindow,
    decimal Factor,
    Tally InLong,
    Tally InShort,
    DateTimeOffset At,
    DateTimeOffset? FirstBadAt
);

public sealed record BurnAlertClosed(
    BudgetOf Of,
    Guid AlertId,
    BurnSeverity Severity,
    Tally InLong,
    Tally InShort,
    DateTimeOffset At
);

public sealed record BudgetExhausted(BudgetOf Of, long Good, long Bad, DateTimeOffset At);

public sealed record BudgetRestored(BudgetOf Of, long Good, long Bad, DateTimeOffset At);

public sealed record SpendAttributed(
    BudgetOf Of,
    CauseKind Kind,
    Guid CauseId,
    string Label,
    DateTimeOffset From,
    DateTimeOffset To,
    long Bad,
    decimal ShareOfBudget,
    DateTimeOffset At
);

/// <summary>Which past periods are left out of the official figures from now on; approved adjustments, overlaps merged.</summary>
public sealed record ExclusionsSet(BudgetOf Of, IReadOnlyList<Interval> Exclusions, DateTimeOffset At);

public sealed record Budget
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required BudgetOf Of { get; init; }
    public required string Service { get; init; }
    public required string Name { get; init; }
    public required string DisplayName { get; init; }
    public required string Sli { get; init; }
    public decimal Target { get; init; }
    public required string Window { get; init; }
    public IReadOnlyList<OpenBurnAlert> Alerts { get; init; } = [];
    public bool Exhausted { get; init; }

    /// <summary>Something that only time can end: an open alert, an empty budget.</summary>
    public bool Troubled { get; init; }

    /// <summary>The newest judgement; figures from before it are not judged again.</summary>
    public DateTimeOffset JudgedAt { get; init; }

    public IReadOnlyList<Cause> Causes { get; init; } = [];

    /// <summary>When the budget ran out; null while some is left.</summary>
    public DateTimeOffset? ExhaustedAt { get; init; }

    /// <summary>Periods whose events count neither as good nor as bad, in order and without overlaps.</summary>
    public IReadOnlyList<Interval> Exclusions { get; init; } = [];

    public static Budget Create(BudgetOpened e) =>
        new()
        {
            Of = e.Of,
            Service = e.Of.Service,
            Name = e.Of.Objective,
            DisplayName = e.DisplayName,
            Sli = e.Sli,
            Target = e.Target,
            Window = e.Window,
        };

    public Budget Apply(BurnAlertOpened e) =>
        Judged(e.At, Exhausted, [.. Alerts, new(e.AlertId, e.Severity, e.LongWindow, e.ShortWindow, e.Factor, e.At)]);

    public Budget Apply(BurnAlertClosed e) =>
        Judged(e.At, Exhausted, [.. Alerts.Where(alert => alert.Id != e.AlertId)]);

    public Budget Apply(BudgetExhausted e) => Judged(e.At, true, Alerts) with { ExhaustedAt = e.At };

    public Budget Apply(BudgetRestored e) => Judged(e.At, false, Alerts) with { ExhaustedAt = null };

    public Budget Apply(ExclusionsSet e) => this with { Exclusions = e.Exclusions };

    // Causes that have left the window can no longer have spent anything of it.
    public Budget Apply(SpendAttributed e) =>
        this with
        {
            Causes =
            [
                .. Causes.Where(cause => cause.Id != e.CauseId && cause.To >= e.At - Burn.Window.Parse(Window).Length),
                new Cause(e.Kind, e.CauseId, e.Label, e.From, e.To),
            ],
        };

    public static Guid IdOf(Guid objectiveId) => Kernel.StableId.From("budget", objectiveId.ToString());

    private Budget Judged(DateTimeOffset at, bool exhausted, IReadOnlyList<OpenBurnAlert> alerts) =>
        this with
        {
            JudgedAt = at,
            Exhausted = exhausted,
            Alerts = alerts,
            Troubled = exhausted || alerts.Count > 0,
        };
}
