using Microsoft.AspNetCore.Mvc;
using Steady.Client;
using Steady.Contracts.Incidents;
using Steady.Web.Components.Parts;
using Steady.Web.Drawing;

namespace Steady.Web.Pages;

/// <param name="Calls">What waits for whoever is signed in.</param>
/// <param name="Back">The page on which it is shown.</param>
/// <param name="Now">When that was asked.</param>
public sealed record PagerModel(IReadOnlyList<Call> Calls, string Back, DateTimeOffset Now);

/// <summary>Reads who is called, for the top of every page. Says nothing where the service is silent: the page itself does.</summary>
public sealed class Pager(Apis apis, IHttpContextAccessor context, TimeProvider clock)
{
    public const string Cookie = "steady-seen";
    public const int Lately = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<PagerModel> Read(string back)
    {
        var http = context.HttpContext!;
        var now = clock.GetUtcNow();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, http.RequestAborted);
        try
        {
            return new PagerModel(await Read(Seen(http.Request), now, stop.Token), back, now);
        }
        catch (Exception silent) when (silent is ProblemException or OperationCanceledException)
        {
            return new PagerModel([], back, now);
        }
    }

    private async Task<IReadOnlyList<Call>> Read(IReadOnlySet<Guid> seen, DateTimeOffset now, CancellationToken stop)
    {
        if (!apis.May("incidents:read"))
            return [];
        var pages = await apis.Paging.Pages("delivered", apis.Me, Lately, stop: stop);
        var newest = Calls.Newest(pages.Items, seen, now);
        var incidents = await Task.WhenAll(
            newest
                .Select(page => page.IncidentId)
                .OfType<Guid>()
                .Select(id => Answer.Of(apis.Incidents.Get($"{id}", stop)))
        );
        return Calls.Of(
            newest,
            incidents.Select(one => one.Value).OfType<IncidentView>().ToDictionary(one => one.Id),
            seen
        );
    }

    /// <summary>The pages that were read in this browser.</summary>
    public static IReadOnlySet<Guid> Seen(HttpRequest request) =>
        (request.Cookies[Cookie] ?? "")
            .Split('.')
            .Select(one => Guid.TryParseExact(one, "N", out var page) ? page : (Guid?)null)
            .OfType<Guid>()
            .ToHashSet();
}

/// <summary>Pages in the console: shown on every page until they are answered.</summary>
public static class PagerEndpoint
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(2);

    public static void Map(IEndpointRouteBuilder pages)
    {
        pages.MapGet("/fragments/pager", Fragment);
        pages.MapPost("/pager/acknowledge", Acknowledge);
        pages.MapPost("/pager/seen", Seen);
        pages.MapGet("/pager/{what}", () => TypedResults.LocalRedirect("/"));
    }

    private static async Task<IResult> Fragment(Pager pager, string? back = null) =>
        Html.Of<PagerBanner>(await pager.Read(Local(back)));

    private static async Task<IResult> Acknowledge(
        [FromForm] Guid incident,
        [FromForm] Guid page,
        [FromForm] string? back,
        Apis apis,
        HttpContext http,
        CancellationToken stop
    )
    {
        await apis.Incidents.Acknowledge(incident, stop: stop);
        return Remember(http, page, back);
    }

    private static IResult Seen([FromForm] Guid page, [FromForm] string? back, HttpContext http) =>
        Remember(http, page, back);

    // Kept in this browser: that a page was read is nobody else's business, that an incident is taken is.
    private static IResult Remember(HttpContext http, Guid page, string? back)
    {
        http.Response.Cookies.Append(
            Pager.Cookie,
            string.Join('.', Pager.Seen(http.Request).Append(page).TakeLast(Pager.Lately).Select(one => $"{one:N}")),
            new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = http.Request.IsHttps,
                MaxAge = Remembered,
                IsEssential = true,
            }
        );
        return TypedResults.LocalRedirect(Local(back));
    }

    // Only to a page of ours: an address that begins with two slashes is somebody else's host.
    private static string Local(string? back) =>
        back is ['/', ..] and not ['/', '/' or '\\', ..] && !back.StartsWith("/fragments", StringComparison.Ordinal)
            ? back
            : "/";
}
