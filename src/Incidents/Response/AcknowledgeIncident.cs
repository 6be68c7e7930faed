using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Acknowledging
{
    public static Decision Decide(Incident incident, Actor by, DateTimeOffset now) =>
        incident switch
        {
            _ when Standing.Against(incident, "acknowledged") is { } refusal => refusal,
            { HasLead: true } => [],
            _ => [new IncidentAcknowledged(incident.Service, by.Name, now)],
        };
}

public static class AcknowledgeIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/acknowledge", Handle)
            .WithTags("Incidents")
            .WithSummary("Take an incident: who does it first leads it")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Incident>(id, version, by, i => Acknowledging.Decide(i, by, now), stop);
        return outcome.ToResult();
    }
}
