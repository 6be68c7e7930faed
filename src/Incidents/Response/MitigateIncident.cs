using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Mitigating
{
    public static Decision Decide(Incident incident, MitigateIncident command, Actor by, DateTimeOffset now) =>
        incident.Status switch
        {
            _ when Standing.Against(incident, "mitigated") is { } refusal => refusal,
            // What hurt again is mitigated again.
            IncidentStatus.Mitigated when incident.HurtsAgainAt is null => [],
            _ =>
            [
                .. Standing.Accepting(incident, by, now),
                new IncidentMitigated(incident.Service, command.Summary, by.Name, now),
            ],
        };
}

public static class MitigateIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/mitigate", Handle)
            .WithTags("Incidents")
            .WithSummary("Say that users no longer suffer")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        Guid id,
        MitigateIncident command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Mitigating.Decide(i, command, by, now), stop)
        ).ToResult();
    }
}
