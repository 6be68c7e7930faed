using Steady.Contracts.Budgets;

namespace Steady.Budgets.Toil;

// Events and state of a team's operational work. These names and shapes are what is stored. People are pseudonyms.

public sealed record TeamStaffed(
    string Team,
    int People,
    int HoursPerWeek,
    string DeveloperTeam,
    IReadOnlyList<string> Services,
    string TimeZone,
    string By,
    DateTimeOffset At
);

public sealed record ToilRecorded(
    string Team,
    Guid EntryId,
    DateTimeOffset Start,
    int Minutes,
    ToilKind Kind,
    Guid? Person,
    string? Ref,
    DateTimeOffset At
);

public sealed record ToilWithdrawn(string Team, Guid EntryId, string By, DateTimeOffset At);

public sealed record ToilCapReached(
    string Team,
    string Week,
    long SpentMinutes,
    long CapMinutes,
    string DeveloperTeam,
    DateTimeOffset Until,
    DateTimeOffset At
);

public sealed record ToilCapCleared(string Team, string Week, long SpentMinutes, long CapMinutes, DateTimeOffset At);

public sealed record TicketRouted(
    string Team,
    string Ref,
    string? Title,
    string To,
    bool Over,
    string Week,
    long SpentMinutes,
    long CapMinutes,
    DateTimeOffset At
);

/// <summary>What decisions need: how the team is staffed, and the work and tickets of the last weeks.</summary>
public sealed record ToilTeam
{
    /// <summary>Work older than this is no longer taken, so that decisions need not remember it.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromDays(8 * 7);

    public Guid Id { get; init; }
    public long Version { get; init; }
    public required string Team { get; init; }
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>How it was staffed, oldest first; the last one holds now.</summary>
    public IReadOnlyList<TeamStaffed> Staffings { get; init; } = [];

    public IReadOnlyList<ToilRecorded> Entries { get; init; } = [];
    public IReadOnlyList<Guid> Withdrawn { get; init; } = [];
    public IReadOnlyList<TicketRouted> Tickets { get; init; } = [];

    /// <summary>Weeks that are over the cap.</summary>
    public IReadOnlyList<string> Over { get; init; } = [];

    public static ToilTeam Create(TeamStaffed e) =>
        new()
        {
            Team = e.Team,
            Services = e.Services,
            Staffings = [e],
        };

    public ToilTeam Apply(TeamStaffed e) => this with { Services = e.Services, Staffings = [.. Staffings, e] };

    public ToilTeam Apply(ToilRecorded e) =>
        this with
        {
            Entries = [.. Entries.Where(entry => entry.Start > e.At - Memory - TimeSpan.FromDays(8)), e],
        };

    public ToilTeam Apply(ToilWithdrawn e) =>
        this with
        {
            Entries = [.. Entries.Where(entry => entry.EntryId != e.EntryId)],
            Withdrawn = [.. Withdrawn, e.EntryId],
        };

    public ToilTeam Apply(ToilCapReached e) => this with { Over = [.. Over, e.Week] };

    public ToilTeam Apply(ToilCapCleared e) => this with { Over = [.. Over.Where(week => week != e.Week)] };

    public ToilTeam Apply(TicketRouted e) =>
        this with
        {
            Tickets = [.. Tickets.Where(ticket => ticket.At > e.At - Memory), e],
        };

    /// <summary>Whether an entry was ever taken: a repeated request must not bring back what was withdrawn.</summary>
    public bool Knows(Guid entry) => Withdrawn.Contains(entry) || Entries.Any(known => known.EntryId == entry);

    public static Guid IdOf(string team) => Kernel.StableId.From("toil-team", team);

    /// <summary>The same person is the same within a team; who it is cannot be read off it.</summary>
    public static Guid PersonOf(string team, string person) => Kernel.StableId.From("toil-person", team, person);
}
