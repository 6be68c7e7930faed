namespace Steady.Contracts.Experiments;

/// <summary>One line of what happened on a game day.</summary>
/// <param name="At">When.</param>
/// <param name="By">Who or what.</param>
/// <param name="Text">What, as a sentence.</param>
public sealed record ReportLine(DateTimeOffset At, string By, string Text);

/// <summary>A game day as its report tells it; the Markdown and the HTML say the same.</summary>
/// <param name="GameDay">The game day.</param>
/// <param name="Timeline">What happened, oldest first.</param>
/// <param name="Runs">Its runs in order; one that never began is missing.</param>
/// <param name="Findings">What its runs have shown, with what is to be done.</param>
/// <param name="WrittenAt">When this report was made.</param>
/// <param name="Budgets">What those of its runs that were charged cost error budgets.</param>
public sealed record GameDayReport(
    GameDayView GameDay,
    IReadOnlyList<ReportLine> Timeline,
    IReadOnlyList<RunView> Runs,
    IReadOnlyList<FindingView> Findings,
    DateTimeOffset WrittenAt,
    IReadOnlyList<RunBudget>? Budgets = null
);
