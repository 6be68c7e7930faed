using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Acknowledging
{
    /// <param name="incident">The incident.</param>
    /// <param name="by">Who takes it.</param>
    /// <param name="now">The moment.</param>
    /// <param name="pagedAnewAt">
    /// Since when people are paged although somebody has it; null when nobody is. Whoever answers them says that they are there.
    /// </param>
    public static Decision Decide(
        Incident incident,
        Actor by,
        DateTimeOffset now,
        DateTimeOffset? pagedAnewAt = null
    ) =>
        incident switch
        {
            _ when Standing.Against(incident, "acknowledged") is { } refusal => refusal,
            // Whoever has it already has said so, unless somebody waits to hear it again.
            { HasLead: true }
                when incident.Takers.Contains(by.Name)
                    && (pagedAnewAt is null || incident.Responders.Max(one => (DateTimeOffset?)one.To) > pagedAnewAt) =>
                [],
            _ => [new IncidentAcknowledged(incident.Service, by.Name, now, Joined(incident, by))],
        };

    private static string? Joined(Incident incident, Actor by) =>
        incident.HasLead && incident.Crew.Holder(IncidentRole.Commander) is { } lead && lead.Person != by.Name
            ? lead.Person
            : null;
}

public static class AcknowledgeIncidentEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/acknowledge", Handle)
            .WithTags("Incidents")
            .WithSummary("Take an incident: who does it first leads it, who comes later joins")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
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
        var paging = await session.Events.AggregateStreamAsync<Escalation>(Escalation.IdOf(id), token: stop);
        var anew = paging is { Status: EscalationStatus.Running } ? paging.ResumedAt : null;
        var outcome = await streams.Decide<Incident>(
            id,
            version,
            by,
            i => Acknowledging.Decide(i, by, now, anew),
            stop
        );
        return outcome.ToResult();
    }
}
