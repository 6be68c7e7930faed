using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Learning;

/// <summary>Postmortems as they are written, reviewed and published.</summary>
public static class WritePostmortemEndpoint
{
    public static void Map(IEndpointRouteBuilder write)
    {
        const string At = "/incidents/{id}/postmortem";
        Door(write.MapPost(At, Start), "Begins the postmortem of an incident; a second time changes nothing");
        Door(
            write.MapPut($"{At}/sections/{{section}}", Write),
            "Writes a section, as a whole; 'version' refuses to overwrite what somebody else has written meanwhile"
        );
        Door(write.MapPost($"{At}/submit", Submit), "Asks for a review");
        Door(write.MapPost($"{At}/send-back", SendBack), "Gives it back to those who write it");
        Door(write.MapPost($"{At}/review", Review), "Finds it right; not for those who wrote it");
        Door(write.MapPost($"{At}/publish", Publish), "Publishes it: from now on it does not change");
        write
            .MapPost($"{At}/action-items", Open)
            .WithTags("Postmortems")
            .WithSummary("Asks for something to be done: a follow-up that lives on until it is")
            .Produces<FollowUpView>(StatusCodes.Status201Created);
    }

    private static void Door(RouteHandlerBuilder route, string summary) =>
        route.WithTags("Postmortems").WithSummary(summary).Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Start(
        string id,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var stream = Postmortem.IdOf(incident.Id);
        var decision = WritingPostmortem.Start(incident, by, clock.GetUtcNow());
        var outcome = await streams.Start<Postmortem>(NewStream.Of(stream), by, decision, stop);
        return outcome.ToResult();
    }

    private static async Task<IResult> Write(
        string id,
        string section,
        WriteSection command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (PostmortemSections.Find(section) is not { } wanted)
            return PostmortemEndpoint.Unknown(section);
        var now = clock.GetUtcNow();
        return await Decide(
            id,
            version,
            by,
            streams,
            session,
            (one, _) => WritingPostmortem.Write(one, wanted, command, by, now),
            stop
        );
    }

    private static async Task<IResult> Submit(
        string id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return await Decide(
            id,
            version,
            by,
            streams,
            session,
            (one, incident) => WritingPostmortem.Submit(one, incident.ResolvedAt is not null, by, now),
            stop
        );
    }

    private static async Task<IResult> SendBack(
        string id,
        SendBackPostmortem command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return await Decide(
            id,
            version,
            by,
            streams,
            session,
            (one, _) => WritingPostmortem.SendBack(one, command.Reason, by, now),
            stop
        );
    }

    private static async Task<IResult> Review(
        string id,
        ReviewPostmortem command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return await Decide(
            id,
            version,
            by,
            streams,
            session,
            (one, _) => WritingPostmortem.Review(one, command.Comment, by, now),
            stop
        );
    }

    private static async Task<IResult> Publish(
        string id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return await Decide(
            id,
            version,
            by,
            streams,
            session,
            (one, _) => WritingPostmortem.Publish(one, by, now),
            stop,
            // One of the eleven moments of the incident, kept with the others.
            (incident, within) => within.Events.Append(incident.Id, WritingPostmortem.Moment(incident, by, now))
        );
    }

    private static async Task<IResult> Open(
        string id,
        NewStream stream,
        OpenActionItem command,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        if (await session.LoadAsync<Postmortem>(Postmortem.IdOf(incident.Id), stop) is null)
            return PostmortemEndpoint.Missing(incident);
        var decision = FollowingUp.Decide(incident, command, by.Name, clock.GetUtcNow());
        var outcome = await streams.Start<FollowUp>(stream, by, decision, stop);
        return await outcome.ToCreated(
            made => $"/v1/follow-ups/{made}",
            async made => (await session.LoadAsync<FollowUp>(made, stop))!.View()
        );
    }

    private static async Task<IResult> Decide(
        string id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        Func<Postmortem, IncidentView, Decision> rule,
        CancellationToken stop,
        Action<IncidentView, IDocumentSession>? with = null
    )
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } incident)
            return IncidentBoardEndpoint.Unknown(id);
        var outcome = await streams.Decide<Postmortem>(
            Postmortem.IdOf(incident.Id),
            version,
            by,
            one => rule(one, incident),
            stop,
            with: within => with?.Invoke(incident, within)
        );
        return outcome is Outcome.Missing ? PostmortemEndpoint.Missing(incident) : outcome.ToResult();
    }
}
