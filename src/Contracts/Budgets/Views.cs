namespace Steady.Contracts.Budgets;

/// <summary>A service level objective as defined.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Name">OpenSLO <c>metadata.name</c>, unique.</param>
/// <param name="DisplayName">OpenSLO <c>metadata.displayName</c>, or the name.</param>
/// <param name="Service">The service that the objective is about.</param>
/// <param name="Sli">Name under which counts are pushed: the indicator's name.</param>
/// <param name="Target">Objective as an exact decimal between 0 and 1, both excluded, for example 0.999.</param>
/// <param name="Window">Length of the first window in OpenSLO's form, for example <c>30d</c>.</param>
/// <param name="DefinedAt">When it was first defined.</param>
/// <param name="By">Who defined it as it is now.</param>
/// <param name="Terms">All that its budget is computed from.</param>
/// <param name="Revision">1 for the terms it was defined with, one more with each revision.</param>
/// <param name="RevisedAt">When it got its present revision.</param>
/// <param name="RetiredAt">When it was retired; null while it is kept.</param>
/// <param name="Environment">Annotation <c>steady.dev/environment</c>.</param>
/// <param name="Team">Annotation <c>steady.dev/team</c>.</param>
/// <param name="Repairs">What a lenient reader put right; only in the answer to the document.</param>
/// <param name="Hints">What the catalog has to say to it, for people; null for nothing. Not in lists.</param>
/// <param name="Owner">The team that the service belongs to, by the catalog. Not in lists.</param>
public sealed record ObjectiveView(
    Guid Id,
    long Version,
    string Name,
    string DisplayName,
    string Service,
    string Sli,
    decimal Target,
    string Window,
    DateTimeOffset DefinedAt,
    string By,
    ObjectiveTerms? Terms = null,
    int Revision = 1,
    DateTimeOffset? RevisedAt = null,
    DateTimeOffset? RetiredAt = null,
    string? Environment = null,
    string? Team = null,
    IReadOnlyList<LintRepair>? Repairs = null,
    IReadOnlyList<string>? Hints = null,
    string? Owner = null
);

/// <summary>How a budget stands.</summary>
public enum BudgetState
{
    /// <summary>Nothing was counted in the window.</summary>
    NoData,

    /// <summary>Budget is left and no alert is open.</summary>
    Healthy,

    /// <summary>A burn alert is open.</summary>
    Burning,

    /// <summary>The window holds at least as many failures as the budget allows.</summary>
    Exhausted,
}

/// <summary>How urgent a burn alert is (SRE Workbook, chapter 5).</summary>
public enum BurnSeverity
{
    /// <summary>Somebody must look now.</summary>
    Page,

    /// <summary>Somebody must look during working hours.</summary>
    Ticket,
}

/// <summary>Counts and burn rate of one window. Burn rate 1 spends exactly the whole budget in the objective's window.</summary>
/// <param name="Window">Length, for example <c>5m</c>, <c>1h</c>, <c>3d</c>.</param>
/// <param name="Good">Good events in the window.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="Rate">Error ratio divided by (1 − objective), rounded for reading; null without events. Decisions use integers.</param>
public sealed record BurnRate(string Window, long Good, long Bad, decimal? Rate);

/// <summary>A burn alert that is open now.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Severity">How urgent.</param>
/// <param name="LongWindow">The long window, for example <c>1h</c>.</param>
/// <param name="ShortWindow">The short window, for example <c>5m</c>.</param>
/// <param name="Factor">The burn rate that both windows exceeded.</param>
/// <param name="OpenedAt">When it opened.</param>
public sealed record OpenBurnAlert(
    Guid Id,
    BurnSeverity Severity,
    string LongWindow,
    string ShortWindow,
    decimal Factor,
    DateTimeOffset OpenedAt
);

/// <summary>What spent budget.</summary>
public enum CauseKind
{
    /// <summary>An incident, by accident.</summary>
    Incident,

    /// <summary>A run of an experiment, on purpose.</summary>
    Run,

    /// <summary>No cause is known.</summary>
    Unattributed,

    /// <summary>A deployment, for a while after it.</summary>
    Deploy,

    /// <summary>A team, which said so.</summary>
    Team,

    /// <summary>Failures that are always there, at the background rate of the service.</summary>
    Background,
}

