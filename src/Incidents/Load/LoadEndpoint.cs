using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Catalog;
using Steady.Incidents.OnCall;
using Steady.Incidents.Paging;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Load;

/// <summary>What incidents and being on call cost people.</summary>
public static class LoadEndpoint
{
    private const string Nobody = "rule:load";
    private static readonly TimeSpan Longest = TimeSpan.FromDays(370);

    public static void Map(IEndpointRouteBuilder read) =>
        read.MapGet("/load", Show)
            .WithTags("On call")
            .WithSummary(
                "Pages, incident minutes and shifts of people and teams, against the guides of SRE; this quarter when absent"
            )
            .Produces<LoadReport>();

    private static async Task<IResult> Show(
        Sight sight,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        string timeZone = "Etc/UTC"
    )
    {
        var now = clock.GetUtcNow();
        var begin = (from ?? QuarterOf(now)).ToUniversalTime();
        var end = (to ?? now).ToUniversalTime();
        if (end <= begin || end - begin > Longest)
            return Answers.Problem(
                400,
                "malformed",
                $"'to' lies after 'from', at most {Longest.Days} days. Give a shorter stretch."
            );
        if (WallClock.Zone(timeZone) is null)
            return Answers.Problem(
                400,
                "malformed",
                $"'timeZone={timeZone}' is not understood. Give an IANA name such as Europe/Berlin."
            );
        var incidents = await Incidents(session, begin, end, now, stop);
        var burden = new Burden(
            begin,
            end,
            await Pages(session, begin, end, incidents, stop),
            [.. incidents.SelectMany(one => one.Work).Select(one => Cut(one, begin, end)).OfType<Worked>()],
            await Shifts(session, begin, end, stop)
        );
        var people = await People(session, burden, timeZone, stop);
        return TypedResults.Ok(
            new LoadReport(
                begin,
                end,
                people,
                await Teams(session, people, stop),
                Repeated([.. incidents.Where(one => sight.Sees(one.Id))])
            )
        );
    }

    private static async Task<IReadOnlyList<PersonLoad>> People(
        IQuerySession session,
        Burden burden,
        string timeZone,
        CancellationToken stop
    )
    {
        var zones = (await session.Query<Contact>().ToListAsync(stop)).ToDictionary(
            one => one.Name,
            one => one.Current.TimeZone
        );
        return burden
            .Pages.Select(one => one.Person)
            .Concat(burden.Work.Select(one => one.Person))
            .Concat(burden.Shifts.Select(one => one.Person))
            .Distinct()
            .Select(person => Burdening.Of(person, zones.GetValueOrDefault(person) ?? timeZone, burden))
            .OrderByDescending(one => one.Pages.Sleeping)
            .ThenByDescending(one => one.IncidentMinutes.Total)
            .ThenBy(one => one.Person, StringComparer.Ordinal)
            .ToList();
    }

    private static DateTimeOffset QuarterOf(DateTimeOffset now) =>
        new(now.UtcDateTime.Year, ((now.UtcDateTime.Month - 1) / 3 * 3) + 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static async Task<IReadOnlyList<Story>> Incidents(
        IQuerySession session,
        DateTimeOffset from,
        DateTimeOffset to,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var views = await session
            .Query<IncidentView>()
            .Where(one => one.DeclaredAt < to && !one.Drill && (one.ResolvedAt == null || one.ResolvedAt > from))
            .ToListAsync(stop);
        var stories = new List<Story>();
        foreach (var view in views)
        {
            var incident = (await session.Events.AggregateStreamAsync<Incident>(view.Id, token: stop))!;
            var work = incident
                .Earlier.Concat(incident.WorkedOnUntil(Nobody, view.ResolvedAt ?? view.ClosedAt ?? now))
                .Select(one => new Worked(one.Person, view.Id, one.From, one.To));
            stories.Add(new Story(view.Id, view.Service, [.. work], incident.Groups));
        }

        return stories;
    }

    private static async Task<IReadOnlyList<PagedOnce>> Pages(
        IQuerySession session,
        DateTimeOffset from,
        DateTimeOffset to,
        IReadOnlyList<Story> incidents,
        CancellationToken stop
    )
    {
        var counted = incidents.Select(one => one.Id).ToHashSet();
        var pages = await session
            .Query<Page>()
            .Where(page => page.RequestedAt >= from && page.RequestedAt < to && page.Status == PageStatus.Delivered)
            .ToListAsync(stop);
        return
        [
            .. pages
                .Where(page => page.IncidentId is { } incident && counted.Contains(incident))
                .Select(page => new PagedOnce(page.Person, page.IncidentId!.Value, page.RequestedAt))
                .Distinct(),
        ];
    }

    private static async Task<IReadOnlyList<OnShift>> Shifts(
        IQuerySession session,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken stop
    )
    {
        var schedules = await session.Query<Schedule>().ToListAsync(stop);
        return
        [
            .. schedules
                .SelectMany(one => Rostering.Shifts(one, from, to))
                .Where(shift => shift.Person is not null)
                .Select(shift => new OnShift(shift.Person!, shift.From, shift.To)),
        ];
    }

    private static async Task<IReadOnlyList<TeamLoad>> Teams(
        IQuerySession session,
        IReadOnlyList<PersonLoad> people,
        CancellationToken stop
    )
    {
        var entries = await session.Query<CatalogEntry>().ToListAsync(stop);
        return
        [
            .. entries
                .Where(one => !one.IsRemoved && one.Current is { Kind: CatalogKind.Group, Entry.Members.Count: > 0 })
                .OrderBy(one => one.Current.Name, StringComparer.Ordinal)
                .Select(one => Burdening.Of(one.Current.Name, [.. one.Current.Entry.Members!], people)),
        ];
    }

    private static IReadOnlyList<RepeatedAlert> Repeated(IReadOnlyList<Story> incidents) =>
        [
            .. incidents
                .SelectMany(one => one.Groups.Select(group => (one.Service, group)))
                .CountBy(one => one)
                .Where(one => one.Value > 1)
                .OrderByDescending(one => one.Value)
                .ThenBy(one => one.Key.Service, StringComparer.Ordinal)
                .ThenBy(one => one.Key.group, StringComparer.Ordinal)
                .Take(50)
                .Select(one => new RepeatedAlert(one.Key.Service, one.Key.group, one.Value)),
        ];

    private static Worked? Cut(Worked work, DateTimeOffset from, DateTimeOffset to)
    {
        var (begin, end) = (work.From > from ? work.From : from, work.To < to ? work.To : to);
        return begin <= end ? work with { From = begin, To = end } : null;
    }

    private sealed record Story(Guid Id, string Service, IReadOnlyList<Worked> Work, IReadOnlyList<string> Groups);
}
