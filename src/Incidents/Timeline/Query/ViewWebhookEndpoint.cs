using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Kernel;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Where what a kept query finds is posted to. Addresses and secrets go in and never come out.</summary>
public static class ViewWebhookEndpoint
{
    public const string Address = "/timeline/views/{name}/webhook";

    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet(Address, Show)
            .WithTags("Timeline")
            .WithSummary("Where what a kept query finds is posted to, and how that goes")
            .Produces<ViewWebhookState>();

    public static void Write(IEndpointRouteBuilder write)
    {
        write
            .MapPut(Address, Set)
            .WithTags("Timeline")
            .WithSummary("Posts what a kept query finds from now on; one that was switched off goes on where it stood")
            .Produces(StatusCodes.Status204NoContent);
        write
            .MapDelete(Address, Remove)
            .WithTags("Timeline")
            .WithSummary("Posts no more of what a kept query finds")
            .Produces(StatusCodes.Status204NoContent);
    }

    private static async Task<IResult> Show(
        string name,
        IQuerySession session,
        NpgsqlDataSource database,
        CancellationToken stop
    )
    {
        if (await SavedViewsEndpoint.Find(session, name, stop) is not { } view)
            return SavedViewsEndpoint.Unknown(name);
        if (view.Webhook is not { } webhook)
            return None(name);
        var delivery = await ViewDeliveriesSchema.Find(database, view.Id, stop);
        return new ViewWebhookState(
            name,
            view.Version,
            webhook.Hint,
            webhook.Batch,
            webhook.By,
            webhook.At,
            view.Off,
            delivery?.Delivered ?? 0,
            delivery?.DeliveredAt,
            delivery?.FailingSince,
            delivery?.Attempt ?? 0,
            view.Off is null && delivery is { FailingSince: not null } ? delivery.DueAt : null,
            delivery?.Said
        ).ToView(one => one.Version);
    }

    private static async Task<IResult> Set(
        string name,
        SetViewWebhook command,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        IQuerySession session,
        WebhookSender sender,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (await SavedViewsEndpoint.Find(session, name, stop) is not { } view)
            return SavedViewsEndpoint.Unknown(name);
        var had = view.Webhook is null ? null : await session.LoadAsync<ViewWebhook>(name, stop);
        var wrong = Keeping.Check(command, had, sender.Reachable.Refuses).ToList();
        if (wrong.Count > 0)
            return Refusals.Malformed(
                $"The webhook cannot be set so; nothing was changed. {wrong[0].Field}: {wrong[0].Message}",
                wrong
            );
        var now = clock.GetUtcNow();
        var webhook = new ViewWebhook(name, command.Address ?? had!.Address, command.Secret ?? had!.Secret);
        var set = new ViewWebhookSet(name, new Uri(webhook.Address).Host, command.Batch, by.Name, now);
        var outcome = await streams.Decide<SavedView>(
            view.Id,
            version,
            by,
            one => Keeping.Post(one, set),
            stop,
            with: session =>
            {
                session.Store(webhook);
                ViewDeliveriesSchema.Begin(session, view.Id, now);
            }
        );
        return outcome.ToResult();
    }

    private static async Task<IResult> Remove(
        string name,
        ExpectedVersion version,
        Actor by,
        Streams streams,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var (id, now) = (SavedView.IdOf(name), clock.GetUtcNow());
        var outcome = await streams.Decide<SavedView>(
            id,
            version,
            by,
            one => Keeping.PostNoMore(one, by, now),
            stop,
            with: session => Forget(session, id, name)
        );
        return outcome is Outcome.Missing ? SavedViewsEndpoint.Unknown(name) : outcome.ToResult();
    }

    /// <summary>The address, its secret and how far it has got.</summary>
    public static void Forget(IDocumentOperations session, Guid view, string name)
    {
        session.Delete<ViewWebhook>(name);
        ViewDeliveriesSchema.End(session, view);
    }

    /// <summary>404, for a view of which nothing is posted.</summary>
    public static IResult None(string name) =>
        Answers.Problem(
            404,
            "not-found",
            $"What the view '{name}' finds is posted nowhere. PUT /v1/timeline/views/{name}/webhook says where to."
        );
}
