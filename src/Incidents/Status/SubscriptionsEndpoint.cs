using System.Net;
using System.Text.Json;
using JasperFx;
using Marten;
using Marten.Exceptions;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Steady.Incidents.Paging;
using Steady.Incidents.Timeline;
using Steady.Kernel;

namespace Steady.Incidents.Status;

/// <summary>
/// Mails about the status page, for everybody. What is answered does not depend on whether an address is known, so nobody can find out
/// who gets mails.
/// </summary>
public static class SubscriptionsEndpoint
{
    /// <summary>How often one source may ask, a minute; and all together.</summary>
    public const int PerSource = 10;
    public const int PerMinute = 120;
    private static readonly Reachable Internet = new([]);

    /// <summary>For everybody: no token.</summary>
    public static void Open(IEndpointRouteBuilder app)
    {
        app.MapPost("/status/subscriptions", Ask)
            .AllowAnonymous()
            .WithTags("Status")
            .Accepts<SubscribeToStatus>("application/json", "application/x-www-form-urlencoded")
            .WithSummary("Asks for mails; nothing is sent before the link of the first one was opened")
            .Produces<StatusSubscriptionAnswer>(StatusCodes.Status202Accepted);
    }

    public static void Read(IEndpointRouteBuilder read) =>
        read.MapGet("/status/subscriptions", Count)
            .WithTags("Status")
            .WithSummary("How many get mails about the status page")
            .Produces<StatusSubscriptions>();

    private static async Task<IResult> Ask(
        HttpRequest request,
        StatusWorker status,
        StatusSettings settings,
        Allowance allowance,
        VaultSchema vault,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var source = $"status {Source(request)}";
        if ((allowance.Take(source, PerSource) ?? allowance.Take("status", PerMinute)) is { } wait)
            return TooOften(request, wait);
        if (!settings.TakesAddresses)
            return Answers.Problem(
                409,
                "status-mails-off",
                "This status page sends no mails; read its feed, /status/feed.atom. The operator sets Paging:Smtp:Host and Status:Address to change that."
            );
        if (await Read(request, stop) is not { } wish)
            return Answers.Problem(400, "malformed", "Send {\"email\":…} as JSON, or the form of the page.");
        if (await status.Current(stop) is not { } page)
            return StatusEndpoint.Unknown();
        var wrong = Subscribing.Check(wish, page.Components).ToList();
        if (wrong.Count > 0)
            return Refusals.Malformed($"Nothing was done. {wrong[0].Field}: {wrong[0].Message}", wrong);
        return await Kept(() => Keep(wish, vault, store, clock, stop)) ?? Asked(request);
    }

    private static IResult TooOften(HttpRequest request, TimeSpan wait)
    {
        request.HttpContext.Response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds):0}";
        return Answers.Problem(
            429,
            "status-asked-too-often",
            $"From one place mails are asked for at most {PerSource} times a minute. Try again after Retry-After."
        );
    }

    private static IResult Asked(HttpRequest request) =>
        request.HasFormContentType
            ? StatusEndpoint.Html(
                request.HttpContext.Response,
                SubscriptionText.Page("Look into your mailbox", SubscriptionText.Asked),
                StatusCodes.Status202Accepted
            )
            : TypedResults.Accepted((string?)null, new StatusSubscriptionAnswer(SubscriptionText.Asked));

    private static async Task<SubscribeToStatus?> Read(HttpRequest request, CancellationToken stop)
    {
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(stop);
            return new SubscribeToStatus(
                form["email"].ToString().Trim(),
                [.. form["components"].OfType<string>().Distinct()]
            );
        }

        try
        {
            return await request.ReadFromJsonAsync<SubscribeToStatus>(Json.Options, stop) is { Email: not null } read
                ? read with
                {
                    Components = [.. (read.Components ?? []).OfType<string>().Distinct()],
                }
                : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static async Task Keep(
        SubscribeToStatus wish,
        VaultSchema vault,
        IDocumentStore store,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        var links = new StatusLinks(await vault.Box(stop));
        var id = links.IdOf(wish.Email);
        var asked = new StatusWish(id, links.Close(wish.Email, id), wish.Components ?? [], clock.GetUtcNow(), 1);
        await using var session = store.LightweightSession();
        if (Subscribing.Ask(await session.LoadAsync<StatusWish>(id, stop), asked) is not { } kept)
            return;
        session.Store(kept);
        session.Insert(StatusMail.Question(kept));
        await session.SaveChangesAsync(stop);
    }

    private static async Task<IResult> Count(IQuerySession session, CancellationToken stop) =>
        TypedResults.Ok(
            new StatusSubscriptions(
                await session.Query<StatusSubscriber>().CountAsync(stop),
                await session.Query<StatusWish>().CountAsync(stop),
                await session.Query<StatusMail>().CountAsync(stop)
            )
        );

    /// <summary>Null when it was done; 503 while the database does not answer. The page itself is there even then.</summary>
    public static async Task<IResult?> Kept(Func<Task> write)
    {
        try
        {
            await write();
            return null;
        }
        catch (Exception e) when (e is ConcurrencyException or DocumentAlreadyExistsException)
        {
            // The same address at the same moment: the other request keeps it.
            return null;
        }
        catch (Exception e) when (e is NpgsqlException or MartenCommandException or TimeoutException)
        {
            return Answers.Problem(
                503,
                "status-mails-away",
                "Nothing was done: it cannot be kept at the moment. Try again in a minute."
            );
        }
    }

    // Behind our own door, or the operator's, it is who stands before that; nobody from outside can say so of themselves.
    private static string Source(HttpRequest request)
    {
        var peer = request.HttpContext.Connection.RemoteIpAddress;
        var last = request.Headers["X-Forwarded-For"].ToString().Split(',')[^1].Trim();
        if (peer is not null && !Internet.Allows(peer) && IPAddress.TryParse(last, out var before))
            peer = before;
        // Whoever has one address of IPv6 has all of its network.
        return peer is { AddressFamily: System.Net.Sockets.AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false }
            ? Convert.ToHexString(peer.GetAddressBytes().AsSpan(0, 8))
            : $"{peer}";
    }
}
