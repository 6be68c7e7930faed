using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents.FollowUps;

public static class FollowUpsEndpoint
{
    private const int Most = 500;

    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/follow-ups", List)
            .WithTags("Follow-ups")
            .WithSummary("What is still to be done, soonest due first; state=all lists what is done as well")
            .Produces<Page<FollowUpView>>();
        read.MapGet("/follow-ups/{id:guid}", Show)
            .WithTags("Follow-ups")
            .WithSummary("One follow-up")
            .Produces<FollowUpView>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/follow-ups/{id:guid}/link", Link)
            .WithTags("Follow-ups")
            .WithSummary("Says where else a follow-up is kept")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/follow-ups/{id:guid}/complete", Complete)
            .WithTags("Follow-ups")
            .WithSummary("Says that a follow-up is done, and what came of it")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Link(
        Guid id,
        LinkFollowUp command,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IQuerySession session,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Response.Tasking.Check(command.Link).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("This is no link. See errors.", wrong);
        if (await Find(id, sight, session, stop) is null)
            return Answers.Missing();
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<FollowUp>(
            id,
            version,
            by,
            one => FollowingUp.Link(one, command.Link, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }

    private static async Task<IResult> List(
        Sight sight,
        IQuerySession session,
        CancellationToken stop,
        string state = "open",
        string? owner = null,
        string? after = null,
        [Range(1, Most)] int limit = 100
    )
    {
        if (state is not ("open" or "all"))
            return Answers.Problem(400, "filter-unknown", $"'{state}' is no state. Give open or all.");
        var hidden = sight.Hidden;
        var query = session.Query<FollowUp>().Where(one => !one.Opened.SourceId.IsOneOf(hidden));
        if (state == "open")
            query = query.Where(one => one.IsOpen);
        if (owner is not null)
            query = query.Where(one => one.Owner == owner);
        var found = await query.ToListAsync(stop);
        if (KeyCursor.Cut(found.Select(one => one.View()), Place, after, limit) is not { } page)
            return Refusals.UnknownPlace(after);
        await sight.Read(page.Items.Select(one => one.SourceId), "follow-ups", stop);
        return TypedResults.Ok(page);
    }

    // What is to be done before what is done, soonest due first, then the newest.
    private static string Place(FollowUpView one) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{(one.DoneAt is null ? 0 : 1)} {one.DueOn ?? DateOnly.MaxValue:yyyy-MM-dd} {long.MaxValue - one.OpenedAt.UtcTicks:x16} {one.Id}"
        );

    private static async Task<IResult> Show(Guid id, Sight sight, IQuerySession session, CancellationToken stop)
    {
        if (await Find(id, sight, session, stop) is not { } found)
            return Answers.Missing();
        await sight.Read([found.Opened.SourceId], "follow-up", stop);
        return found.View().ToView(view => view.Version);
    }

    private static async Task<FollowUp?> Find(Guid id, Sight sight, IQuerySession session, CancellationToken stop) =>
        await session.LoadAsync<FollowUp>(id, stop) is { } found && sight.Sees(found.Opened.SourceId) ? found : null;

    private static async Task<IResult> Complete(
        Guid id,
        CompleteFollowUp command,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IQuerySession session,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await Find(id, sight, session, stop) is null)
            return Answers.Missing();
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<FollowUp>(
            id,
            version,
            by,
            one => FollowingUp.Complete(one, command.Outcome, by.Name, now),
            stop
        );
        return outcome.ToResult();
    }
}
