using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>Swaps between two people, with consent.</summary>
public static class SwapEndpoint
{
    public static void Map(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/schedules/{name}/swaps", Propose)
            .WithTags("On call")
            .WithSummary("Asks somebody to swap; nothing changes until they say yes")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/schedules/{name}/swaps/{id:guid}/accept", Accept)
            .WithTags("On call")
            .WithSummary("Says yes to a swap: both take over from each other")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/schedules/{name}/swaps/{id:guid}/decline", Decline)
            .WithTags("On call")
            .WithSummary("Says no to a swap")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/schedules/{name}/swaps/{id:guid}/withdraw", Withdraw)
            .WithTags("On call")
            .WithSummary("Takes the question back")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static Task<IResult> Propose(
        string name,
        NewStream request,
        ProposeSwap command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return Decide(
            name,
            schedule => Swapping.Propose(schedule, request.Id, command, by, now),
            version,
            by,
            streams,
            session,
            now,
            stop
        );
    }

    private static Task<IResult> Accept(
        string name,
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
        return Decide(
            name,
            schedule => Swapping.Accept(schedule, id, by, now),
            version,
            by,
            streams,
            session,
            now,
            stop
        );
    }

    private static Task<IResult> Decline(
        string name,
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
        return Decide(
            name,
            schedule => Swapping.Decline(schedule, id, by, now),
            version,
            by,
            streams,
            session,
            now,
            stop
        );
    }

    private static Task<IResult> Withdraw(
        string name,
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
        return Decide(
            name,
            schedule => Swapping.Withdraw(schedule, id, by, now),
            version,
            by,
            streams,
            session,
            now,
            stop
        );
    }

    private static async Task<IResult> Decide(
        string name,
        Func<Schedule, Decision> rule,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var outcome = await TellingEndpoint.Decide(name, version, by, rule, streams, session, now, stop);
        return outcome is Outcome.Missing ? OnCallEndpoint.Missing(name) : outcome.ToResult();
    }
}
