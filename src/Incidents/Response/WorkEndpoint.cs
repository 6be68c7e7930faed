using Marten;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Tasks of an incident, and what stakeholders are told.</summary>
public static class WorkEndpoint
{
    public static void Write(IEndpointRouteBuilder write)
    {
        Post(write, "tasks", Add, "Add something that is to be done; when its time passes, the timeline says so");
        Post(write, "tasks/{number:int}/change", Change, "Say anew who does a task and until when");
        Post(write, "tasks/{number:int}/done", Finish, "Say that a task is done");
        Post(write, "updates", Tell, "Tell stakeholders how it stands, and promise the next word");
    }

    private static void Post(IEndpointRouteBuilder write, string what, Delegate handle, string summary) =>
        write
            .MapPost($"/incidents/{{id:guid}}/{what}", handle)
            .WithTags("Response")
            .WithSummary(summary)
            .Produces(StatusCodes.Status204NoContent);

    private static async Task<IResult> Add(
        Guid id,
        NewStream request,
        AddTask command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Tasking.Check(command.Link).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("This is no task; nothing was added. See errors.", wrong);
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Tasking.Add(i, request.Id, command, by, now), stop)
        ).ToResult();
    }

    private static async Task<IResult> Change(
        Guid id,
        int number,
        ChangeTask command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Tasking.Check(command.Link).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("The task cannot be changed so; nothing was. See errors.", wrong);
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Tasking.Change(i, number, command, by, now), stop)
        ).ToResult();
    }

    private static async Task<IResult> Finish(
        Guid id,
        int number,
        FinishTask command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Tasking.Finish(i, number, command, by, now), stop)
        ).ToResult();
    }

    private static async Task<IResult> Tell(
        Guid id,
        NewStream request,
        PostUpdate command,
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
            i => Posting.Decide(i, request.Id, command, promises, by, now),
            stop
        );
        return outcome.ToResult();
    }
}
