using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Steady.Web.Components;

namespace Steady.Web.SignIn;

/// <summary>In by an OpenID Connect provider: authorization code with PKCE. The session is ours; the provider's tokens are not kept.</summary>
public static class Oidc
{
    private const string Scheme = "oidc";

    public static void AddOidc(this WebApplicationBuilder builder)
    {
        if (OidcSettings.Of(builder.Configuration) is not { } settings)
            return;
        builder.Services.AddSingleton(settings);
        builder.Services.AddAuthentication().AddOpenIdConnect(Scheme, options => Configure(options, settings));
    }

    public static void MapOidc(this IEndpointRouteBuilder routes)
    {
        if (routes.ServiceProvider.GetService<OidcSettings>() is not null)
            routes.MapGet("/login/provider", Go).AllowAnonymous();
    }

    private static ChallengeHttpResult Go(string? next = null) =>
        TypedResults.Challenge(new AuthenticationProperties { RedirectUri = LoginEndpoint.Local(next) }, [Scheme]);

    private static void Configure(OpenIdConnectOptions options, OidcSettings settings)
    {
        (options.Authority, options.ClientId, options.ClientSecret) = (
            settings.Authority,
            settings.ClientId,
            settings.ClientSecret
        );
        options.RequireHttpsMetadata = settings.RequireHttps;
        options.SignInScheme = Session.Scheme;
        options.ResponseType = OpenIdConnectResponseType.Code;
        // By the address and not by a form of a foreign page, with which a browser sends no cookie without https.
        options.ResponseMode = OpenIdConnectResponseMode.Query;
        options.CallbackPath = "/login/provider/back";
        options.MapInboundClaims = false;
        options.GetClaimsFromUserInfoEndpoint = true;
        options.ClaimActions.MapAll();
        options.Scope.Clear();
        foreach (var scope in settings.Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            options.Scope.Add(scope);
        foreach (var cookie in (CookieBuilder[])[options.CorrelationCookie, options.NonceCookie])
            (cookie.SameSite, cookie.SecurePolicy) = (SameSiteMode.Lax, CookieSecurePolicy.SameAsRequest);
        options.Events.OnTicketReceived = context => Admit(context, settings);
        options.Events.OnRemoteFailure = context => Refuse(context, settings);
    }

    private static async Task Admit(TicketReceivedContext context, OidcSettings settings)
    {
        var (person, scopes, trouble) = settings.Admit(context.Principal!);
        if (person is null)
        {
            await Show(context.HttpContext, trouble);
        }
        else
        {
            await Session.Begin(context.HttpContext, person, scopes);
            await Arrived(context.HttpContext, LoginEndpoint.Local(context.ReturnUri));
        }

        context.HandleResponse();
    }

    private static async Task Refuse(RemoteFailureContext context, OidcSettings settings)
    {
        await Show(context.HttpContext, $"Signing in with {settings.Name} did not work: {context.Failure?.Message}");
        context.HandleResponse();
    }

    private static Task Show(HttpContext http, string? trouble) =>
        LoginEndpoint.Page(null, trouble, StatusCodes.Status403Forbidden).ExecuteAsync(http);

    // A redirect would still be the provider's, and the browser would keep our cookie back; what this page loads next is ours.
    private static Task Arrived(HttpContext http, string next) =>
        new RazorComponentResult<ArrivedPage>(new { Next = next }) { PreventStreamingRendering = true }.ExecuteAsync(
            http
        );
}