/// <summary>The part of the spent budget that one cause answers for. All parts add up to the failures of the window.</summary>
/// <param name="Kind">What kind of cause.</param>
/// <param name="CauseId">The incident or the run; null for the background.</param>
/// <param name="Label">A person's word for it: the incident's title, the experiment's name, or "Unattributed".</param>
/// <param name="Bad">Failures inside the cause's interval.</param>
/// <param name="ShareOfBudget">Those failures as a share of the whole budget, rounded for reading.</param>
public sealed record SpendShare(CauseKind Kind, Guid? CauseId, string Label, long Bad, decimal ShareOfBudget);

/// <summary>How much error budget an objective has left, and who spent the rest.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="DisplayName">Its name for people.</param>
/// <param name="Service">Its service.</param>
/// <param name="Target">Objective, 0.999 for 99.9 %.</param>
/// <param name="Window">Rolling window, for example <c>30d</c>.</param>
/// <param name="State">How it stands.</param>
/// <param name="Good">Good events in the window.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="AllowedBad">Whole failures the budget allows: ⌊(1 − target) · (good + bad)⌋.</param>
/// <param name="Remaining">Share of the budget left, at most 1, negative when overspent; null without events. Rounded for reading.</param>
/// <param name="BurnRates">Burn rates, shortest window first.</param>
/// <param name="Alerts">Open burn alerts, most urgent first.</param>
/// <param name="Spend">Who spent it, largest first; adds up to <paramref name="Bad"/>.</param>
/// <param name="Watermark">End of the newest bucket, at most <paramref name="AsOf"/>; null when nothing was ever counted.</param>
/// <param name="AsOf">The moment the figures are for.</param>
/// <param name="Unadjusted">The figures without any adjustment; null when the window has none.</param>
/// <param name="Unit">What good and bad are numbers of.</param>
/// <param name="Method">How they add up.</param>
/// <param name="Slice">The slices of a method that has them.</param>
/// <param name="Windows">Each window of the objective; the figures above are those of the first, a calendar window's projected to its end.</param>
/// <param name="Rules">The burn rules with the derivation of each factor, most urgent first.</param>
/// <param name="RulesLeftOut">Which of the usual rules do not apply here, and why, a sentence each.</param>
/// <param name="Threshold">Highest of 0, 25, 50, 75 and 100 % that the spend has reached and not fallen five points below.</param>
/// <param name="GapSince">Since when no counts have come although there had been some; null without such a gap.</param>
/// <param name="Forecast">How it will stand; null in lists, and without data.</param>
/// <param name="Ceiling">What it stands on, when that is declared.</param>
/// <param name="Revision">Number of the terms that these figures are of.</param>
/// <param name="Revisions">All terms there were, oldest first.</param>
/// <param name="Retired">True when nothing is judged any more.</param>
public sealed record BudgetStatus(
    Guid ObjectiveId,
    string Objective,
    string DisplayName,
    string Service,
    decimal Target,
    string Window,
    BudgetState State,
    long Good,
    long Bad,
    long AllowedBad,
    decimal? Remaining,
    IReadOnlyList<BurnRate> BurnRates,
    IReadOnlyList<OpenBurnAlert> Alerts,
    IReadOnlyList<SpendShare> Spend,
    DateTimeOffset? Watermark,
    DateTimeOffset AsOf,
    UnadjustedFigures? Unadjusted = null,
    CountUnit Unit = CountUnit.Events,
    BudgetingMethod Method = BudgetingMethod.Occurrences,
    TimeSlice? Slice = null,
    IReadOnlyList<WindowFigures>? Windows = null,
    IReadOnlyList<BurnRuleFigures>? Rules = null,
    IReadOnlyList<string>? RulesLeftOut = null,
    int Threshold = 0,
    DateTimeOffset? GapSince = null,
    BudgetForecast? Forecast = null,
    DependencyCeiling? Ceiling = null,
    int Revision = 1,
    IReadOnlyList<RevisionView>? Revisions = null,
    bool Retired = false
);

/// <summary>What a gate says.</summary>
public enum GateVerdict
{
    /// <summary>Go ahead.</summary>
    Allow,

    /// <summary>Do not.</summary>
    Deny,

    /// <summary>Go ahead, and read the reasons.</summary>
    Warn,
}

