using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Declaring
{
    public static Decision Decide(
        DeclareIncident command,
        long number,
        Actor by,
        DateTimeOffset now,
        Promises? promises = null
    )
    {
        var startedAt = command.StartedAt?.ToUniversalTime() ?? now;
        return Moment.IsAhead(startedAt, now)
            ? Moment.Refusal("startedAt")
            :
            [
                new IncidentDeclared(
                    number,
                    command.Service,
                    command.Severity,
                    command.Title,
                    AlertId: null,
                    startedAt,
                    by.Name,
                    now,
                    Triage: command.Triage,
                    Drill: command.Drill,
                    // While it is only looked at nobody was promised anything.
                    NextUpdateDueAt: command.Triage ? null : promises?.From(command.Severity, now),
                    Private: command.Private
                ),
            ];
    }
}

public static class DeclareIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents", Handle)
            .WithTags("Incidents")
            .WithSummary("Declare an incident on a service")
            .Produces<IncidentView>(StatusCodes.Status201Created);

    private static async Task<IResult> Handle(
        NewStream stream,
        DeclareIncident command,
        Actor by,
        Streams streams,
        IQuerySession session,
        NpgsqlDataSource database,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var number = await IncidentNumbersSchema.Next(database, stop);
        var promises = await SeveritiesEndpoint.Promises(session, stop);
        var decision = Declaring.Decide(command, number, by, clock.GetUtcNow(), promises);
        var outcome = await streams.Start<Incident>(stream, by, decision, stop);
        return await outcome.ToCreated(
            id => $"/v1/incidents/{id}",
            async id => (await session.LoadAsync<IncidentView>(id, stop))!
        );
    }
}
