namespace Steady.Contracts.Budgets;

/// <summary>Terms to try over the counts that are stored; what is absent stays as it is today.</summary>
/// <param name="Target">Another target.</param>
/// <param name="Method">Another way of adding up.</param>
/// <param name="Windows">Other windows.</param>
/// <param name="Slice">Other slices; needed when the method gets some.</param>
/// <param name="Rules">Other burn rules.</param>
/// <param name="UsualRules">True: the workbook's four pairs, scaled to the first window, instead of rules of its own.</param>
/// <param name="Guard">Other low-traffic guards.</param>
/// <param name="From">The beginning; 30 days before the end when absent.</param>
/// <param name="To">The end; now when absent.</param>
public sealed record AskWhatIf(
    decimal? Target = null,
    BudgetingMethod? Method = null,
    IReadOnlyList<WindowTerms>? Windows = null,
    TimeSlice? Slice = null,
    IReadOnlyList<BurnRule>? Rules = null,
    bool UsualRules = false,
    TrafficGuard? Guard = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
);

/// <summary>An alert that opened, or would have.</summary>
/// <param name="Severity">At its worst.</param>
/// <param name="LongWindow">Of the pair that was above, at its worst.</param>
/// <param name="ShortWindow">Of that pair.</param>
/// <param name="Factor">Of that pair.</param>
/// <param name="OpenedAt">When it opened.</param>
/// <param name="ClosedAt">When it closed; null when it was open at the end.</param>
public sealed record WhatIfAlert(
    BurnSeverity Severity,
    string LongWindow,
    string ShortWindow,
    decimal Factor,
    DateTimeOffset OpenedAt,
    DateTimeOffset? ClosedAt
);

/// <summary>A time in which the budget was exhausted.</summary>
/// <param name="From">From when.</param>
/// <param name="Until">Until it was restored; null when it was not until the end.</param>
public sealed record WhatIfExhausted(DateTimeOffset From, DateTimeOffset? Until);

/// <summary>What happened under some terms.</summary>
/// <param name="Terms">The terms.</param>
/// <param name="Alerts">Alerts, oldest first.</param>
/// <param name="Pages">How many of them were pages at their worst.</param>
/// <param name="Tickets">How many were tickets.</param>
/// <param name="AlertMinutes">Minutes in which an alert was open.</param>
/// <param name="Exhausted">Times in which the budget was exhausted, oldest first.</param>
/// <param name="ExhaustedMinutes">Minutes of them.</param>
/// <param name="GateClosedMinutes">Minutes in which the usual gate denies deploys: exhausted, or a page open.</param>
/// <param name="Least">Least share of the budget that was left at any moment; null without data. Rounded for reading.</param>
/// <param name="End">How it stands at the end.</param>
public sealed record WhatIfSide(
    ObjectiveTerms Terms,
    IReadOnlyList<WhatIfAlert> Alerts,
    int Pages,
    int Tickets,
    long AlertMinutes,
    IReadOnlyList<WhatIfExhausted> Exhausted,
    long ExhaustedMinutes,
    long GateClosedMinutes,
    decimal? Least,
    BudgetFigures End
);

/// <summary>A gate decision that was made, and what this objective alone says to it, by the policy that decided, under either terms.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="Action">What was asked.</param>
/// <param name="Ref">About what.</param>
/// <param name="At">When.</param>
/// <param name="Recorded">What was answered.</param>
/// <param name="Today">Under today's terms.</param>
/// <param name="WhatIf">Under the terms to try.</param>
/// <param name="Policy">The policy that decided and its revision, for example <c>checkout@3</c>.</param>
public sealed record WhatIfGate(
    Guid DecisionId,
    GateAction Action,
    string Ref,
    DateTimeOffset At,
    GateVerdict Recorded,
    GateVerdict Today,
    GateVerdict WhatIf,
    string Policy
);

/// <summary>The stored counts replayed under today's terms and under others, side by side.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="From">First moment.</param>
/// <param name="To">Last moment.</param>
/// <param name="StepSeconds">How often it was judged.</param>
/// <param name="Today">Under today's terms.</param>
/// <param name="WhatIf">Under the terms to try.</param>
/// <param name="Gates">Decisions of the service's gate in that time, newest first, at most 200.</param>
public sealed record WhatIfAnswer(
    Guid ObjectiveId,
    string Objective,
    string Service,
    DateTimeOffset From,
    DateTimeOffset To,
    int StepSeconds,
    WhatIfSide Today,
    WhatIfSide WhatIf,
    IReadOnlyList<WhatIfGate> Gates
);
