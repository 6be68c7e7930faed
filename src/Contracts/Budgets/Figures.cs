namespace Steady.Contracts.Budgets;

/// <summary>Good and bad, and what of it the budget allows.</summary>
/// <param name="Good">Good in the window.</param>
/// <param name="Bad">Bad in the window.</param>
/// <param name="AllowedBad">Whole failures that the budget allows, rounded down.</param>
/// <param name="Remaining">Share of the budget left, negative when overspent; null without data. Rounded for reading.</param>
public sealed record BudgetFigures(long Good, long Bad, long AllowedBad, decimal? Remaining);

/// <summary>One window of an objective. The first one is what alerts and gates go by.</summary>
/// <param name="Window">Its length, for example <c>30d</c> or <c>1M</c>.</param>
/// <param name="Calendar">Where it begins, when it is a calendar window.</param>
/// <param name="Since">Beginning of what was counted.</param>
/// <param name="Until">End of what was counted.</param>
/// <param name="Ends">End of a calendar window; null for a rolling one.</param>
/// <param name="Indicator">Good ÷ all so far, or the mean of the slices; null without data. Rounded for reading.</param>
/// <param name="SoFar">What was counted, and what the budget allows of it.</param>
/// <param name="Projected">A calendar window at its end, if traffic goes on as it came and nothing more fails; null for a rolling one.</param>
public sealed record WindowFigures(
    string Window,
    CalendarTerms? Calendar,
    DateTimeOffset Since,
    DateTimeOffset Until,
    DateTimeOffset? Ends,
    decimal? Indicator,
    BudgetFigures SoFar,
    BudgetFigures? Projected
);

/// <summary>A burn rule and where its factor comes from.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="LongWindow">The window that says that it matters.</param>
/// <param name="ShortWindow">The window that says that it still goes on.</param>
/// <param name="Factor">The burn rate that both must exceed.</param>
/// <param name="ShareOfBudget">Share of the budget that is gone when it opens: factor · long window ÷ objective's window.</param>
/// <param name="Derivation">The same as a sentence with its figures.</param>
/// <param name="TotalOutageOpensAfterSeconds">How long everything must fail until it opens, after a clean stretch.</param>
/// <param name="Above">Whether both windows are above now and the guards hold.</param>
public sealed record BurnRuleFigures(
    BurnSeverity Severity,
    string LongWindow,
    string ShortWindow,
    decimal Factor,
    decimal ShareOfBudget,
    string Derivation,
    decimal TotalOutageOpensAfterSeconds,
    bool Above
);

/// <summary>Between which moments the budget will probably be gone; null is: not within the horizon.</summary>
/// <param name="Percent">80 or 95.</param>
/// <param name="Earliest">If more fails than lately.</param>
/// <param name="Latest">If less fails than lately.</param>
public sealed record ForecastBand(int Percent, DateTimeOffset? Earliest, DateTimeOffset? Latest);

/// <summary>How much of the budget will be spent at a moment, as shares of it, rounded for drawing.</summary>
/// <param name="At">When.</param>
/// <param name="Spent">If as much fails as lately.</param>
/// <param name="Low80">Lower end of the 80 % band.</param>
/// <param name="High80">Upper end of the 80 % band.</param>
/// <param name="Low95">Lower end of the 95 % band.</param>
/// <param name="High95">Upper end of the 95 % band.</param>
public sealed record ForecastPoint(
    DateTimeOffset At,
    decimal Spent,
    decimal Low80,
    decimal High80,
    decimal Low95,
    decimal High95
);

/// <summary>
/// How the first window will stand. In a rolling window old spend returns when it leaves the window, in a calendar window
/// nothing returns before its end.
/// </summary>
/// <param name="From">The failures since then are what "lately" means.</param>
/// <param name="PerDay">Share of the budget spent per day since then, rounded.</param>
/// <param name="Horizon">How far it looks: one window ahead, or the calendar window's end.</param>
/// <param name="ExhaustedAt">When the budget will be gone; null when not within the horizon, now when it is gone.</param>
/// <param name="Bands">80 and 95 %.</param>
/// <param name="Points">For drawing.</param>
public sealed record BudgetForecast(
    DateTimeOffset From,
    decimal PerDay,
    DateTimeOffset Horizon,
    DateTimeOffset? ExhaustedAt,
    IReadOnlyList<ForecastBand> Bands,
    IReadOnlyList<ForecastPoint> Points
);

/// <summary>Terms that held before a revision; their figures are told by <c>?revision=</c>.</summary>
/// <param name="Revision">Its number, from 1.</param>
/// <param name="Target">Its target.</param>
/// <param name="Window">Its first window.</param>
/// <param name="Method">Its method.</param>
/// <param name="From">When it began to hold.</param>
/// <param name="Until">When the next one did; null for the one that holds.</param>
public sealed record RevisionView(
    int Revision,
    decimal Target,
    string Window,
    BudgetingMethod Method,
    DateTimeOffset From,
    DateTimeOffset? Until
);

/// <summary>The most that an objective can reach, because it stands on others.</summary>
/// <param name="DependsOn">Names of the objectives that must hold for it to.</param>
/// <param name="Ceiling">Product of their targets, rounded.</param>
/// <param name="Feasible">Whether the target is at most that.</param>
/// <param name="Derivation">The same as a sentence with its figures.</param>
public sealed record DependencyCeiling(
    IReadOnlyList<string> DependsOn,
    decimal Ceiling,
    bool Feasible,
    string Derivation
);
