using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Steady.Web.Components;
using Steady.Web.Plots;

namespace Steady.Web.SignIn;

/// <summary>In by the one-time link or by an API token, and out again.</summary>
public static class LoginEndpoint
{
    public static void MapLogin(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/login", Open).AllowAnonymous();
        routes.MapPost("/login", WithToken).AllowAnonymous();
        routes.MapPost("/logout", Leave).RequireSession();
    }

    private static async Task<IResult> Open(
        HttpContext http,
        LoginCode codes,
        LinkPreviews previews,
        CancellationToken stop,
        string? code = null,
        string? next = null
    )
    {
        if (code is null)
            return Page(next, null, StatusCodes.Status200OK, await previews.Of(Local(next), http.Request, stop));
        if (!codes.TryUse(code))
            return Page(next, "This link was used already, or is not the newest one.", StatusCodes.Status403Forbidden);
        await Session.Begin(http, "admin@local", "admin");
        return TypedResults.LocalRedirect(Local(next));
    }

    private static async Task<IResult> WithToken(
        HttpContext http,
        IOptionsMonitor<JwtBearerOptions> options,
        [FromForm] string? token,
        [FromForm] string? next
    )
    {
        if (string.IsNullOrWhiteSpace(token) || await Session.Check(token.Trim(), options) is not { } valid)
            return Page(
                next,
                "This token is not valid here, or has ended. `steady token create` makes a new one.",
                StatusCodes.Status403Forbidden
            );
        var scopes = valid.TryGetValue<string>("scope", out var given) ? given : "";
        await Session.Begin(http, valid.Subject, scopes, new DateTimeOffset(valid.ValidTo, TimeSpan.Zero));
        return TypedResults.LocalRedirect(Local(next));
    }

    private static async Task<IResult> Leave(HttpContext http, [FromForm] string? next)
    {
        await http.SignOutAsync(Session.Scheme);
        return TypedResults.LocalRedirect("/login");
    }

    internal static RazorComponentResult Page(string? next, string? trouble, int status, LinkPreview? preview = null) =>
        new RazorComponentResult<LoginPage>(
            new
            {
                Next = Local(next),
                Trouble = trouble,
                Preview = preview,
            }
        )
        {
            StatusCode = status,
            PreventStreamingRendering = true,
        };

    // Only to a page of ours: an address that begins with two slashes is somebody else's host.
    internal static string Local(string? next) =>
        next is ['/', ..] and not ['/', '/' or '\\', ..] && !next.StartsWith("/login", StringComparison.Ordinal)
            ? next
            : "/";
}
