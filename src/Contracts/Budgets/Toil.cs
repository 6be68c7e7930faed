using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Steady.Contracts.Budgets;

/// <summary>What operational work was.</summary>
public enum ToilKind
{
    /// <summary>Work on an incident.</summary>
    Incident,

    /// <summary>A page that became no incident.</summary>
    Page,

    /// <summary>A ticket, a request, a manual step of a release.</summary>
    Ticket,

    /// <summary>Anything else that operations took.</summary>
    Other,
}

/// <summary>
/// How much time a team has, and for which services it is on call. Half of it may go to operations; what comes beyond goes to the
/// developer team.
/// </summary>
/// <param name="People">Engineers, 1 to 1,000.</param>
/// <param name="HoursPerWeek">Hours of one of them, 1 to 80.</param>
/// <param name="DeveloperTeam">Who gets new tickets while the team is over its cap. 1 to 100 characters.</param>
/// <param name="Services">Services whose incidents the team works on, at most 500.</param>
/// <param name="TimeZone">IANA zone in which its weeks begin; UTC when absent.</param>
public sealed record StaffTeam(
    [property: Range(1, 1000)] int People,
    [property: Range(1, 80)] int HoursPerWeek,
    [property: Required, StringLength(100, MinimumLength = 1)] string DeveloperTeam,
    [property: Required, MaxLength(500)] IReadOnlyList<string> Services,
    [property: StringLength(60, MinimumLength = 1)] string TimeZone = "UTC"
);

/// <summary>Writes down time that operations took.</summary>
/// <param name="Team">Whose time. 1 to 100 characters.</param>
/// <param name="Start">When the work began; whole minutes are kept.</param>
/// <param name="Minutes">How long, 1 to 1,440.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Person">
/// Whoever it was, by any name that is always the same; kept as a pseudonym, so that one person's simultaneous work counts once. Null
/// when nobody is named.
/// </param>
/// <param name="Ref">What it was about: a ticket, an incident. At most 200 characters.</param>
public sealed record RecordToil(
    [property: Required, StringLength(100, MinimumLength = 1)] string Team,
    [property: JsonRequired] DateTimeOffset Start,
    [property: Range(1, 1440)] int Minutes,
    [property: JsonRequired] ToilKind Kind,
    [property: StringLength(200, MinimumLength = 1)] string? Person = null,
    [property: StringLength(200, MinimumLength = 1)] string? Ref = null
);

/// <summary>Asks who gets a new ticket.</summary>
/// <param name="Team">The operations team it would usually go to. 1 to 100 characters.</param>
/// <param name="Ref">The ticket's own name; asked again, it stays where it went. 1 to 200 characters.</param>
/// <param name="Title">What it is about. At most 200 characters.</param>
public sealed record RouteTicket(
    [property: Required, StringLength(100, MinimumLength = 1)] string Team,
    [property: Required, StringLength(200, MinimumLength = 1)] string Ref,
    [property: StringLength(200)] string? Title = null
);

/// <summary>Time that was written down.</summary>
/// <param name="Id">The entry.</param>
/// <param name="Team">Whose time.</param>
/// <param name="Start">When the work began.</param>
/// <param name="Minutes">How long.</param>
/// <param name="Kind">What it was.</param>
/// <param name="Ref">What it was about.</param>
public sealed record ToilEntry(Guid Id, string Team, DateTimeOffset Start, int Minutes, ToilKind Kind, string? Ref);

/// <summary>Who gets a ticket, and why.</summary>
/// <param name="Ref">The ticket.</param>
/// <param name="Team">The operations team that was asked for.</param>
/// <param name="To">The team that gets it.</param>
/// <param name="Week">The week whose toil decided, for example <c>2026-W48</c>.</param>
/// <param name="SpentMinutes">Operations in that week, when it was decided.</param>
/// <param name="CapMinutes">What operations may take in a week.</param>
/// <param name="Reason">One sentence.</param>
/// <param name="At">When.</param>
public sealed record TicketRoute(
    string Ref,
    string Team,
    string To,
    string Week,
    long SpentMinutes,
    long CapMinutes,
    string Reason,
    DateTimeOffset At
);

/// <summary>Minutes of one kind, or of one day.</summary>
/// <param name="Name">The kind, or the date.</param>
/// <param name="Minutes">How long.</param>
public sealed record ToilPart(string Name, long Minutes);

/// <summary>A team's week: what operations took, where the line is, what became of tickets. No person is named.</summary>
/// <param name="Team">The team.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Week">The ISO week, for example <c>2026-W48</c>.</param>
/// <param name="From">Its beginning, in the team's zone.</param>
/// <param name="Until">Its end.</param>
/// <param name="People">Engineers.</param>
/// <param name="CapacityMinutes">All their time.</param>
/// <param name="CapMinutes">The line: half of it, rounded down.</param>
/// <param name="SpentMinutes">What operations took.</param>
/// <param name="Over">Whether that is more than the line.</param>
/// <param name="CapReachedAt">When it became more; null when it did not, or no longer is.</param>
/// <param name="DeveloperTeam">Who gets new tickets beyond the line.</param>
/// <param name="Services">Services whose incidents the team works on.</param>
/// <param name="Workers">How many people worked on operations, where they were told apart.</param>
/// <param name="Kinds">Minutes by kind, largest first. Simultaneous work of one person counts for the kind that began first, so they add up.</param>
/// <param name="Days">Minutes by day, all seven.</param>
/// <param name="Tickets">Tickets that were routed in the week, newest first.</param>
/// <param name="TimeZone">IANA zone in which its weeks begin.</param>
/// <param name="Entries">What was written down and touches the week, newest first; without what was withdrawn.</param>
public sealed record ToilReport(
    string Team,
    long Version,
    string Week,
    DateTimeOffset From,
    DateTimeOffset Until,
    int People,
    long CapacityMinutes,
    long CapMinutes,
    long SpentMinutes,
    bool Over,
    DateTimeOffset? CapReachedAt,
    string DeveloperTeam,
    IReadOnlyList<string> Services,
    int Workers,
    IReadOnlyList<ToilPart> Kinds,
    IReadOnlyList<ToilPart> Days,
    IReadOnlyList<TicketRoute> Tickets,
    string TimeZone = "UTC",
    IReadOnlyList<ToilEntry>? Entries = null
);
