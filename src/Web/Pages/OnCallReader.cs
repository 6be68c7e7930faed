using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <summary>Pages in somebody's sleeping hours, week by week; null where a week is not known.</summary>
public sealed record Nights(
    IReadOnlyList<Week> Weeks,
    IReadOnlyList<(string Person, IReadOnlyList<decimal?> Pages)> People
);

/// <summary>Who is on call, in a week and now.</summary>
/// <param name="Current">Every schedule, as it stands now.</param>
/// <param name="Plans">What each of them means for the week and the four after.</param>
/// <param name="Nights">Null where only what changes by itself is asked for.</param>
/// <param name="Refused">What was asked for and not done.</param>
/// <param name="Links">Calendars that programs subscribe to.</param>
/// <param name="NewLink">The link that was just made: shown this once.</param>
public sealed record OnCallModel(
    Week Week,
    LocalZone Zone,
    DateTimeOffset Now,
    IReadOnlyList<OnCallView> Current,
    IReadOnlyList<SchedulePreview> Plans,
    IReadOnlyList<ScheduleView> Schedules,
    Nights? Nights,
    string? GivenZone,
    string Me,
    bool MayWrite,
    Refused? Refused,
    Answer<Page<CalendarLinkView>> Links,
    (NewCalendarLink Link, string Address)? NewLink = null
)
{
    public DateTimeOffset From => Week.From(Zone);

    public DateTimeOffset To => Week.To(Zone);

    public bool IsThisWeek => Week == Week.Of(Zone.Date(Now));

    /// <summary>Stretches in which nobody is on call, soonest first, as far as is looked ahead.</summary>
    public IReadOnlyList<(string Schedule, Shift Gap)> Gaps =>
        [
            .. Plans
                .SelectMany(plan =>
                    plan.Gaps.Where(gap => gap.To > Now || !IsThisWeek).Select(gap => (plan.Schedule, gap))
                )
                .OrderBy(one => one.gap.From),
        ];

    /// <summary>The page of another week; null for the one that goes on.</summary>
    public string Path(Week? week)
    {
        var other = week == Week.Of(Zone.Date(Now)) ? null : week?.Name;
        return $"/oncall{AddressQuery.Of(("week", other), ("zone", GivenZone))}";
    }

    public string? Kept(string what, string field) => Refused?.Form.What == what ? Refused.Form.Given(field) : null;
}

/// <summary>Puts the page on who answers together.</summary>
public static class OnCallReader
{
    private const int WeeksAhead = 5;
    private const int NightWeeks = 8;

    public static async Task<OnCallModel> Read(
        Apis apis,
        string? week,
        string? zone,
        bool nights,
        Refused? refused,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var contact = Answer.Of(apis.Paging.Contact(apis.Me, stop));
        var current = (await apis.Incidents.OnCall(stop: stop)).Items;
        var schedules = await Task.WhenAll(current.Select(one => apis.Incidents.Schedule(one.Schedule, stop)));
        var local = LocalZone.Of(zone, (await contact).Value?.TimeZone, schedules.FirstOrDefault()?.TimeZone);
        var shown = Week.Read(week) ?? Week.Of(local.Date(now));
        var (from, to) = (shown.From(local), shown.Plus(WeeksAhead).From(local));
        var plans = await Task.WhenAll(
            current.Select(one => apis.Incidents.PreviewSchedule(one.Schedule, from, to, stop))
        );
        return new OnCallModel(
            shown,
            local,
            now,
            current,
            plans,
            schedules,
            nights && current.Count > 0 ? await ReadNights(apis, local, now, stop) : null,
            zone,
            apis.Me,
            apis.May("incidents:write"),
            refused,
            await Answer.Of(apis.OnCall.Links(stop))
        );
    }

    private static async Task<Nights> ReadNights(Apis apis, LocalZone zone, DateTimeOffset now, CancellationToken stop)
    {
        var last = Week.Of(zone.Date(now));
        Week[] weeks = [.. Enumerable.Range(1 - NightWeeks, NightWeeks).Select(last.Plus)];
        var reports = await Task.WhenAll(
            weeks.Select(week =>
                Answer.Of(apis.OnCall.Load(week.From(zone), week == last ? now : week.To(zone), zone.Name, stop))
            )
        );
        return Count(weeks, [.. reports.Select(report => report.Value)]);
    }

    /// <summary>Those who were woken, the most often first.</summary>
    public static Nights Count(IReadOnlyList<Week> weeks, IReadOnlyList<LoadReport?> reports)
    {
        var people = reports
            .SelectMany(report => report?.People ?? [])
            .GroupBy(one => one.Person)
            .Where(one => one.Any(load => load.Pages.Sleeping > 0))
            .OrderByDescending(one => one.Sum(load => load.Pages.Sleeping))
            .ThenBy(one => one.Key, StringComparer.Ordinal);
        return new Nights(
            weeks,
            [
                .. people.Select(person =>
                    (
                        person.Key,
                        (IReadOnlyList<decimal?>)
                            [
                                .. reports.Select(report =>
                                    report is null
                                        ? null
                                        : report.People.FirstOrDefault(one => one.Person == person.Key)?.Pages.Sleeping
                                            ?? (decimal?)0
                                ),
                            ]
                    )
                ),
            ]
        );
    }
}
