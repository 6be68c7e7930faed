using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Resolving
{
    public static Decision Decide(Incident incident, ResolveIncident command, Actor by, DateTimeOffset now) =>
        incident.Status switch
        {
            IncidentStatus.Resolved or IncidentStatus.Closed => [],
            _ when Standing.Against(incident, "resolved") is { } refusal => refusal,
            _ =>
            [
                .. Standing.Accepting(incident, by, now),
                new IncidentResolved(
                    incident.Service,
                    incident.Title,
                    command.Resolution,
                    incident.StartedAt,
                    by.Name,
                    now,
                    incident.WorkedOnUntil(by.Name, now),
                    incident.Services.Count > 1 ? incident.Services : null,
                    incident.Round,
                    incident.Drill
                ),
            ],
        };
}

public static class ResolveIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/resolve", Handle)
            .WithTags("Incidents")
            .WithSummary("End an incident")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        Guid id,
        ResolveIncident command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Resolving.Decide(i, command, by, now), stop)
        ).ToResult();
    }
}
