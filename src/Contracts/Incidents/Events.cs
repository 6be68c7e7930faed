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
/// <param name="Triage">It may be one: somebody looks at it first.</param>
/// <param name="Drill">An exercise: nobody suffers.</param>
/// <param name="Private">Only whoever has a part in it knows of it: it is told without its number and without anybody's words.</param>
public sealed record IncidentDeclared(
    Guid IncidentId,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    Guid? AlertId,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At,
    bool Triage = false,
    bool Drill = false,
    bool Private = false
);

/// <summary>What was looked at is an incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record IncidentAccepted(Guid IncidentId, string Service, string By, DateTimeOffset At);

/// <summary>What was looked at is no incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="Reason">Why it is none.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record IncidentDeclined(Guid IncidentId, string Service, string Reason, string By, DateTimeOffset At);

/// <summary>The incident is part of another one now.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="Into">The one that goes on.</param>
/// <param name="Reason">Why they are one.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record IncidentMerged(
    Guid IncidentId,
    string Service,
    Guid Into,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>The incident was over and goes on.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Service">Its service.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Title">Its title.</param>
/// <param name="Reason">What came back.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
/// <param name="Drill">An exercise: nobody suffers.</param>
/// <param name="Private">Only whoever has a part in it knows of it: it is told without its number and without anybody's words.</param>
public sealed record IncidentReopened(
    Guid IncidentId,
    long Number,
    string Service,
    Severity Severity,
    string Title,
    string Reason,
    string By,
    DateTimeOffset At,
    bool Drill = false,
    bool Private = false
);

/// <summary>Stakeholders were told how it stands.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="Text">What they read, in Markdown.</param>
/// <param name="Audience">Whom it is for.</param>
/// <param name="NextUpdateDueAt">When they are to hear the next word; null when none is promised.</param>
/// <param name="By">Who wrote it.</param>
/// <param name="At">When.</param>
/// <param name="Drill">An exercise: nobody outside is told.</param>
public sealed record UpdatePosted(
    Guid IncidentId,
    string Service,
    string Text,
    UpdateAudience Audience,
    DateTimeOffset? NextUpdateDueAt,
    string By,
    DateTimeOffset At,
    bool Drill = false
);

/// <summary>Nothing more is to be done about the incident.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Service">Its service.</param>
/// <param name="By">Who said so.</param>
/// <param name="At">When.</param>
public sealed record IncidentClosed(Guid IncidentId, string Service, string By, DateTimeOffset At);

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
/// <param name="Drill">An exercise: nobody suffers.</param>
public sealed record IncidentSeverityChanged(
    Guid IncidentId,
    string Service,
    Severity Severity,
    string Reason,
    string By,
    DateTimeOffset At,
    bool Drill = false
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
/// <param name="Responders">Who worked on it and how long, since it was reopened if it was; absent in messages of before that was told.</param>
/// <param name="Services">All services that suffered, when incidents of others were merged into it; else absent.</param>
/// <param name="Round">How often it had been reopened: it is resolved once more than that.</param>
/// <param name="Drill">An exercise: it counts in no budget and is no toil.</param>
public sealed record IncidentResolved(
    Guid IncidentId,
    string Service,
    string Title,
    string Resolution,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At,
    IReadOnlyList<Responder>? Responders = null,
    IReadOnlyList<string>? Services = null,
    int Round = 0,
    bool Drill = false
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
/// <param name="GroupedBy">What it has in common with those that share its incident; null for the service alone.</param>
/// <param name="WindowMinutes">How long after it was declared an incident takes it; null for as long as it is open.</param>
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
    DateTimeOffset At,
    string? GroupedBy = null,
    int? WindowMinutes = null
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
