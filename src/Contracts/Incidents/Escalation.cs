using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>Whom a step pages: one of the two.</summary>
/// <param name="Schedule">Whoever is on call in it as the step is reached.</param>
/// <param name="Contact">A person, or a room of a team.</param>
public sealed record EscalationTarget(
    [property: StringLength(100, MinimumLength = 1)] string? Schedule = null,
    [property: StringLength(100, MinimumLength = 1)] string? Contact = null
);

/// <summary>When a step is taken; all that is given must hold as it is reached, else it is passed over at once.</summary>
/// <param name="Severities">The incident's severity is one of them.</param>
/// <param name="Hours">It is one of these hours of the week. At most 20.</param>
/// <param name="TimeZone">IANA name of the hours' zone; needed with hours.</param>
/// <param name="BurnAtLeast">
/// An open burn alert of the service burns at least so many times too fast: 14.4 spends two per cent of 30 days in an hour. Above 0.
/// </param>
public sealed record StepCondition(
    [property: Length(1, 4)] IReadOnlyList<Severity>? Severities = null,
    [property: Length(1, 20)] IReadOnlyList<LayerHours>? Hours = null,
    string? TimeZone = null,
    decimal? BurnAtLeast = null
);

/// <summary>One step of a policy.</summary>
/// <param name="Notify">Whom it pages, all at once. 1 to 20.</param>
/// <param name="WaitMinutes">How long somebody has to take the incident before the next step. 1 to 1,440 minutes.</param>
/// <param name="When">When it is taken; always when absent.</param>
public sealed record EscalationStep(
    [property: Required, Length(1, 20)] IReadOnlyList<EscalationTarget> Notify,
    [property: JsonRequired, Range(1, 1440)] int WaitMinutes,
    StepCondition? When = null
);

/// <summary>Sets an escalation policy, as a whole. Escalations that run go on by what they began with.</summary>
/// <param name="Services">Whose incidents it is for, by name; <c>*</c> for those of no other policy. 1 to 200.</param>
/// <param name="Steps">One after the other, until somebody takes the incident. 1 to 10.</param>
/// <param name="Repeat">How often they are gone through again while nobody has. 0 to 9.</param>
/// <param name="AcknowledgedForMinutes">
/// How long an acknowledgement holds after the last thing that a responder did: then it is escalated anew. For ever when
/// absent. 1 to 1,440 minutes.
/// </param>
/// <param name="Reason">Why it is so. 1 to 1,000 characters.</param>
public sealed record SetEscalationPolicy(
    [property: Required, Length(1, 200)] IReadOnlyList<string> Services,
    [property: Required, Length(1, 10)] IReadOnlyList<EscalationStep> Steps,
    [property: Range(0, 9)] int Repeat,
    [property: Range(1, 1440)] int? AcknowledgedForMinutes,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>An escalation policy as it is set now.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Services">Whose incidents it is for.</param>
/// <param name="Steps">One after the other.</param>
/// <param name="Repeat">How often they are gone through again.</param>
/// <param name="AcknowledgedForMinutes">How long an acknowledgement holds; for ever when null.</param>
/// <param name="Reason">Why it is so.</param>
/// <param name="SetBy">Who set it so.</param>
/// <param name="SetAt">When.</param>
public sealed record EscalationPolicyView(
    string Name,
    long Version,
    IReadOnlyList<string> Services,
    IReadOnlyList<EscalationStep> Steps,
    int Repeat,
    int? AcknowledgedForMinutes,
    string Reason,
    string SetBy,
    DateTimeOffset SetAt
);

/// <summary>What a policy would do with an incident that nobody takes, as schedules and contacts are now.</summary>
/// <param name="Policy">The policy.</param>
/// <param name="Severity">The incident's severity.</param>
/// <param name="At">When it would begin.</param>
/// <param name="Calls">Who would be paged, in order.</param>
/// <param name="Unreachable">Targets that reach nobody: a gap in a schedule, a contact without channels.</param>
/// <param name="ExhaustedAt">When it would have nobody left to page.</param>
public sealed record EscalationPreview(
    string Policy,
    Severity Severity,
    DateTimeOffset At,
    IReadOnlyList<PreviewedCall> Calls,
    IReadOnlyList<string> Unreachable,
    DateTimeOffset ExhaustedAt
);

/// <summary>A page that would be sent.</summary>
/// <param name="At">When.</param>
/// <param name="Round">From 1.</param>
/// <param name="Step">From 1.</param>
/// <param name="Person">Whom.</param>
/// <param name="Channel">How.</param>
/// <param name="Because">The schedule, or null for a contact by name.</param>
public sealed record PreviewedCall(
    DateTimeOffset At,
    int Round,
    int Step,
    string Person,
    string Channel,
    string? Because
);

/// <summary>How an incident's escalation stands.</summary>
public enum EscalationStatus
{
    /// <summary>Nobody has taken the incident; the next step comes.</summary>
    Running,

    /// <summary>Somebody has it, or it is over.</summary>
    Stopped,

    /// <summary>All steps were gone through and nobody took it.</summary>
    Exhausted,

    /// <summary>No policy is for its service: nobody is paged.</summary>
    Unrouted,
}

/// <summary>An incident's escalation.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Status">How it stands.</param>
/// <param name="Policy">By which policy; null when there is none.</param>
/// <param name="Round">From 1; 0 before the first step.</param>
/// <param name="Step">From 1; 0 before the first step.</param>
/// <param name="NextAt">When the next step comes; null when none does.</param>
/// <param name="Pages">Who was paged, oldest first.</param>
public sealed record EscalationView(
    Guid IncidentId,
    EscalationStatus Status,
    string? Policy,
    int Round,
    int Step,
    DateTimeOffset? NextAt,
    IReadOnlyList<PageView> Pages
);

/// <summary>Pages somebody for an incident, whatever its escalation does. One of the two.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
/// <param name="Schedule">Whoever is on call in it.</param>
/// <param name="Contact">A person, or a room of a team.</param>
public sealed record PageSomebody(
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason,
    [property: StringLength(100, MinimumLength = 1)] string? Schedule = null,
    [property: StringLength(100, MinimumLength = 1)] string? Contact = null
);

/// <summary>Goes to the next step of an incident's escalation at once, or through all of them anew when none is left.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record EscalateIncident([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);
