using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Who does what in an incident, and handing it over.</summary>
public static class RolesEndpoint
{
    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/{id}/response", Show)
            .WithTags("Response")
            .WithSummary("How an incident is worked on: roles, hand-overs, tasks, and what stakeholders were told")
            .Produces<IncidentResponse>();

    public static void Write(IEndpointRouteBuilder write)
    {
        Post(write, "roles", Assign, "Give somebody a role that is free");
        Post(write, "roles/release", Release, "Take a role from somebody, or lay down one's own");
        Post(
            write,
            "handovers",
            Offer,
            "Offer a role to somebody, who has to confirm it; until then who has it keeps it"
        );
        Post(write, "handovers/{handover:guid}/confirm", Confirm, "Take a role that was offered to you");
        Post(write, "handovers/{handover:guid}/decline", Decline, "Say no to a role that was offered to you");
        Post(write, "handovers/{handover:guid}/withdraw", Withdraw, "Take back an offer");
    }

    private static void Post(IEndpointRouteBuilder write, string what, Delegate handle, string summary) =>
        write
            .MapPost($"/incidents/{{id:guid}}/{what}", handle)
            .WithTags("Response")
            .WithSummary(summary)
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Show(string id, IQuerySession session, CancellationToken stop)
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } view)
            return IncidentBoardEndpoint.Unknown(id);
        var incident = (await session.Events.AggregateStreamAsync<Incident>(view.Id, token: stop))!;
        return View(incident).ToView(one => one.Version);
    }

    private static IncidentResponse View(Incident incident) =>
        new(
            incident.Id,
            incident.Number,
            incident.Version,
            incident.Crew.Roles,
            incident.Crew.Handovers,
            incident.Tasks,
            [.. incident.Updates.Told.Select(one => one with { Html = SafeMarkdown.Html(one.Text) })],
            incident.Updates.DueAt
        );

    private static Task<IResult> Assign(
        Guid id,
        StaffRole command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(streams, id, version, by, i => Staffing.Assign(i, command, by, now), stop);
    }

    private static Task<IResult> Release(
        Guid id,
        StaffRole command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(streams, id, version, by, i => Staffing.Release(i, command, by, now), stop);
    }

    private static Task<IResult> Offer(
        Guid id,
        NewStream request,
        OfferHandover command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(streams, id, version, by, i => Staffing.Offer(i, request.Id, command, by, now), stop);
    }

    private static Task<IResult> Confirm(
        Guid id,
        Guid handover,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(streams, id, version, by, i => Staffing.Confirm(i, handover, by, now), stop);
    }

    private static Task<IResult> Decline(
        Guid id,
        Guid handover,
        DeclineHandover command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(streams, id, version, by, i => Staffing.Decline(i, handover, command, by, now), stop);
    }

    private static Task<IResult> Withdraw(
        Guid id,
        Guid handover,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(streams, id, version, by, i => Staffing.Withdraw(i, handover, by, now), stop);
    }

    private static async Task<IResult> Decide(
        Streams streams,
        Guid id,
        ExpectedVersion version,
        Actor by,
        Func<Incident, Decision> decide,
        CancellationToken stop
    ) => (await streams.Decide(id, version, by, decide, stop)).ToResult();
}
