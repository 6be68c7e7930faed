namespace Steady.Contracts.Incidents;

/// <summary>Where an incident is in its life.</summary>
public enum IncidentStatus
{
    /// <summary>Active: it is one, and nobody has taken it.</summary>
    Open,

    /// <summary>Active: somebody has taken it.</summary>
    Acknowledged,

    /// <summary>Users no longer suffer.</summary>
    Mitigated,

    /// <summary>Over.</summary>
    Resolved,

    /// <summary>It may be one: somebody looks at it, and will accept or decline it.</summary>
    Triage,

    /// <summary>Over, and nothing more is to be done about it.</summary>
    Closed,

    /// <summary>It was looked at and was none.</summary>
    Declined,

    /// <summary>It was the same as another one, and is part of that now.</summary>
    Merged,
}

/// <summary>What a status means.</summary>
public static class IncidentStatuses
{
    /// <summary>Whether nobody works on it any more: resolved, closed, declined or merged.</summary>
    /// <param name="status">The status.</param>
    public static bool IsOver(this IncidentStatus status) =>
        status is IncidentStatus.Resolved or IncidentStatus.Closed or IncidentStatus.Declined or IncidentStatus.Merged;
}

/// <summary>An incident as a person reads it: a row of the board and the head of its page.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Service">The service that suffers.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Status">Where it is in its life.</param>
/// <param name="Title">What people see.</param>
/// <param name="AlertId">The burn alert, or the alert of a monitoring system, that declared it; null when a person did.</param>
/// <param name="DeclaredBy">Who declared it.</param>
/// <param name="Lead">Who commands: who acknowledged it first, or took the command since; null while nobody does.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="DeclaredAt">When it was declared.</param>
/// <param name="AcknowledgedAt">When it was taken.</param>
/// <param name="MitigatedAt">When users no longer suffered.</param>
/// <param name="ResolvedAt">When it was over.</param>
/// <param name="Resolution">What was wrong and what ended it; of a declined one, why it was none.</param>
/// <param name="Drill">An exercise: it counts in no figure, budget or toil.</param>
/// <param name="ClosedAt">When nothing more was to be done: when it was closed, declined or merged.</param>
/// <param name="MergedInto">The incident it is part of now; null when it stands for itself.</param>
/// <param name="MergedIntoNumber">The same, by its number for people.</param>
/// <param name="Absorbed">The incidents that were merged into this one; null when none was.</param>
/// <param name="Reopened">When it went on after it had been over; null when it never did.</param>
/// <param name="NextUpdateDueAt">When stakeholders are to hear the next word; in the past, it is overdue. Null when none is promised.</param>
/// <param name="Private">Only whoever has a part in it knows of it.</param>
/// <param name="GroupedBy">What its alerts have in common besides the service; null when the service alone decides.</param>
public sealed record IncidentView(
    Guid Id,
    long Version,
    long Number,
    string Service,
    Severity Severity,
    IncidentStatus Status,
    string Title,
    Guid? AlertId,
    string DeclaredBy,
    string? Lead,
    DateTimeOffset StartedAt,
    DateTimeOffset DeclaredAt,
    DateTimeOffset? AcknowledgedAt,
    DateTimeOffset? MitigatedAt,
    DateTimeOffset? ResolvedAt,
    string? Resolution,
    bool Drill = false,
    DateTimeOffset? ClosedAt = null,
    Guid? MergedInto = null,
    long? MergedIntoNumber = null,
    IReadOnlyList<AbsorbedIncident>? Absorbed = null,
    IReadOnlyList<ReopenedSpan>? Reopened = null,
    DateTimeOffset? NextUpdateDueAt = null,
    bool Private = false,
    string? GroupedBy = null
);

/// <summary>An incident that was merged into another one.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="At">When it was merged: before that, its story was its own.</param>
public sealed record AbsorbedIncident(Guid Id, long Number, DateTimeOffset At);

/// <summary>A stretch in which an incident went on after it had been over.</summary>
/// <param name="From">When it was reopened.</param>
/// <param name="To">When it was resolved again; null while it goes on.</param>
/// <param name="Reason">Why it was reopened.</param>
public sealed record ReopenedSpan(DateTimeOffset From, DateTimeOffset? To, string Reason);

/// <summary>Somebody who worked on an incident, as far as it was written down.</summary>
/// <param name="Person">Who.</param>
/// <param name="From">The first thing they did.</param>
/// <param name="To">The last thing they did; for whoever took the incident, its end.</param>
public sealed record Responder(string Person, DateTimeOffset From, DateTimeOffset To);
