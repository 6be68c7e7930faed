using Marten;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Status;

/// <summary>What is behind the links of mails: to say yes, and to end them. To look at a link changes nothing.</summary>
public static class SubscriptionLinksEndpoint
{
    /// <summary>For everybody: the link is the right.</summary>
    public static void Open(IEndpointRouteBuilder app)
    {
        var open = app.MapGroup("/status/subscriptions").AllowAnonymous().WithTags("Status");
        open.MapGet("/confirm", (string? token, HttpResponse response) => Button(response, token, "confirm"))
            .WithSummary("The page behind the link of the first mail")
            .Produces<string>(200, "text/html");
        open.MapPost("/confirm", Confirm).WithSummary("Says yes to mails").Produces<string>(200, "text/html");
        open.MapGet("/unsubscribe", (string? token, HttpResponse response) => Button(response, token, "unsubscribe"))
            .WithSummary("The page behind the link that ends mails")
            .Produces<string>(200, "text/html");
        open.MapPost("/unsubscribe", End)
            .WithSummary("Ends mails and forgets the address, with one request (RFC 8058)")
            .Produces<string>(200, "text/html");
    }

    public static void Admin(IEndpointRouteBuilder admin) =>
        admin
            .MapPost("/status/subscriptions/forget", ForgetAddress)
            .WithTags("Status")
            .WithSummary("Forgets an address; the same answer whether it was known or not")
            .Produces(StatusCodes.Status204NoContent);

    private static IResult Button(HttpResponse response, string? token, string path) =>
        (StatusLinks.IdIn(token), path) switch
        {
            (null, _) => Dead(response),
            (_, "confirm") => StatusEndpoint.Html(
                response,
                SubscriptionText.Page(
                    "Mails from the status page",
                    SubscriptionText.Wanted,
                    path,
                    token!,
                    "Yes, send them"
                )
            ),
            _ => StatusEndpoint.Html(
                response,
                SubscriptionText.Page(
                    "No more mails",
                    "Your address will be forgotten.",
                    path,
                    token!,
                    "Send no more mails"
                )
            ),
        };

    private static async Task<IResult> Confirm(
        string? token,
        HttpResponse response,
        VaultSchema vault,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var done = false;
        async Task Say()
        {
            var links = new StatusLinks(await vault.Box(stop));
            var now = clock.GetUtcNow();
            await using var session = store.LightweightSession();
            if (
                StatusLinks.IdIn(token) is not { } id
                || await session.LoadAsync<StatusWish>(id, stop) is not { } wish
                || !links.IsYes(token!, wish)
                || Subscribing.IsOver(wish, now)
            )
                return;
            session.Store(new StatusSubscriber(id, wish.Address, wish.Components, now));
            session.Delete(wish);
            await session.SaveChangesAsync(stop);
            done = true;
        }

        return await SubscriptionsEndpoint.Kept(Say)
            ?? (
                done
                    ? StatusEndpoint.Html(response, SubscriptionText.Page("It is done", SubscriptionText.Confirmed))
                    : Dead(response)
            );
    }

    private static async Task<IResult> End(
        string? token,
        HttpResponse response,
        VaultSchema vault,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        async Task Say()
        {
            if (StatusLinks.IdIn(token) is { } id && new StatusLinks(await vault.Box(stop)).IsEnd(token!))
                await Forget(store, id, stop);
        }

        // Who is known already, or never was, reads the same.
        return await SubscriptionsEndpoint.Kept(Say)
            ?? StatusEndpoint.Html(response, SubscriptionText.Page("It is done", SubscriptionText.Ended));
    }

    private static async Task<IResult> ForgetAddress(
        ForgetStatusSubscriber command,
        VaultSchema vault,
        IDocumentStore store,
        CancellationToken stop
    )
    {
        await Forget(store, new StatusLinks(await vault.Box(stop)).IdOf(command.Email), stop);
        return TypedResults.NoContent();
    }

    private static async Task Forget(IDocumentStore store, string id, CancellationToken stop)
    {
        await using var session = store.LightweightSession();
        session.Delete<StatusSubscriber>(id);
        session.Delete<StatusWish>(id);
        session.DeleteWhere<StatusMail>(mail => mail.To == id);
        await session.SaveChangesAsync(stop);
    }

    private static IResult Dead(HttpResponse response) =>
        StatusEndpoint.Html(
            response,
            SubscriptionText.Page("This link works no more", SubscriptionText.Dead),
            StatusCodes.Status404NotFound
        );
}
