namespace Steady.Contracts.Budgets;

/// <summary>
/// Both windows of a burn-rate pair went above its factor. Announced once per alert; a budget has at most one, of the
/// most urgent pair that is above.
/// </summary>
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

/// <summary>A more urgent pair than the alert's went above its factor: the same alert, now with that pair.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="From">How urgent it had been.</param>
/// <param name="Severity">How urgent it is.</param>
/// <param name="LongWindow">Long window, for example <c>1h</c>.</param>
/// <param name="ShortWindow">Short window, for example <c>5m</c>.</param>
/// <param name="Factor">The factor both exceeded.</param>
/// <param name="LongGood">Good in the long window.</param>
/// <param name="LongBad">Bad in the long window.</param>
/// <param name="ShortGood">Good in the short window.</param>
/// <param name="ShortBad">Bad in the short window.</param>
/// <param name="At">When.</param>
/// <param name="FirstBadAt">Start of the oldest bucket with failures in the short window.</param>
public sealed record BurnAlertEscalated(
    Guid AlertId,
    Guid ObjectiveId,
    string Objective,
    string Service,
    BurnSeverity From,
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
)
{
    /// <summary>What it became, as if it had been opened so: for who only cares how urgent an alert is.</summary>
    /// <returns>The alert with its new pair.</returns>
    public BurnAlertOpened AsOpened() =>
        new(
            AlertId,
            ObjectiveId,
            Objective,
            Service,
            Severity,
            LongWindow,
            ShortWindow,
            Factor,
            LongGood,
            LongBad,
            ShortGood,
            ShortBad,
            At,
            FirstBadAt
        );
}

/// <summary>No pair as urgent as the alert is above its factor any more.</summary>
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
/// <param name="Unit">What good and bad are numbers of.</param>
public sealed record BudgetExhausted(
    Guid ObjectiveId,
    string Objective,
    string Service,
    long Good,
    long Bad,
    DateTimeOffset At,
    CountUnit Unit = CountUnit.Events
);

/// <summary>The window has budget again: at least a twentieth of it, so that it does not flicker around the last failure.</summary>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="Good">Good events in the window.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="At">When.</param>
/// <param name="Unit">What good and bad are numbers of.</param>
public sealed record BudgetRestored(
    Guid ObjectiveId,
    string Objective,
    string Service,
    long Good,
    long Bad,
    DateTimeOffset At,
    CountUnit Unit = CountUnit.Events
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

/// <summary>Operations took more than half of a team's week.</summary>
/// <param name="Team">The team.</param>
/// <param name="Week">The ISO week, for example <c>2026-W48</c>.</param>
/// <param name="SpentMinutes">What operations took so far.</param>
/// <param name="CapMinutes">The line.</param>
/// <param name="DeveloperTeam">Who gets new tickets from now on.</param>
/// <param name="Until">When the week ends, and the line begins anew.</param>
/// <param name="At">When.</param>
public sealed record ToilCapReached(
    string Team,
    string Week,
    long SpentMinutes,
    long CapMinutes,
    string DeveloperTeam,
    DateTimeOffset Until,
    DateTimeOffset At
);

/// <summary>A week's operations are no longer over the line: an entry was withdrawn, or the team has grown.</summary>
/// <param name="Team">The team.</param>
/// <param name="Week">The ISO week.</param>
/// <param name="SpentMinutes">What operations took.</param>
/// <param name="CapMinutes">The line.</param>
/// <param name="At">When.</param>
public sealed record ToilCapCleared(string Team, string Week, long SpentMinutes, long CapMinutes, DateTimeOffset At);

/// <summary>A new ticket went to the developers, because operations are over the line.</summary>
/// <param name="Team">The operations team it would have gone to.</param>
/// <param name="DeveloperTeam">The team it went to.</param>
/// <param name="Ref">The ticket.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Week">The ISO week.</param>
/// <param name="SpentMinutes">What operations took so far.</param>
/// <param name="CapMinutes">The line.</param>
/// <param name="At">When.</param>
public sealed record TicketRoutedToDevTeam(
    string Team,
    string DeveloperTeam,
    string Ref,
    string? Title,
    string Week,
    long SpentMinutes,
    long CapMinutes,
    DateTimeOffset At
);
