namespace Steady.Contracts.Budgets;

/// <summary>A budget over time, computed from the counts as they are known now: a late count shows where it belongs.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Target">Its target.</param>
/// <param name="Window">The window that alerts and gates go by.</param>
/// <param name="From">First point.</param>
/// <param name="To">Last point.</param>
/// <param name="StepSeconds">Distance of two points.</param>
/// <param name="Points">Oldest first.</param>
/// <param name="Marks">What happened meanwhile, oldest first.</param>
public sealed record BudgetHistory(
    Guid ObjectiveId,
    string Objective,
    string Service,
    decimal Target,
    string Window,
    DateTimeOffset From,
    DateTimeOffset To,
    int StepSeconds,
    IReadOnlyList<HistoryPoint> Points,
    IReadOnlyList<HistoryMark> Marks
);

/// <summary>How a budget stood at a moment.</summary>
/// <param name="At">The moment.</param>
/// <param name="Good">Good in the window that ends then.</param>
/// <param name="Bad">Bad in it.</param>
/// <param name="AllowedBad">Whole failures that its budget allows.</param>
/// <param name="Remaining">Share of the budget left, negative when overspent; null without events. Rounded for reading.</param>
/// <param name="StepGood">Good since the point before.</param>
/// <param name="StepBad">Bad since the point before.</param>
/// <param name="BurnRate">Burn rate since the point before; null without events. Rounded for reading.</param>
public sealed record HistoryPoint(
    DateTimeOffset At,
    long Good,
    long Bad,
    long AllowedBad,
    decimal? Remaining,
    long StepGood,
    long StepBad,
    decimal? BurnRate
);

/// <summary>What kind of thing happened to a budget.</summary>
public enum HistoryKind
{
    /// <summary>A burn alert was open.</summary>
    BurnAlert,

    /// <summary>The budget was exhausted.</summary>
    Exhausted,

    /// <summary>A cause spent budget.</summary>
    Spend,

    /// <summary>The objective was revised.</summary>
    Revised,

    /// <summary>No counts came.</summary>
    DataGap,
}

/// <summary>Something that happened to a budget, from when to when.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="From">Its beginning.</param>
/// <param name="Until">Its end; null while it goes on, and for what has no length.</param>
/// <param name="Label">A person's word for it.</param>
/// <param name="Id">The alert or the cause.</param>
/// <param name="Severity">Of an alert, at its worst.</param>
/// <param name="Cause">Of spend: what kind of cause.</param>
/// <param name="Bad">Of spend: the failures that were put down to it.</param>
/// <param name="ShareOfBudget">Of spend: those failures as a share of the whole budget.</param>
public sealed record HistoryMark(
    HistoryKind Kind,
    DateTimeOffset From,
    DateTimeOffset? Until,
    string Label,
    Guid? Id = null,
    BurnSeverity? Severity = null,
    CauseKind? Cause = null,
    long? Bad = null,
    decimal? ShareOfBudget = null
);
