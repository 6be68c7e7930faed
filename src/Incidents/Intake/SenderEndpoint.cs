using Marten;
using Microsoft.AspNetCore.Authorization;
using Steady.Contracts.Incidents;
using Steady.Kernel;
using Steady.ServiceDefaults;

namespace Steady.Incidents.Intake;

/// <summary>Who may send to an integration: a token with the scope for it, or a key of its own.</summary>
public static class SenderEndpoint
{
    /// <summary>Lets tokens with <c>ingest:alerts</c> through, and keys of kind <c>cloudevents</c>.</summary>
    public static RouteHandlerBuilder RequireSender(this RouteHandlerBuilder route) =>
        route.RequireAuthorization(policy => policy.RequireAssertion(IsSender));

    /// <summary>Who sends; and why not, when the token or the key is another integration's.</summary>
    public static (Actor By, IResult? Foreign) Of(HttpContext http, string integration)
    {
        var key = http.Items[typeof(LiveKey)] as LiveKey;
        var by = new Actor(
            key is null ? http.User.FindFirst("sub")?.Value ?? "anonymous" : $"integration:{key.Integration}"
        );
        var own = key?.Integration ?? http.User.FindFirst("integration")?.Value;
        return own is not null && own != integration
            ? (by, Answers.Problem(403, "integration-foreign", $"This token sends for the integration '{own}' only."))
            : (by, null);
    }

    public static IResult Overloaded(HttpContext http)
    {
        http.Response.Headers.RetryAfter = "1";
        const string detail =
            "Too many of them wait to be stored. Send it again: what was stored already is not stored twice.";
        return Answers.Problem(503, "overloaded", detail);
    }

    private static async Task<bool> IsSender(AuthorizationHandlerContext context)
    {
        if (context.User.HasScope("ingest:alerts"))
            return true;
        if (context.Resource is not HttpContext http)
            return false;
        var header = http.Request.Headers.Authorization.ToString();
        const string scheme = "Bearer ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            return false;
        var services = http.RequestServices;
        var key = await LiveKeysSchema.Find(
            services.GetRequiredService<IDocumentStore>(),
            header[scheme.Length..].Trim(),
            IntegrationKind.Cloudevents,
            services.GetRequiredService<TimeProvider>().GetUtcNow(),
            http.RequestAborted
        );
        http.Items[typeof(LiveKey)] = key;
        return key is not null;
    }
}
