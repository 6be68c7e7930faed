namespace Steady.Contracts.Budgets;

/// <summary>Both windows of a burn-rate pair went above its factor. Announced once per alert.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="LongWindow">Long window, for example <c>1h</c>.</param>
/// <param name="ShortWindow">Short window, for example <c>5m</c>.</param>
/// <param name="Factor">The factor both exceeded.</param>
/// <param name="LongGood">Good events in the long window.</param>
/// <param name="LongBad">Bad events in the long window.</param>
/// <param name="ShortGood">Good events in the short window.</param>
/// <param name="ShortBad">Bad events in the short window.</param>
/// <param name="At">When.</param>
/// <param name="FirstBadAt">Start of the oldest bucket with failures in the short window: about when users began to suffer.</param>
public sealed record BurnAlertOpened(
    Guid AlertId,
    Guid ObjectiveId,
    string Objective,
    string Service,
    BurnSeverity Severity,
    string LongWindow,
    string ShortWindow,
    decimal Factor,
    long LongGood,
    long LongBad,
    long ShortGood,
    long ShortBad,
    DateTimeOffset At,
    DateTimeOffset? FirstBadAt = null
);

/// <summary>One of the two windows fell back to its factor or below.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How urgent it had been.</param>
/// <param name="At">When.</param>
public sealed record BurnAlertClosed(
    Guid AlertId,
    Guid ObjectiveId,
    string Objective,
    string Service,
    BurnSeverity Severity,
    DateTimeOffset At
);

/// <summary>The failures of the window reached what the budget allows.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Good">Good events in the window.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="At">When.</param>
public sealed record BudgetExhausted(
    Guid ObjectiveId,
    string Objective,
    string Service,
    long Good,
    long Bad,
    DateTimeOffset At
);

/// <summary>The window has budget again.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Good">Good events in the window.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="At">When.</param>
public sealed record BudgetRestored(
    Guid ObjectiveId,
    string Objective,
    string Service,
    long Good,
    long Bad,
    DateTimeOffset At
);

/// <summary>A gate answered; the whole decision.</summary>
/// <param name="Decision">What was asked, what was answered and why.</param>
public sealed record GateDecided(GateDecision Decision);

/// <summary>The budget spent inside an interval was put down to its cause.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Kind">Incident or run.</param>
/// <param name="CauseId">Which one.</param>
/// <param name="Label">Its title or name.</param>
/// <param name="From">Beginning of the interval.</param>
/// <param name="To">End of the interval.</param>
/// <param name="Bad">Failures in it.</param>
/// <param name="ShareOfBudget">Those failures as a share of the whole budget, rounded for reading.</param>
/// <param name="At">When it was attributed.</param>
public sealed record SpendAttributed(
    Guid ObjectiveId,
    string Objective,
    string Service,
    CauseKind Kind,
    Guid CauseId,
    string Label,
    DateTimeOffset From,
    DateTimeOffset To,
    long Bad,
    decimal ShareOfBudget,
    DateTimeOffset At
);
