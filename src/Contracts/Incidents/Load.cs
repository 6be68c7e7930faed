namespace Steady.Contracts.Incidents;

/// <summary>A figure by the hour of the person it fell on, by the clock on that person's wall.</summary>
/// <param name="Working">Monday to Friday, 09:00 to 18:00.</param>
/// <param name="Late">Neither of the others: evenings, early mornings, weekends by day.</param>
/// <param name="Sleeping">22:00 to 07:00, every day.</param>
public sealed record ByHour(decimal Working, decimal Late, decimal Sleeping)
{
    /// <summary>Nothing.</summary>
    public static ByHour None { get; } = new(0, 0, 0);

    /// <summary>All of it.</summary>
    public decimal Total => Working + Late + Sleeping;

    /// <summary>Both together.</summary>
    /// <param name="other">The other one.</param>
    public ByHour Plus(ByHour other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return new ByHour(Working + other.Working, Late + other.Late, Sleeping + other.Sleeping);
    }
}

/// <summary>What incidents and being on call cost a person.</summary>
/// <param name="Person">Who.</param>
/// <param name="TimeZone">The zone of that person's clock: of the contact, else of the question.</param>
/// <param name="Pages">How often the person was paged; several channels of one page count once.</param>
/// <param name="Unanswered">Pages after which the person did nothing in the incident.</param>
/// <param name="IncidentMinutes">Minutes of work on incidents, from the first act to the last; drills are left out.</param>
/// <param name="OnCallHours">Hours on call.</param>
/// <param name="OnCallShare">Share of the whole time on call; SRE's guide is 0.25 at the most.</param>
/// <param name="OperationsShare">
/// Minutes of work on incidents as a share of 40 hours a week; SRE's guide for all operations is 0.5 at the most, and logged toil comes on top.
/// </param>
/// <param name="Shifts">Shifts that begin or go on in the time.</param>
/// <param name="HeavyShifts">Shifts with more than two incidents within twelve hours; SRE's guide is two.</param>
/// <param name="Warnings">Which of the guides are exceeded: <c>on-call</c>, <c>operations</c>, <c>shifts</c>.</param>
public sealed record PersonLoad(
    string Person,
    string TimeZone,
    ByHour Pages,
    int Unanswered,
    ByHour IncidentMinutes,
    decimal OnCallHours,
    decimal OnCallShare,
    decimal OperationsShare,
    int Shifts,
    int HeavyShifts,
    IReadOnlyList<string> Warnings
);

/// <summary>The same for a team of the catalog.</summary>
/// <param name="Team">The team.</param>
/// <param name="People">Those of its members that something fell on.</param>
/// <param name="Pages">Of all of them.</param>
/// <param name="IncidentMinutes">Of all of them.</param>
/// <param name="OperationsShare">The mean of all its members, also of those whom nothing fell on.</param>
/// <param name="HeavyShifts">Of all of them.</param>
/// <param name="Warnings">Which guides somebody of it exceeds.</param>
public sealed record TeamLoad(
    string Team,
    IReadOnlyList<string> People,
    ByHour Pages,
    ByHour IncidentMinutes,
    decimal OperationsShare,
    int HeavyShifts,
    IReadOnlyList<string> Warnings
);

/// <summary>What incidents and being on call cost people.</summary>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="People">Those with the most pages in sleeping hours first.</param>
/// <param name="Teams">By name.</param>
/// <param name="Repeated">Alerts that declared or joined more than one incident in the time, the most frequent first.</param>
public sealed record LoadReport(
    DateTimeOffset From,
    DateTimeOffset To,
    IReadOnlyList<PersonLoad> People,
    IReadOnlyList<TeamLoad> Teams,
    IReadOnlyList<RepeatedAlert> Repeated
);

/// <summary>An alert that comes back.</summary>
/// <param name="Service">The service.</param>
/// <param name="Name">The alert's name and severity.</param>
/// <param name="Incidents">In how many incidents.</param>
public sealed record RepeatedAlert(string Service, string Name, int Incidents);
