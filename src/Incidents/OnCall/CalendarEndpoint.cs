using System.Security.Cryptography;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>Calendars for programs that can send no token: whoever has the link reads it, until it is revoked.</summary>
public static class CalendarEndpoint
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private const int Length = 43;

    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/calendar-links", List)
            .WithTags("On call")
            .WithSummary("The calendar links that work, newest first; their secrets are not shown again")
            .Produces<Page<CalendarLinkView>>();

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/calendar-links", Create)
            .WithTags("On call")
            .WithSummary("Makes a secret link to the calendar of a schedule or a person, told once")
            .Produces<NewCalendarLink>(StatusCodes.Status201Created);
        write
            .MapDelete("/calendar-links/{id:guid}", Revoke)
            .WithTags("On call")
            .WithSummary("Revokes a calendar link")
            .Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>Calendar programs have no token of ours: the secret in the address takes its place.</summary>
    public static void Open(IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/calendars/{secret}.ics", Show)
            .AllowAnonymous()
            .WithTags("On call")
            .WithSummary("A calendar, under its secret link")
            .Produces<string>(contentType: "text/calendar");

    private static async Task<IResult> List(IQuerySession session, CancellationToken stop)
    {
        var found = await session.Query<CalendarLink>().Where(link => !link.IsRevoked).ToListAsync(stop);
        return TypedResults.Ok(
            new Page<CalendarLinkView>(
                [.. found.Select(link => link.View()).OrderByDescending(link => link.CreatedAt)],
                null
            )
        );
    }

    private static async Task<IResult> Create(
        CreateCalendarLink wish,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (CalendarLink.Check(wish) is var (field, message))
            return Refusals.Malformed(message, [(field, message)]);
        if (wish.Schedule is { } name && await session.LoadAsync<Schedule>(Schedule.IdOf(name), stop) is null)
            return OnCallEndpoint.Missing(name);
        var secret = RandomNumberGenerator.GetString(Letters, Length);
        var created = new CalendarLinkCreated(wish.Schedule, wish.Person, by.Name, clock.GetUtcNow());
        var outcome = await streams.Start<CalendarLink>(NewStream.Of(CalendarLink.IdOf(secret)), by, [created], stop);
        var path = $"/v1/calendars/{secret}.ics";
        return await outcome.ToCreated(
            _ => path,
            id => Task.FromResult(new NewCalendarLink(id, created.Schedule, created.Person, path, created.At))
        );
    }

    private static async Task<IResult> Revoke(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<CalendarLink>(id, version, by, link => CalendarLink.Revoke(link, by, now), stop)
        ).ToResult();
    }

    private static async Task<IResult> Show(
        string secret,
        HttpContext http,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await session.LoadAsync<CalendarLink>(CalendarLink.IdOf(secret), stop) is not { IsRevoked: false } link)
            return Answers.Missing();
        var now = clock.GetUtcNow();
        var calendar = link.Created.Person is { } person
            ? Calendar.OfPerson(
                person,
                await session.Query<Schedule>().OrderBy(schedule => schedule.Name).ToListAsync(stop),
                now
            )
            : Calendar.OfSchedule(
                (await session.LoadAsync<Schedule>(Schedule.IdOf(link.Created.Schedule!), stop))!,
                now
            );
        http.Response.Headers.CacheControl = "private, max-age=300";
        return TypedResults.Text(calendar, "text/calendar; charset=utf-8");
    }
}
