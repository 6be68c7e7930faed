using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>What becomes of an incident that is over: it goes on, or nothing more is to be done.</summary>
public static class Reopening
{
    public static Decision Decide(
        Incident incident,
        ReopenIncident command,
        Actor by,
        DateTimeOffset now,
        Promises? promises = null
    ) =>
        incident.Status switch
        {
            IncidentStatus.Resolved or IncidentStatus.Closed =>
            [
                new IncidentReopened(
                    incident.Number,
                    incident.Service,
                    incident.Severity,
                    incident.Title,
                    command.Reason,
                    by.Name,
                    now,
                    incident.Drill,
                    promises?.From(incident.Severity, now)
                ),
            ],
            IncidentStatus.Declined or IncidentStatus.Merged => Standing.Against(incident, "reopened")!,
            _ => NotOver("reopened", "It goes on already; add a note."),
        };

    public static Decision Close(Incident incident, Actor by, DateTimeOffset now) =>
        incident.Status switch
        {
            IncidentStatus.Resolved => [new IncidentClosed(incident.Service, by.Name, now)],
            IncidentStatus.Closed => [],
            IncidentStatus.Declined or IncidentStatus.Merged => Standing.Against(incident, "closed")!,
            _ => NotOver("closed", "Resolve it first: say what was wrong and what ended it."),
        };

    private static Refusal NotOver(string changed, string instead) =>
        new Refusal("incident-not-resolved", $"An incident that is not resolved cannot be {changed}. {instead}");
}

public static class ReopenIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/incidents/{id:guid}/reopen", Reopen)
            .WithTags("Incidents")
            .WithSummary("Say that an incident that was over goes on")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/incidents/{id:guid}/close", Close)
            .WithTags("Incidents")
            .WithSummary("Say that nothing more is to be done about a resolved incident")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Reopen(
        Guid id,
        ReopenIncident command,
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
            await streams.Decide<Incident>(id, version, by, i => Reopening.Decide(i, command, by, now, promises), stop)
        ).ToResult();
    }

    private static async Task<IResult> Close(
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (await streams.Decide<Incident>(id, version, by, i => Reopening.Close(i, by, now), stop)).ToResult();
    }
}
