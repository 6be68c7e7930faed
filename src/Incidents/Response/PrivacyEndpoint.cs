using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Marten;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Response;

/// <summary>Who may know of an incident, and who has read of it.</summary>
public static class PrivacyEndpoint
{
    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/incidents/{id}/people", People)
            .WithTags("Privacy")
            .WithSummary("Who sees an incident while it is private, beside administrators, and why")
            .Produces<Page<IncidentPersonView>>();
        read.MapGet("/incidents/{id}/reads", Reads)
            .WithTags("Privacy")
            .WithSummary("Who has read of an incident while it was private, newest first")
            .Produces<Page<IncidentRead>>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/incidents/{id:guid}/privacy", Set)
            .WithTags("Privacy")
            .WithSummary("Makes an incident private or public; whoever does it sees it")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapPost("/incidents/{id:guid}/people", Change)
            .WithTags("Privacy")
            .WithSummary("Lets people see an incident while it is private, or no longer")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Set(
        Guid id,
        SetPrivacy command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Confiding.Set(i, command, by, now), stop)
        ).ToResult();
    }

    private static async Task<IResult> Change(
        Guid id,
        ChangePeople command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Confiding.Check(command).ToList() is { Count: > 0 } wrong)
            return Refusals.Malformed("The people cannot be changed so; nothing was. See errors.", wrong);
        var now = clock.GetUtcNow();
        return (
            await streams.Decide<Incident>(id, version, by, i => Confiding.Change(i, command, by, now), stop)
        ).ToResult();
    }

    private static async Task<IResult> People(string id, IQuerySession session, CancellationToken stop)
    {
        var incident = (await IncidentBoardEndpoint.Find(session, id, stop))!;
        var ids = Seeing.With(incident).ToArray();
        var parts = await session.Query<IncidentPerson>().Where(one => one.Incident.IsOneOf(ids)).ToListAsync(stop);
        return TypedResults.Ok(
            new Page<IncidentPersonView>(
                [
                    .. parts
                        .OrderBy(one => one.Since)
                        .DistinctBy(one => one.Person)
                        .OrderBy(one => one.Person, StringComparer.Ordinal)
                        .Select(one => one.View()),
                ],
                null
            )
        );
    }

    private static async Task<IResult> Reads(
        string id,
        IQuerySession session,
        NpgsqlDataSource database,
        CancellationToken stop,
        string? after = null,
        [Range(1, 500)] int limit = 100
    )
    {
        var before = long.MaxValue;
        if (after is not null && !long.TryParse(after, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Answers.Problem(
                400,
                "malformed",
                $"'after={after}' is not understood. Give the 'next' of the page before."
            );
        var incident = (await IncidentBoardEndpoint.Find(session, id, stop))!;
        var found = await IncidentReadsSchema.Of(database, incident.Id, before, limit + 1, stop);
        var next = found.Count > limit ? found[limit - 1].Place.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new Page<IncidentRead>([.. found.Take(limit).Select(one => one.Read)], next));
    }
}
