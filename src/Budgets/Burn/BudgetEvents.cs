using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

// Events of an objective's budget. These names and shapes are what is stored.

/// <summary>
/// Whose budget it is, and what its good and bad are numbers of; in every event, because what is announced is made of
/// the event alone.
/// </summary>
public sealed record BudgetOf(Guid ObjectiveId, string Objective, string Service, CountUnit Unit = CountUnit.Events);

/// <summary>Without terms, as events were before there were any: occurrences over one rolling window.</summary>
public sealed record BudgetOpened(
    BudgetOf Of,
    string DisplayName,
    string Sli,
    decimal Target,
    string Window,
    DateTimeOffset At,
    ObjectiveTerms? Terms = null
);

/// <summary>From here on other terms hold; the old ones stay, to be shown beside them.</summary>
/// <param name="Stood">What the first window of the old terms had counted; null in events that were stored before it was kept.</param>
public sealed record BudgetRevised(
    BudgetOf Of,
    string DisplayName,
    string Sli,
    ObjectiveTerms Terms,
    DateTimeOffset At,
    Tally? Stood = null
);

/// <summary>From here on nothing is judged; figures stay readable.</summary>
/// <param name="Stood">What the first window had counted; null in events that were stored before it was kept.</param>
public sealed record BudgetRetired(BudgetOf Of, DateTimeOffset At, Tally? Stood = null);

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

/// <summary>A more urgent pair than the alert's is above its factor too.</summary>
public sealed record BurnAlertEscalated(
    BudgetOf Of,
    Guid AlertId,
    BurnSeverity From,
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

/// <summary>The spend of the first window reached this many per cent of the budget, or fell five points below it.</summary>
public sealed record ThresholdCrossed(
    BudgetOf Of,
    string Window,
    int Percent,
    bool Rising,
    Tally Whole,
    DateTimeOffset At
);

/// <summary>A calendar window ended, with its figures as they were known then.</summary>
public sealed record WindowRolled(
    BudgetOf Of,
    string Window,
    decimal Target,
    DateTimeOffset From,
    DateTimeOffset To,
    Tally Whole,
    DateTimeOffset At
);

public sealed record DataGapOpened(BudgetOf Of, DateTimeOffset Since, DateTimeOffset At);

public sealed record DataGapClosed(BudgetOf Of, DateTimeOffset Since, DateTimeOffset Until, DateTimeOffset At);

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

/// <summary>Which objectives must hold for this one to; all of them, none when it stands on nothing.</summary>
public sealed record DependenciesDeclared(BudgetOf Of, IReadOnlyList<string> Objectives, DateTimeOffset At);

/// <summary>Counts came in for hours that had been sealed: the figures of the past changed. Several batches together.</summary>
/// <param name="Of">Whose budget.</param>
/// <param name="From">Start of the oldest minute that changed.</param>
/// <param name="To">End of the newest.</param>
/// <param name="Counts">What came to them.</param>
/// <param name="RecordedUntil">Up to which moment of recording this tells.</param>
/// <param name="At">When it was told.</param>
public sealed record LateDataApplied(
    BudgetOf Of,
    DateTimeOffset From,
    DateTimeOffset To,
    Tally Counts,
    DateTimeOffset RecordedUntil,
    DateTimeOffset At
);

/// <summary>The audit found a running sum that was not what the tables say. It was put right.</summary>
public sealed record SumsDiffered(
    BudgetOf Of,
    DateTimeOffset Since,
    DateTimeOffset Until,
    Tally Held,
    Tally Counted,
    DateTimeOffset At
);
