using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Response;

public static class Noting
{
    // Also of one that is over: what is learnt afterwards belongs to its story. Two equal notes are two notes.
    public static Decision Decide(Incident incident, AddNote command, Actor by, DateTimeOffset now)
    {
        var occurredAt = command.OccurredAt?.ToUniversalTime() ?? now;
        return Standing.Merged(incident, "noted on") is { } refusal ? refusal
            : Moment.IsAhead(occurredAt, now) ? Moment.Refusal("occurredAt")
            : [new NoteAdded(incident.Service, command.Text, occurredAt, by.Name, now)];
    }
}

public static class AddNoteEndpoint
{
    public static void Map(IEndpointRouteBuilder write) =>
        write
            .MapPost("/incidents/{id:guid}/notes", Handle)
            .WithTags("Incidents")
            .WithSummary("Write something into the timeline, also of a moment that has passed")
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Handle(
        Guid id,
        AddNote command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var seal = await vault.NewSeal(by, stop);
        return (
            await streams.Decide<Incident>(id, version, by, i => Noting.Decide(i, command, by, now).With(seal), stop)
        ).ToResult();
    }
}
