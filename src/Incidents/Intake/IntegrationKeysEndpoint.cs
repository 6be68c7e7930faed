using Marten;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Intake;

/// <summary>Keys with which others send, who can get no token of ours.</summary>
public static class IntegrationKeysEndpoint
{
    private const int Hint = 4;

    public static void Read(IEndpointRouteBuilder read)
    {
        read.MapGet("/integrations/keys", All)
            .WithTags("Integrations")
            .WithSummary("The keys that live, of all integrations; never the keys themselves")
            .Produces<Page<IntegrationKeyView>>();
        read.MapGet("/integrations/{name}/keys", List)
            .WithTags("Integrations")
            .WithSummary("The keys that live, of one integration")
            .Produces<Page<IntegrationKeyView>>();
    }

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPost("/integrations/{name}/keys", Create)
            .WithTags("Integrations")
            .WithSummary("Makes a key, told once; two of a kind live at once")
            .Produces<NewIntegrationKey>(StatusCodes.Status201Created);
        write
            .MapDelete("/integrations/{name}/keys/{id:guid}", Revoke)
            .WithTags("Integrations")
            .WithSummary("Revokes a key, from now on")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> All(IQuerySession session, CancellationToken stop) =>
        Page(await session.Query<LiveKey>().ToListAsync(stop));

    private static async Task<IResult> List(string name, IQuerySession session, CancellationToken stop) =>
        Page(await session.Query<LiveKey>().Where(key => key.Integration == name).ToListAsync(stop));

    private static IResult Page(IEnumerable<LiveKey> keys) =>
        TypedResults.Ok(
            new Page<IntegrationKeyView>(
                [
                    .. keys.Select(key => key.View())
                        .OrderBy(key => key.Integration, StringComparer.Ordinal)
                        .ThenBy(key => key.Kind)
                        .ThenBy(key => key.CreatedAt),
                ],
                null
            )
        );

    private static async Task<IResult> Create(
        string name,
        NewStream request,
        CreateIntegrationKey wish,
        Actor by,
        Streams streams,
        VaultSchema vault,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (Keys.Check(name, wish) is var (field, message))
            return Refusals.Malformed(message, [(field, message)]);
        var secret = wish.Secret ?? LiveKeysSchema.Make();
        var created = new IntegrationKeyCreated(
            name,
            request.Id,
            wish.Kind,
            secret[^Hint..],
            by.Name,
            clock.GetUtcNow()
        );
        var live = new LiveKey(
            wish.Kind == IntegrationKind.Slack ? request.Id.ToString() : LiveKeysSchema.IdOf(secret),
            name,
            request.Id,
            wish.Kind,
            created.Hint,
            by.Name,
            created.At,
            null,
            wish.Secret is { } signing ? (await vault.Box(stop)).Close(signing, $"{request.Id}") : null
        );
        var outcome = await Store(name, created, live, by, streams, stop);
        if (outcome is not Outcome.Done)
            return outcome.ToResult();
        return await outcome.ToCreated(
            _ => $"/v1/integrations/{name}/keys",
            _ =>
                Task.FromResult(
                    new NewIntegrationKey(request.Id, name, wish.Kind, wish.Secret is null ? secret : null, created.At)
                )
        );
    }

    private static async Task<Outcome> Store(
        string name,
        IntegrationKeyCreated created,
        LiveKey live,
        Actor by,
        Streams streams,
        CancellationToken stop
    )
    {
        var id = Integration.IdOf(name);
        for (var race = 0; ; race++)
        {
            var outcome = await streams.Decide<Integration>(
                id,
                ExpectedVersion.Any,
                by,
                integration => Keys.Create(integration, created),
                stop,
                with: session => session.Store(live)
            );
            if (outcome is Outcome.Missing)
                outcome = await streams.Start<Integration>(
                    NewStream.Of(id),
                    by,
                    Keys.Create(null, created),
                    stop,
                    with: session => session.Store(live)
                );
            // Somebody else made its first key meanwhile.
            if (outcome is not (Outcome.Taken or Outcome.Repeated) || race > 0)
                return outcome;
        }
    }

    private static async Task<IResult> Revoke(
        string name,
        Guid id,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var outcome = await streams.Decide<Integration>(
            Integration.IdOf(name),
            version,
            by,
            integration => Keys.Revoke(integration, name, id, by, now),
            stop,
            with: session => session.DeleteWhere<LiveKey>(key => key.KeyId == id)
        );
        return outcome.ToResult();
    }
}