/// <summary>A gate decision with all it was based on. Kept as an event; asked again by id it answers the same.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="Service">For which service.</param>
/// <param name="Action">What was asked.</param>
/// <param name="Ref">What it was about.</param>
/// <param name="Environment">Where.</param>
/// <param name="Decision">Yes, yes with a warning, or no.</param>
/// <param name="Ok">False exactly when <paramref name="Decision"/> is <see cref="GateVerdict.Deny"/>.</param>
/// <param name="Reasons">One sentence each; never empty.</param>
/// <param name="Remaining">Least budget left over the service's objectives, rounded; null when none has data.</param>
/// <param name="Inputs">What each objective contributed.</param>
/// <param name="Watermark">Oldest watermark over the objectives; null when one has no data.</param>
/// <param name="At">When it was decided.</param>
/// <param name="By">Who asked.</param>
/// <param name="ExpectedSpend">Share of the whole budget the action said it may spend; null when it did not say.</param>
/// <param name="Change">The kind of change it said it is.</param>
/// <param name="Burn1h">Highest burn rate of the last hour over the service's objectives; null when none has data.</param>
/// <param name="ExhaustedAt">When the first of the exhausted budgets ran out; null while all have some left.</param>
/// <param name="Policy">What decided, as <c>name@revision</c>; <c>built-in@1</c> when no policy covers the service and environment.</param>
/// <param name="ValidUntil">Until when the answer may be used.</param>
/// <param name="LastDecision">The decision before this one, and how old it was.</param>
/// <param name="Override">The override that let it through, or that was proposed for it.</param>
/// <param name="IdempotencyKey">The caller's key.</param>
public sealed record GateDecision(
    Guid DecisionId,
    string Service,
    GateAction Action,
    string Ref,
    string Environment,
    GateVerdict Decision,
    bool Ok,
    IReadOnlyList<string> Reasons,
    decimal? Remaining,
    IReadOnlyList<GateInput> Inputs,
    DateTimeOffset? Watermark,
    DateTimeOffset At,
    string By,
    decimal? ExpectedSpend = null,
    string? Change = null,
    decimal? Burn1h = null,
    DateTimeOffset? ExhaustedAt = null,
    string? Policy = null,
    DateTimeOffset? ValidUntil = null,
    LastDecision? LastDecision = null,
    GateOverride? Override = null,
    string? IdempotencyKey = null
);

/// <summary>What one objective contributed to a gate decision, in integers.</summary>
/// <param name="Objective">The objective's name.</param>
/// <param name="Target">Its target.</param>
/// <param name="Good">Good events in its window.</param>
/// <param name="Bad">Bad events in its window.</param>
/// <param name="AllowedBad">Failures the budget allows.</param>
/// <param name="PageOpen">Whether a page-level burn alert is open.</param>
/// <param name="UnadjustedGood">Good events without any adjustment.</param>
/// <param name="UnadjustedBad">Bad events without any adjustment.</param>
/// <param name="Burn1h">Burn rate of the last hour, rounded; null without events.</param>
/// <param name="Watermark">End of its newest bucket.</param>
/// <param name="Windows">What rules with a window of their own looked at.</param>
public sealed record GateInput(
    string Objective,
    decimal Target,
    long Good,
    long Bad,
    long AllowedBad,
    bool PageOpen,
    long? UnadjustedGood = null,
    long? UnadjustedBad = null,
    decimal? Burn1h = null,
    DateTimeOffset? Watermark = null,
    IReadOnlyList<WindowCounts>? Windows = null
);

/// <summary>Good and bad events of a window.</summary>
/// <param name="Window">Its length, for example <c>28d</c>.</param>
/// <param name="Good">Good events.</param>
/// <param name="Bad">Bad events.</param>
public sealed record WindowCounts(string Window, long Good, long Bad);

/// <summary>The envelope of a gate answer: tools that pick one object by path (<c>$.data</c>) find numbers and booleans in it.</summary>
/// <param name="Data">The decision.</param>
public sealed record GateAnswer(GateDecision Data);

/// <summary>What is wrong at one place of a document or a batch; the member <c>findings</c> of a 400 problem lists all of them.</summary>
/// <param name="Path">The place, for example <c>spec.objectives[0].target</c>; empty for the whole.</param>
/// <param name="Message">What is wrong there.</param>
/// <param name="Accepted">What would be accepted.</param>
/// <param name="Line">Line in the document, where the format tells it.</param>
/// <param name="Rule">The rule's stable name, where rules have names.</param>
public sealed record Finding(string Path, string Message, string Accepted, int? Line = null, string? Rule = null);
