using Microsoft.AspNetCore.Mvc;
using Steady.Web.SignIn;

namespace Steady.Web.Pages;

/// <summary>
/// Dark or light, where somebody wants it otherwise than their system says. A cookie of the browser remembers it, so that the first
/// thing painted is right already.
/// </summary>
public static class Theme
{
    private const string Cookie = "steady-theme";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    public static void MapTheme(this IEndpointRouteBuilder routes) => routes.MapPost("/theme", Set).RequireSession();

    /// <summary><c>dark</c> or <c>light</c>; null where the system decides.</summary>
    public static string? Of(HttpRequest request) => Known(request.Cookies[Cookie]);

    /// <summary>What one press of the switch makes of it: first the other two, then the system's again.</summary>
    public static string? After(string? theme) =>
        theme switch
        {
            null => "dark",
            "dark" => "light",
            _ => null,
        };

    private static IResult Set(HttpContext http, [FromForm] string? theme)
    {
        if (Known(theme) is { } known)
            http.Response.Cookies.Append(
                Cookie,
                known,
                new CookieOptions
                {
                    HttpOnly = true,
                    SameSite = SameSiteMode.Lax,
                    MaxAge = Kept,
                }
            );
        else
            http.Response.Cookies.Delete(Cookie);
        return TypedResults.LocalRedirect(Session.PageOf(http.Request) ?? "/");
    }

    private static string? Known(string? theme) => theme is "dark" or "light" ? theme : null;
}
