namespace Steady.Contracts.Budgets;

/// <summary>The share of the budget that is spent went through a quarter of it, up or down.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Window">The objective's first window, for example <c>30d</c>.</param>
/// <param name="Percent">25, 50, 75 or 100.</param>
/// <param name="Rising">True when the spend reached it; false when it is five points below again.</param>
/// <param name="Good">Good in the window.</param>
/// <param name="Bad">Bad in the window.</param>
/// <param name="At">When.</param>
/// <param name="Unit">What good and bad are numbers of.</param>
public sealed record ThresholdCrossed(
    Guid ObjectiveId,
    string Objective,
    string Service,
    string Window,
    int Percent,
    bool Rising,
    long Good,
    long Bad,
    DateTimeOffset At,
    CountUnit Unit = CountUnit.Events
);

/// <summary>A calendar window ended; its figures as they were known then.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Window">Its length, for example <c>1M</c>.</param>
/// <param name="From">Its beginning.</param>
/// <param name="To">Its end, the beginning of the next one.</param>
/// <param name="Good">Good in it.</param>
/// <param name="Bad">Bad in it.</param>
/// <param name="AllowedBad">What the budget allowed to be bad, rounded down.</param>
/// <param name="Remaining">Share of the budget left, negative when overspent; null without data. Rounded for reading.</param>
/// <param name="Met">Whether the objective was met; null without data.</param>
/// <param name="At">When it was found to have ended.</param>
/// <param name="Unit">What good and bad are numbers of.</param>
public sealed record WindowRolled(
    Guid ObjectiveId,
    string Objective,
    string Service,
    string Window,
    DateTimeOffset From,
    DateTimeOffset To,
    long Good,
    long Bad,
    long AllowedBad,
    decimal? Remaining,
    bool? Met,
    DateTimeOffset At,
    CountUnit Unit = CountUnit.Events
);

/// <summary>No counts came any more where there had been some: what is not measured is not good.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Since">End of the newest bucket.</param>
/// <param name="At">When.</param>
public sealed record DataGapOpened(
    Guid ObjectiveId,
    string Objective,
    string Service,
    DateTimeOffset Since,
    DateTimeOffset At
);

/// <summary>Counts come again.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Since">Where the gap began.</param>
/// <param name="Until">End of the newest bucket now. Late counts may have filled the gap.</param>
/// <param name="At">When.</param>
public sealed record DataGapClosed(
    Guid ObjectiveId,
    string Objective,
    string Service,
    DateTimeOffset Since,
    DateTimeOffset Until,
    DateTimeOffset At
);
