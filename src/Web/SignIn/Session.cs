using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Steady.Web.SignIn;

/// <summary>A browser's sign-in: a cookie beside the bearer tokens. Pages take the cookie, the APIs never do.</summary>
public static class Session
{
    public const string Scheme = "session";
    private static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    public static void AddSession(this WebApplicationBuilder builder)
    {
        // Where what must outlive a restart is kept: the keys of the cookies, and that the login code was used.
        var state = builder.Configuration["Console:State"];
        if (state is { Length: > 0 })
        {
            builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
            Directory.CreateDirectory(state, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            builder
                .Services.AddDataProtection()
                .SetApplicationName("steady")
                // In a folder that its owner alone can open, like the signing key; nothing here could encrypt them better.
                .PersistKeysToFileSystem(Directory.CreateDirectory(Path.Combine(state, "cookie-keys")));
        }

        var used = state is { Length: > 0 } ? Path.Combine(state, "login-code.used") : null;
        builder.Services.AddSingleton(new LoginCode(builder.Configuration["Auth:LoginCode"], used));
        builder.Services.AddAuthentication().AddCookie(Scheme, Configure);
        builder.Services.AddAntiforgery(forms => forms.Cookie.Name = "steady-forms");
    }

    /// <summary>Lets only signed-in browsers through; others are sent to the sign-in page.</summary>
    public static TBuilder RequireSession<TBuilder>(this TBuilder endpoints)
        where TBuilder : IEndpointConventionBuilder =>
        endpoints.RequireAuthorization(policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());

    public static Task Begin(HttpContext http, string subject, string scopes, DateTimeOffset? until = null)
    {
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        var ends = now + Longest;
        var identity = new ClaimsIdentity(Scheme, "sub", null);
        identity.AddClaims([new Claim("sub", subject), new Claim("scope", scopes)]);
        return http.SignInAsync(
            Scheme,
            new ClaimsPrincipal(identity),
            new AuthenticationProperties { ExpiresUtc = until < ends ? until : ends }
        );
    }

    /// <summary>The page of ours that a form was sent from; null where the browser does not say.</summary>
    public static string? PageOf(HttpRequest request) =>
        request.GetTypedHeaders().Referer is { IsAbsoluteUri: true } page
        && page.Authority == request.Host.Value
        && !page.PathAndQuery.StartsWith("//", StringComparison.Ordinal)
            ? page.PathAndQuery
            : null;

    /// <summary>Who an API token stands for; null when it is not valid here and now.</summary>
    public static async Task<JsonWebToken?> Check(string token, IOptionsMonitor<JwtBearerOptions> options)
    {
        var bearer = options.Get(JwtBearerDefaults.AuthenticationScheme);
        var parameters = bearer.TokenValidationParameters.Clone();
        parameters.ConfigurationManager = bearer.ConfigurationManager as BaseConfigurationManager;
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(token, parameters);
        return result is { IsValid: true, SecurityToken: JsonWebToken valid } ? valid : null;
    }

    private static void Configure(CookieAuthenticationOptions cookie)
    {
        cookie.Cookie.Name = "steady-session";
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.LoginPath = "/login";
        cookie.ReturnUrlParameter = "next";
        cookie.SlidingExpiration = false;
        cookie.Events.OnRedirectToLogin = Challenge;
        cookie.Events.OnRedirectToAccessDenied = denied =>
        {
            denied.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    // A script that asks for a part of a page is told so; a person is brought to the door.
    private static Task Challenge(RedirectContext<CookieAuthenticationOptions> context)
    {
        var path = context.Request.Path;
        if (
            path.StartsWithSegments("/fragments")
            || path.StartsWithSegments("/live")
            || path.StartsWithSegments("/plots")
        )
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else
            context.Response.Redirect(Door(context));
        return Task.CompletedTask;
    }

    // After a form that came too late one is back on its page: the form's own address may have none.
    private static string Door(RedirectContext<CookieAuthenticationOptions> context) =>
        HttpMethods.IsPost(context.Request.Method) && PageOf(context.Request) is { } page
            ? $"/login?next={Uri.EscapeDataString(page)}"
            : context.RedirectUri;
}
