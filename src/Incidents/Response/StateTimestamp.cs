using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Stating
{
    // Also of one that is over: most of it is found out afterwards.
    public static Decision Decide(Incident incident, StateTimestamp command, Actor by, DateTimeOffset now)
    {
        var occurredAt = command.OccurredAt?.ToUniversalTime();
        if (Standing.Merged(incident, "dated") is { } refusal)
            return refusal;
        if (occurredAt is { } moment && Moment.IsAhead(moment, now))
            return Moment.Refusal("occurredAt");
        return incident.Stated.FirstOrDefault(one => one.Moment == command.Moment)?.OccurredAt == occurredAt
            ? []
            : [new TimestampStated(incident.Service, command.Moment, occurredAt, command.Reason, by.Name, now)];
    }
}

public static class TimestampsEndpoint
{
    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/incidents/{id}/timestamps", Show)
            .WithTags("Incidents")
            .WithSummary("The eleven moments of an incident with both clocks, and what is measured between them")
            .Produces<IncidentTimestamps>();

    public static void Write(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/timestamps", State)
            .WithTags("Incidents")
            .WithSummary("Say when something happened, or correct what was said; the earlier word is kept")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Show(string id, IQuerySession session, CancellationToken stop)
    {
        if (await IncidentBoardEndpoint.Find(session, id, stop) is not { } view)
            return IncidentBoardEndpoint.Unknown(id);
        var timestamps = Timestamps.Of(await session.Events.FetchStreamAsync(view.Id, token: stop));
        var all = new IncidentTimestamps(
            view.Id,
            view.Number,
            view.Version,
            view.Drill,
            timestamps,
            Measures.Of(timestamps),
            view.Reopened ?? []
        );
        return all.ToView(one => one.Version);
    }

    private static async Task<IResult> State(
        Guid id,
        StateTimestamp command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Stating.Decide(i, command, by, now), stop)
        ).ToResult();
    }
}
