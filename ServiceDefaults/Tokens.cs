using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;

namespace Steady.ServiceDefaults;

/// <summary>Bearer tokens, checked offline, and one policy per scope.</summary>
public static class Tokens
{
    public static IReadOnlyList<string> Scopes { get; } =
    [
        "incidents:read",
        "incidents:write",
        "incidents:relay",
        "experiments:read",
        "experiments:design",
        "experiments:operate",
        "budgets:read",
        "budgets:write",
        "ingest:alerts",
        "ingest:counts",
        "gate:ask",
        "admin",
    ];

    /// <summary>Lets only tokens through that carry one of the scopes, or <c>admin</c>.</summary>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireAssertion(context => context.User.HasScope(scopes)));

    public static bool HasScope(this ClaimsPrincipal user, params string[] scopes)
    {
        var granted = user.FindFirst("scope")?.Value.Split(' ') ?? [];
        return granted.Contains("admin") || granted.Intersect(scopes).Any();
    }

    internal static void AddTokens(this WebApplicationBuilder builder)
    {
        var settings = builder.Configuration.GetSection("Auth");
        builder
            .Services.AddAuthentication(JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer(bearer =>
            {
                bearer.MapInboundClaims = false;
                bearer.TokenValidationParameters.ValidIssuer = settings["Issuer"] ?? "steady";
                bearer.TokenValidationParameters.ValidAudience = settings["Audience"] ?? "steady";
                bearer.TokenValidationParameters.NameClaimType = "sub";
                bearer.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(30);
                bearer.TokenHandlers.Clear();
                bearer.TokenHandlers.Add(new KnownTokens(TimeProvider.System) { MapInboundClaims = false });
                bearer.Events = new JwtBearerEvents { OnMessageReceived = TakePassword };
                if (settings["Authority"] is { Length: > 0 } authority)
                    bearer.Authority = authority;
                else
                    bearer.TokenValidationParameters.IssuerSigningKey = PublicKey(settings["PublicKey"]);
            });
        // Whatever forgets to name a scope is closed, not open.
        builder
            .Services.AddAuthorizationBuilder()
            .SetFallbackPolicy(
                new AuthorizationPolicyBuilder()
                    .RequireAuthenticatedUser()
                    .RequireAssertion(context => context.User.HasScope("admin"))
                    .Build()
            );
    }

    // Some clients can send a user and a password and nothing else: the token is the password, whatever the user is called.
    private static Task TakePassword(MessageReceivedContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        Span<byte> pair = stackalloc byte[8192];
        if (
            header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase)
            && Convert.TryFromBase64Chars(header.AsSpan(6), pair, out var length)
            && pair[..length].IndexOf((byte)':') is var colon and >= 0
        )
            context.Token = Encoding.ASCII.GetString(pair[(colon + 1)..length]);
        return Task.CompletedTask;
    }

    private static ECDsaSecurityKey PublicKey(string? encoded)
    {
        if (string.IsNullOrWhiteSpace(encoded))
            throw new InvalidOperationException(
                "Auth:PublicKey is missing. Give the issuer's P-256 key as base64 SubjectPublicKeyInfo, or Auth:Authority for an OpenID Connect issuer."
            );
        var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(encoded), out _);
        return new ECDsaSecurityKey(key);
    }
}
