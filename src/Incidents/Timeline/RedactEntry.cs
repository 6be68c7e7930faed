using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Kernel;

namespace Steady.Incidents.Timeline;

/// <summary>Destroys keys, so that what people wrote can never be read again while the log stays as it is.</summary>
public static class RedactEntryEndpoint
{
    public static void Map(IEndpointRouteBuilder admin)
    {
        admin
            .MapPost("/entries/{id:guid}/redactions", One)
            .WithTags("Timeline")
            .WithSummary("Destroy the words of an entry, in all its versions, for good")
            .Produces(StatusCodes.Status204NoContent);
        admin
            .MapPost("/people/{person}/redactions", Person)
            .WithTags("Timeline")
            .WithSummary("Destroy the words of everything that a person wrote, for good")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> One(
        Guid id,
        RedactEntry command,
        ExpectedVersion version,
        Actor by,
        Sight sight,
        IDocumentStore store,
        Streams streams,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var answer = await CorrectEntryEndpoint.Correct(
            id,
            version,
            by,
            sight,
            store,
            streams,
            vault,
            entry => Correcting.Redact(entry, command, by, now),
            stop
        );
        await using var session = store.QuerySession();
        var said = await EntriesSchema.Corrections(session, id, stop);
        if (said.Any(e => e.Data is EntryRedacted))
            await EntriesSchema.Destroy(session, vault, id, by.Name, stop);
        return answer;
    }

    private static async Task<IResult> Person(
        string person,
        RedactEntry command,
        NewStream stream,
        Actor by,
        Streams streams,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var said = new PersonRedacted(person, command.Reason.Trim(), by.Name, clock.GetUtcNow());
        var outcome = await streams.Start<RedactedPerson>(stream, by, [said], stop);
        await vault.Destroy(person, by.Name, stop);
        return outcome.ToResult();
    }
}
