using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Steady.ServiceDefaults;
using Steady.Web.FrontDoor;
using Steady.Web.SignIn;

namespace Steady.Web.Live;

/// <summary><c>GET /live</c>: what happened, as it happens, for browsers and for whoever has a token that may read.</summary>
public static class LiveEndpoint
{
    private static readonly string[] Reads = ["incidents:read", "experiments:read", "budgets:read"];

    public static void AddLive(this IServiceCollection services)
    {
        var life = RandomNumberGenerator.GetHexString(8, lowercase: true);
        services.AddSingleton(new LiveBoard(life, Addresses.Services));
        services.AddHttpClient(FeedsWorker.Client);
        services.AddHostedService<FeedsWorker>();
        services.AddHostedService<PagesWorker>();
    }

    public static void MapLive(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/live", Listen)
            .RequireAuthorization(policy =>
                policy
                    .AddAuthenticationSchemes(Session.Scheme, JwtBearerDefaults.AuthenticationScheme)
                    .RequireAuthenticatedUser()
                    .RequireAssertion(context => context.User.HasScope(Reads))
            );

    private static IResult Listen(
        HttpContext http,
        LiveBoard board,
        IHostApplicationLifetime host,
        CancellationToken stop
    )
    {
        // Nothing between here and the browser may keep an event back.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        var last = http.Request.Headers["Last-Event-ID"].ToString();
        var user = http.User;
        bool IsOneOf(IReadOnlyCollection<string> people) =>
            user.HasScope("admin") || people.Contains(user.FindFirst("sub")?.Value ?? "");
        return TypedResults.ServerSentEvents(Read(board.Sit(last, IsOneOf), host.ApplicationStopping, stop));
    }

    // A stopping host would wait for its open streams, so they end with it.
    private static async IAsyncEnumerable<SseItem<LiveItem>> Read(
        Seat seat,
        CancellationToken stopping,
        [EnumeratorCancellation] CancellationToken stop
    )
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop, stopping);
        using var left = seat;
        while (await More(seat, ending.Token))
        {
            while (seat.Items.TryRead(out var item))
                yield return new SseItem<LiveItem>(item, item.Kind) { EventId = item.Id };
        }
    }

    private static async Task<bool> More(Seat seat, CancellationToken ending)
    {
        try
        {
            return await seat.Items.WaitToReadAsync(ending);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
