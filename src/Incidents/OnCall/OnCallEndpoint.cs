using System.ComponentModel.DataAnnotations;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>Who is on call, and what the schedules say of the time to come.</summary>
public static class OnCallEndpoint
{
    private const int Most = 500;
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(31);
    private static readonly TimeSpan Longest = TimeSpan.FromDays(740);

    public static void Map(IEndpointRouteBuilder read)
    {
        CalendarEndpoint.Read(read);
        read.MapGet("/on-call", Now)
            .WithTags("On call")
            .WithSummary("Who is on call now, or at a moment, in every schedule")
            .Produces<Page<OnCallView>>();
        read.MapGet("/schedules", List)
            .WithTags("On call")
            .WithSummary("All schedules, by name")
            .Produces<Page<ScheduleView>>();
        read.MapGet("/schedules/{name}", Show).WithTags("On call").WithSummary("One schedule").Produces<ScheduleView>();
        read.MapGet("/schedules/{name}/on-call", At)
            .WithTags("On call")
            .WithSummary("Who is on call at a moment; knownAt answers who was believed to be, then")
            .Produces<OnCallView>();
        read.MapGet("/schedules/{name}/preview", Preview)
            .WithTags("On call")
            .WithSummary("The shifts of up to two years, its gaps, and the hours of each person")
            .Produces<SchedulePreview>();
    }

    private static async Task<IResult> Now(
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        string? after = null,
        [Range(1, Most)] int limit = Most
    )
    {
        var moment = at ?? clock.GetUtcNow();
        return await Page(session, after, limit, stop) is { } page
            ? TypedResults.Ok(new Page<OnCallView>([.. page.Items.Select(one => Of(one, moment, null))], page.Next))
            : Refusals.UnknownPlace(after);
    }

    private static async Task<IResult> List(
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        string? after = null,
        [Range(1, Most)] int limit = Most
    )
    {
        var now = clock.GetUtcNow();
        return await Page(session, after, limit, stop) is { } page
            ? TypedResults.Ok(new Page<ScheduleView>([.. page.Items.Select(one => one.View(now))], page.Next))
            : Refusals.UnknownPlace(after);
    }

    private static async Task<Page<Schedule>?> Page(
        IQuerySession session,
        string? after,
        int limit,
        CancellationToken stop
    ) => KeyCursor.Cut(await session.Query<Schedule>().ToListAsync(stop), one => one.Name, after, limit);

    private static async Task<IResult> Show(
        string name,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    ) =>
        await session.LoadAsync<Schedule>(Schedule.IdOf(name), stop) is { } found
            ? found.View(clock.GetUtcNow()).ToView(view => view.Version)
            : Missing(name);

    private static async Task<IResult> At(
        string name,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? at = null,
        DateTimeOffset? knownAt = null
    )
    {
        var id = Schedule.IdOf(name);
        // What was recorded by then is what was known: the store's own time of an event, not what it says of itself.
        var known = knownAt is { } then
            ? await session.Events.AggregateStreamAsync<Schedule>(id, timestamp: then.ToUniversalTime(), token: stop)
            : await session.LoadAsync<Schedule>(id, stop);
        if (known is null && knownAt is not null && await session.LoadAsync<Schedule>(id, stop) is { } later)
            return Answers.Problem(
                404,
                "not-found",
                $"Nothing was known of '{name}' then: it was first set at {later.Versions[0].At:u}. Ask for a later 'knownAt', or leave it out."
            );
        return known is null ? Missing(name) : TypedResults.Ok(Of(known, at ?? clock.GetUtcNow(), knownAt));
    }

    private static async Task<IResult> Preview(
        string name,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null
    )
    {
        var begin = (from ?? clock.GetUtcNow()).ToUniversalTime();
        var end = (to ?? begin.AddDays(14)).ToUniversalTime();
        if (end <= begin || end - begin > Longest)
            return Answers.Problem(
                400,
                "malformed",
                $"'to' lies after 'from', at most {Longest.Days} days. Give a shorter stretch."
            );
        return await session.LoadAsync<Schedule>(Schedule.IdOf(name), stop) is { } found
            ? TypedResults.Ok(Of(found, begin, end))
            : Missing(name);
    }

    /// <summary>404, for a schedule that people may have named wrongly.</summary>
    public static IResult Missing(string name) =>
        Answers.Problem(404, "not-found", $"There is no schedule '{name}'. GET /v1/schedules lists them.");

    private static OnCallView Of(Schedule schedule, DateTimeOffset at, DateTimeOffset? knownAt)
    {
        var moment = at.ToUniversalTime();
        var shifts = Rostering.Shifts(schedule, moment, moment + Ahead);
        var next = shifts.Count > 1 ? shifts[1] : null;
        return new OnCallView(
            schedule.Name,
            moment,
            knownAt,
            shifts[0].Person,
            shifts[0].Because,
            next?.From,
            next?.Person,
            [.. Rostering.Shadows(schedule, moment, moment.AddTicks(1)).Select(one => one.Claim!.Person).Distinct()]
        );
    }

    private static SchedulePreview Of(Schedule schedule, DateTimeOffset from, DateTimeOffset to)
    {
        var shifts = Rostering.Shifts(schedule, from, to);
        var hours = shifts
            .Where(shift => shift.Person is not null)
            .GroupBy(shift => shift.Person!, shift => (shift.To - shift.From).Ticks)
            .OrderBy(one => one.Key, StringComparer.Ordinal)
            .ToDictionary(one => one.Key, one => decimal.Round(one.Sum() / (decimal)TimeSpan.TicksPerHour, 2));
        return new SchedulePreview(
            schedule.Name,
            schedule.Versions[^1].TimeZone,
            shifts,
            [.. shifts.Where(shift => shift.Person is null)],
            hours,
            [.. Rostering.Shadows(schedule, from, to).Select(one => one.Shift)]
        );
    }
}
