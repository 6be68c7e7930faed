namespace Steady.Contracts.Budgets;

/// <summary>What a gate says when the data it needs is missing or stale.</summary>
public enum FailureMode
{
    /// <summary>Go ahead, with a warning.</summary>
    Open,

    /// <summary>Do not.</summary>
    Closed,
}

/// <summary>Which burn alerts a rule looks at.</summary>
public enum AlertLevel
{
    /// <summary>Page-level alerts only.</summary>
    Page,

    /// <summary>All of them.</summary>
    Any,
}

/// <summary>A burn rate that must not be exceeded.</summary>
/// <param name="Window">For example <c>1h</c>.</param>
/// <param name="Factor">1 spends exactly the whole budget within the objective's window.</param>
public sealed record BurnAbove(string Window, decimal Factor);

/// <summary>A share of a budget that must not be exceeded within a window before now.</summary>
/// <param name="Share">1 is the whole budget of that window; exactly this share does not exceed it.</param>
/// <param name="Within">For example <c>28d</c>; at most <c>400d</c>.</param>
public sealed record SpentAbove(decimal Share, string Within);

/// <summary>When a rule holds. Exactly one member is set.</summary>
/// <param name="Exhausted">The budget has nothing left.</param>
/// <param name="RemainingBelow">Less than this share of the budget is left.</param>
/// <param name="AlertOpen">A burn alert is open.</param>
/// <param name="BurnRateAbove">It burns faster than this.</param>
/// <param name="ExpectedSpendAboveRemaining">The asker says it may spend more than is left.</param>
/// <param name="DataOlderThan">The newest count is older than this, for example <c>15m</c>.</param>
/// <param name="SpentAbove">More than this share was spent within a window, over all causes.</param>
/// <param name="IncidentAbove">A single incident spent more than this share within a window.</param>
/// <param name="ClassAbove">All causes of one class together spent more than this share within a window.</param>
public sealed record GateCondition(
    bool? Exhausted = null,
    decimal? RemainingBelow = null,
    AlertLevel? AlertOpen = null,
    BurnAbove? BurnRateAbove = null,
    bool? ExpectedSpendAboveRemaining = null,
    string? DataOlderThan = null,
    SpentAbove? SpentAbove = null,
    SpentAbove? IncidentAbove = null,
    SpentAbove? ClassAbove = null
);

/// <summary>One rule of a gate policy.</summary>
/// <param name="Name">Its name, unique in the policy.</param>
/// <param name="When">When it holds.</param>
/// <param name="Then"><see cref="GateVerdict.Warn"/> or <see cref="GateVerdict.Deny"/>.</param>
/// <param name="Actions">What it is asked for; all actions when empty.</param>
/// <param name="Except">Kinds of change that it lets through, for example <c>p0-fix</c> and <c>security</c>.</param>
/// <param name="Reason">What people are told beside the figures.</param>
public sealed record GateRule(
    string Name,
    GateCondition When,
    GateVerdict Then,
    IReadOnlyList<GateAction> Actions,
    IReadOnlyList<string> Except,
    string? Reason
);

/// <summary>A time in which nothing is let through, by the calendar of a place: once, or every week.</summary>
/// <param name="Name">Its name.</param>
/// <param name="From">Local time: <c>2026-11-27 00:00</c>, or <c>fri 16:00</c> for every week.</param>
/// <param name="To">Local time, of the same kind.</param>
/// <param name="TimeZone">IANA name, for example <c>Europe/Berlin</c>.</param>
/// <param name="Then"><see cref="GateVerdict.Warn"/> or <see cref="GateVerdict.Deny"/>.</param>
/// <param name="Actions">What it is asked for; all actions when empty.</param>
/// <param name="Except">Kinds of change that it lets through.</param>
public sealed record CalendarFreeze(
    string Name,
    string From,
    string To,
    string TimeZone,
    GateVerdict Then,
    IReadOnlyList<GateAction> Actions,
    IReadOnlyList<string> Except
);

/// <summary>Whether a denial may be overridden, and for how long.</summary>
/// <param name="Allowed">False forbids it.</param>
/// <param name="AtMost">Longest validity, for example <c>4h</c>.</param>
public sealed record OverrideTerms(bool Allowed, string AtMost);

/// <summary>What a gate policy demands.</summary>
/// <param name="Services">For which services: names or patterns with <c>*</c> and <c>?</c>.</param>
/// <param name="Environments">In which environments: names or patterns.</param>
/// <param name="Rules">Its rules; each is asked for each objective of the service.</param>
/// <param name="Freezes">Times in which nothing is let through.</param>
/// <param name="Fail">What it says without data, or with stale data; null says nothing.</param>
/// <param name="StaleAfter">Age from which data is stale; null for never.</param>
/// <param name="ValidFor">How long an answer may be used, for example <c>5m</c>.</param>
/// <param name="Overrides">Overrides.</param>
/// <param name="Waivers">
/// Categories of adjustments that these rules accept; null accepts all. Periods of other categories count here, although the
/// official figure leaves them out.
/// </param>
public sealed record GatePolicyTerms(
    IReadOnlyList<string> Services,
    IReadOnlyList<string> Environments,
    IReadOnlyList<GateRule> Rules,
    IReadOnlyList<CalendarFreeze> Freezes,
    FailureMode? Fail,
    string? StaleAfter,
    string ValidFor,
    OverrideTerms Overrides,
    IReadOnlyList<AdjustmentCategory>? Waivers
);

/// <summary>A revision of a gate policy.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Revision">1, 2, …; the ETag. An answer names it as <c>name@revision</c>.</param>
/// <param name="Retired">It decides nothing any more.</param>
/// <param name="Terms">What it demands; of a retired one, what it demanded.</param>
/// <param name="Document">The document as it was applied.</param>
/// <param name="By">Who changed it.</param>
/// <param name="At">When.</param>
public sealed record GatePolicyView(
    string Name,
    long Revision,
    bool Retired,
    GatePolicyTerms Terms,
    string Document,
    string By,
    DateTimeOffset At
);

/// <summary>What a document would be answered if it were applied.</summary>
/// <param name="Verdict"><c>valid</c> or <c>invalid</c>.</param>
/// <param name="Findings">Everything that is wrong.</param>
/// <param name="Name">The name that the document gives the policy, when it can be read.</param>
public sealed record PolicyLint(string Verdict, IReadOnlyList<Finding> Findings, string? Name = null);

/// <summary>Asks for a denial to be overridden; a second person approves.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
/// <param name="Minutes">How long it shall hold once approved; null takes the most that the policy allows.</param>
public sealed record OverrideGate(
    [property:
        System.ComponentModel.DataAnnotations.Required,
        System.ComponentModel.DataAnnotations.StringLength(1000, MinimumLength = 1)
    ]
        string Reason,
    [property: System.ComponentModel.DataAnnotations.Range(1, 10080)] int? Minutes = null
);

/// <summary>An override of a denial.</summary>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">Who asked for it.</param>
/// <param name="ApprovedBy">The second person; null while nobody has approved.</param>
/// <param name="ExpiresAt">Until when it holds, or until when it can be approved.</param>
public sealed record GateOverride(string Reason, string ProposedBy, string? ApprovedBy, DateTimeOffset ExpiresAt);

/// <summary>The decision before this one, on the same service, environment and action.</summary>
/// <param name="DecisionId">Which.</param>
/// <param name="Decision">What it said.</param>
/// <param name="At">When.</param>
/// <param name="AgeSeconds">How old it is now.</param>
public sealed record LastDecision(Guid DecisionId, GateVerdict Decision, DateTimeOffset At, long AgeSeconds);
