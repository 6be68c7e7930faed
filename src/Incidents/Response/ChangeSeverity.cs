using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class ChangingSeverity
{
    public static Decision Decide(
        Incident incident,
        ChangeSeverity command,
        Actor by,
        DateTimeOffset now,
        Promises? promises = null
    ) =>
        incident switch
        {
            _ when Standing.Against(incident, "made better or worse") is { } refusal => refusal,
            _ when incident.Severity == command.Severity => [],
            _ =>
            [
                new IncidentSeverityChanged(
                    incident.Service,
                    command.Severity,
                    command.Reason,
                    by.Name,
                    now,
                    incident.Drill,
                    incident.Status == IncidentStatus.Triage ? null : promises?.Sooner(incident, command.Severity, now)
                ),
            ],
        };
}

public static class ChangeSeverityEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/severity", Handle)
            .WithTags("Incidents")
            .WithSummary("Say that an incident is better or worse than thought")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        Guid id,
        ChangeSeverity command,
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
        var outcome = await streams.Decide<Incident>(
            id,
            version,
            by,
            i => ChangingSeverity.Decide(i, command, by, now, promises),
            stop
        );
        return outcome.ToResult();
    }
}
