using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Incidents;

/// <summary>Makes a calendar that programs can subscribe to, under a link that is a secret.</summary>
/// <param name="Schedule">All shifts of this schedule; give this or a person.</param>
/// <param name="Person">All shifts of this person, in every schedule.</param>
public sealed record CreateCalendarLink(
    [property: StringLength(100, MinimumLength = 1)] string? Schedule = null,
    [property: StringLength(100, MinimumLength = 1)] string? Person = null
);

/// <summary>A calendar link that was just made.</summary>
/// <param name="Id">The link's id.</param>
/// <param name="Schedule">The schedule that it shows; null for a person's.</param>
/// <param name="Person">The person whose shifts it shows; null for a schedule's.</param>
/// <param name="Path">The link's path at this service, told this once: whoever has it can read the calendar.</param>
/// <param name="CreatedAt">When it was made.</param>
public sealed record NewCalendarLink(Guid Id, string? Schedule, string? Person, string Path, DateTimeOffset CreatedAt);

/// <summary>A calendar link that works.</summary>
/// <param name="Id">The link's id.</param>
/// <param name="Schedule">The schedule that it shows; null for a person's.</param>
/// <param name="Person">The person whose shifts it shows; null for a schedule's.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
public sealed record CalendarLinkView(
    Guid Id,
    string? Schedule,
    string? Person,
    string CreatedBy,
    DateTimeOffset CreatedAt
);
