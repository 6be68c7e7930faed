using System.Globalization;
using Marten;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Budgets.Toil;

/// <summary>A team's week, read from all that ever happened to the team, so that any week can be looked at. Pure.</summary>
public static class Reports
{
    /// <param name="events">The team's events, in order.</param>
    /// <param name="week">The week.</param>
    public static ToilReport Of(IReadOnlyList<object> events, IsoWeek week)
    {
        var staffings = events.OfType<TeamStaffed>().ToList();
        var withdrawn = events.OfType<ToilWithdrawn>().Select(e => e.EntryId).ToHashSet();
        var entries = events.OfType<ToilRecorded>().Where(entry => !withdrawn.Contains(entry.EntryId)).ToList();
        var zone = Weeks.Zone(staffings);
        var (from, until) = (week.Day(0, zone), week.Day(7, zone));
        var tally = Weeks.Tally(week, staffings, entries);
        var worked = Weeks.Minutes(entries, from, until).ToList();
        return new ToilReport(
            staffings[0].Team,
            events.Count,
            $"{week}",
            from,
            until,
            tally.Staffing.People,
            tally.Capacity,
            tally.Cap,
            tally.Spent,
            tally.Over,
            tally.Over ? events.OfType<ToilCapReached>().LastOrDefault(e => e.Week == $"{week}")?.At : null,
            tally.Staffing.DeveloperTeam,
            tally.Staffing.Services,
            worked.Select(one => one.Entry.Person).OfType<Guid>().Distinct().Count(),
            Kinds(worked),
            [.. Enumerable.Range(0, 7).Select(day => Day(entries, week, day, zone))],
            [.. events.OfType<TicketRouted>().Where(e => e.Week == $"{week}").Reverse().Select(Routing.View)],
            staffings[^1].TimeZone,
            [
                .. entries
                    .Where(entry => entry.Start < until && entry.Start.AddMinutes(entry.Minutes) > from)
                    .OrderByDescending(entry => entry.Start)
                    .Select(View),
            ]
        );
    }

    private static ToilEntry View(ToilRecorded entry) =>
        new(entry.EntryId, entry.Team, entry.Start, entry.Minutes, entry.Kind, entry.Ref);

    private static IReadOnlyList<ToilPart> Kinds(IEnumerable<(ToilRecorded Entry, long Minutes)> worked) =>
        [
            .. worked
                .GroupBy(one => one.Entry.Kind)
                .Select(kind => new ToilPart($"{kind.Key}".ToLowerInvariant(), kind.Sum(one => one.Minutes)))
                .OrderByDescending(part => part.Minutes)
                .ThenBy(part => part.Name, StringComparer.Ordinal),
        ];

    private static ToilPart Day(IReadOnlyList<ToilRecorded> entries, IsoWeek week, int day, TimeZoneInfo zone) =>
        new(
            week.Date(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            Weeks.Minutes(entries, week.Day(day, zone), week.Day(day + 1, zone)).Sum(one => one.Minutes)
        );
}

public static class ToilReportEndpoint
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes
            .MapGet("/toil/teams", List)
            .RequireScope("budgets:read")
            .Produces<IReadOnlyList<ToilReport>>()
            .WithTags("Toil")
            .WithSummary("Shows this week of every team, most over its line first.");
        routes
            .MapGet("/toil/teams/{team}", Read)
            .RequireScope("budgets:read")
            .Produces<ToilReport>()
            .WithTags("Toil")
            .WithSummary(
                "Shows a team's week (?week=2026-W48): what operations took, where the line is, where tickets went."
            );
    }

    private static async Task<IResult> List(IQuerySession session, TimeProvider clock, CancellationToken stop)
    {
        var reports = new List<ToilReport>();
        foreach (var team in await session.Query<ToilTeam>().OrderBy(team => team.Team).ToListAsync(stop))
            reports.Add(await Report(session, team, null, clock, stop));
        return TypedResults.Ok(reports.OrderByDescending(report => report.SpentMinutes - report.CapMinutes).ToList());
    }

    private static async Task<IResult> Read(
        string team,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        string? week = null
    )
    {
        if (week is not null && IsoWeek.Parse(week) is null)
            return Answers.Problem(400, "week-unknown", $"'{week}' is no ISO week. Give one as 2026-W48.");
        if (await session.LoadAsync<ToilTeam>(ToilTeam.IdOf(team), stop) is not { } known)
            return ToilEdges.Unknown(team);
        ToilReport? report = await Report(session, known, week, clock, stop);
        return report.ToView(view => view.Version);
    }

    private static async Task<ToilReport> Report(
        IQuerySession session,
        ToilTeam team,
        string? week,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var events = await session.Events.FetchStreamAsync(team.Id, token: stop);
        var wanted = week is null
            ? IsoWeek.Of(clock.GetUtcNow(), Weeks.Zone(team.Staffings))
            : IsoWeek.Parse(week)!.Value;
        return Reports.Of([.. events.Select(stored => stored.Data)], wanted);
    }
}
