namespace Steady.Contracts.Incidents;

/// <summary>An incident was declared, by a person or by a rule.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number for people: INC-1, INC-2, …</param>
/// <param name="Service">The service that suffers.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">What people see.</param>
/// <param name="AlertId">The burn alert, or the alert of a monitoring system, that declared it; null when a person did.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="By">Who declared it.</param>
/// <param name="At">When it was declared.</param>
public sealed record IncidentDeclared(
    Guid IncidentId,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    Guid? AlertId,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At
);

/// <summary>Somebody took the incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record IncidentAcknowledged(Guid IncidentId, string Service, string By, DateTimeOffset At);

/// <summary>The incident is said to be better or worse than before.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How bad it is now.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record IncidentSeverityChanged(
    Guid IncidentId,
    string Service,
    Severity Severity,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>Users no longer suffer.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="Summary">What stopped the pain.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record IncidentMitigated(Guid IncidentId, string Service, string Summary, string By, DateTimeOffset At);

/// <summary>The incident is over. Its interval is <paramref name="StartedAt"/> to <paramref name="At"/>.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="Title">Its title.</param>
/// <param name="Resolution">What was wrong and what ended it.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="By">Who resolved it.</param>
/// <param name="At">When.</param>
/// <param name="Responders">Who worked on it and how long; absent in messages of before that was told.</param>
public sealed record IncidentResolved(
    Guid IncidentId,
    string Service,
    string Title,
    string Resolution,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At,
    IReadOnlyList<Responder>? Responders = null
);

/// <summary>An alert was heard of for the first time. Of alerts of one service, name and severity only the first is announced, while it is news.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Integration">Who sent it.</param>
/// <param name="Fingerprint">What is the same for every alert of these labels.</param>
/// <param name="Name">Its <c>alertname</c>.</param>
/// <param name="Service">The service it is about.</param>
/// <param name="Severity">How bad its incident is; null when it is only recorded.</param>
/// <param name="Title">What people read.</param>
/// <param name="StartsAt">When it began, by the sender's clock.</param>
/// <param name="EndsAt">When it was over, when it was over already as we heard of it; else null.</param>
/// <param name="At">When we heard of it.</param>
public sealed record AlertFired(
    Guid AlertId,
    string Integration,
    string Fingerprint,
    string Name,
    string Service,
    Severity? Severity,
    string Title,
    DateTimeOffset StartsAt,
    DateTimeOffset? EndsAt,
    DateTimeOffset At
);

/// <summary>An alert that was announced is over.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Service">The service it is about.</param>
/// <param name="Title">What people read.</param>
/// <param name="EndsAt">When it was over, by the sender's clock.</param>
/// <param name="At">When we heard of that.</param>
public sealed record AlertResolved(
    Guid AlertId,
    string Service,
    string Title,
    DateTimeOffset EndsAt,
    DateTimeOffset At
);
