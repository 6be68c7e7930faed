using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>What becomes of something that was only looked at.</summary>
public static class Triaging
{
    public static Decision Accept(Incident incident, Actor by, DateTimeOffset now, Promises? promises = null) =>
        Standing.Against(incident, "accepted") is { } refusal
            ? refusal
            : [.. Standing.Accepting(incident, by, now, promises)];

    public static Decision Decline(Incident incident, DeclineIncident command, Actor by, DateTimeOffset now) =>
        incident.Status switch
        {
            IncidentStatus.Triage => [new IncidentDeclined(incident.Service, command.Reason, by.Name, now)],
            IncidentStatus.Declined => [],
            _ => Standing.Against(incident, "declined")
                ?? new Refusal(
                    "incident-accepted",
                    "An incident that was accepted cannot be declined. Resolve it, or merge it into another one."
                ),
        };
}

public static class TriageIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/incidents/{id:guid}/accept", Accept)
            .WithTags("Incidents")
            .WithSummary("Say that what was looked at is an incident")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/incidents/{id:guid}/decline", Decline)
            .WithTags("Incidents")
            .WithSummary("Say that what was looked at is none, and why")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Accept(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var promises = await SeveritiesEndpoint.Promises(session, stop);
        return (
            await streams.Decide<Incident>(id, version, by, i => Triaging.Accept(i, by, now, promises), stop)
        ).ToResult();
    }

    private static async Task<IResult> Decline(
        Guid id,
        DeclineIncident command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Triaging.Decline(i, command, by, now), stop)
        ).ToResult();
    }
}
