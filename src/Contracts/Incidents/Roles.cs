using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Incidents;

/// <summary>What somebody does in an incident, on the lines of the incident command system.</summary>
public enum IncidentRole
{
    /// <summary>Decides, and does not fix. One at a time.</summary>
    Commander,

    /// <summary>Stands in for the commander. One at a time.</summary>
    Deputy,

    /// <summary>Writes down what happens. One at a time.</summary>
    Scribe,

    /// <summary>Leads those who fix. One at a time.</summary>
    OperationsLead,

    /// <summary>Tells customers and colleagues. One at a time.</summary>
    CommunicationsLead,

    /// <summary>Thinks ahead: who comes next, what is needed. One at a time.</summary>
    PlanningLead,

    /// <summary>Knows a part of it. Any number.</summary>
    SubjectExpert,

    /// <summary>Looks on. Any number.</summary>
    Observer,

    /// <summary>Learns by looking on. Any number.</summary>
    Shadow,
}

/// <summary>What roles are.</summary>
public static class IncidentRoles
{
    /// <summary>Whether one person has it at a time, who can hand it over.</summary>
    /// <param name="role">The role.</param>
    public static bool IsSingle(this IncidentRole role) =>
        role is not (IncidentRole.SubjectExpert or IncidentRole.Observer or IncidentRole.Shadow);
}

/// <summary>Gives somebody a role that is free, or takes it from them.</summary>
/// <param name="Role">Which.</param>
/// <param name="Person">Who. 1 to 200 characters, as their token names them.</param>
public sealed record StaffRole(
    [property: JsonRequired] IncidentRole Role,
    [property: Required, StringLength(200, MinimumLength = 1)] string Person
);

/// <summary>Offers a role to somebody, who has to confirm it.</summary>
/// <param name="Role">Which; one that one person has at a time.</param>
/// <param name="To">Who is to take it. 1 to 200 characters, as their token names them.</param>
/// <param name="Briefing">What they need to know. At most 2,000 characters.</param>
/// <param name="ExpiresInMinutes">How long the offer stands, 1 to 1,440 minutes; 15 when absent.</param>
public sealed record OfferHandover(
    [property: JsonRequired] IncidentRole Role,
    [property: Required, StringLength(200, MinimumLength = 1)] string To,
    [property: StringLength(2000)] string? Briefing = null,
    [property: Range(1, 1440)] int ExpiresInMinutes = 15
);

/// <summary>Says no to a role.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record DeclineHandover([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>Somebody who has a role.</summary>
/// <param name="Role">Which.</param>
/// <param name="Person">Who.</param>
/// <param name="Since">Since when.</param>
public sealed record RoleHolder(IncidentRole Role, string Person, DateTimeOffset Since);

/// <summary>A role that was offered and not yet taken: until then who has it keeps it.</summary>
/// <param name="Id">The offer.</param>
/// <param name="Role">Which.</param>
/// <param name="From">Who has it.</param>
/// <param name="To">Who has to confirm.</param>
/// <param name="Briefing">What they need to know.</param>
/// <param name="OfferedBy">Who offered it.</param>
/// <param name="OfferedAt">When.</param>
/// <param name="ExpiresAt">Until when it stands.</param>
public sealed record OpenHandover(
    Guid Id,
    IncidentRole Role,
    string From,
    string To,
    string? Briefing,
    string OfferedBy,
    DateTimeOffset OfferedAt,
    DateTimeOffset ExpiresAt
);

/// <summary>How an incident is worked on.</summary>
/// <param name="IncidentId">The incident.</param>
/// <param name="Number">Its number for people.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Roles">Who has which role, the commander first.</param>
/// <param name="Handovers">Roles that were offered and not yet taken.</param>
/// <param name="Tasks">What is to be done and was done, in the order in which it was asked for.</param>
/// <param name="Updates">What stakeholders were told, oldest first.</param>
/// <param name="NextUpdateDueAt">When they are to hear the next word; null when none is promised. In the past, it is overdue.</param>
public sealed record IncidentResponse(
    Guid IncidentId,
    long Number,
    long Version,
    IReadOnlyList<RoleHolder> Roles,
    IReadOnlyList<OpenHandover> Handovers,
    IReadOnlyList<IncidentTask> Tasks,
    IReadOnlyList<StakeholderUpdate> Updates,
    DateTimeOffset? NextUpdateDueAt
);
