using Steady.Contracts.Tokens;
using Steady.ServiceDefaults;

namespace Steady.Web.SignIn;

/// <summary>What an OpenID Connect reader looks for, and the door that hands out tokens.</summary>
public static class IssuerEndpoints
{
    private const int LongestDays = 365;
    private const int UsualDays = 30;

    public static void MapIssuer(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/.well-known/jwks.json", Keys).AllowAnonymous();
        routes.MapGet("/.well-known/openid-configuration", Discovery).AllowAnonymous();
        routes
            .MapPost("/api/tokens/v1/tokens", Create)
            .RequireScope("admin")
            .WithTags("Tokens")
            .WithSummary("Hands out a token; it is shown once and kept nowhere")
            .Produces<TokenCreated>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }

    private static IResult Keys(Issuer issuer)
    {
        var jwk = issuer.Jwk;
        var key = new
        {
            kty = jwk.Kty,
            crv = jwk.Crv,
            use = jwk.Use,
            alg = jwk.Alg,
            kid = jwk.Kid,
            x = jwk.X,
            y = jwk.Y,
        };
        return TypedResults.Json(new { keys = new[] { key } });
    }

    private static IResult Discovery(Issuer issuer, HttpRequest request)
    {
        var address = $"{request.Scheme}://{request.Host}";
        return TypedResults.Json(
            new Dictionary<string, object>
            {
                ["issuer"] = issuer.Name,
                ["jwks_uri"] = $"{address}/.well-known/jwks.json",
                ["token_endpoint"] = $"{address}/api/tokens/v1/tokens",
                ["scopes_supported"] = Tokens.Scopes,
                ["id_token_signing_alg_values_supported"] = new[] { "ES256" },
                ["response_types_supported"] = Array.Empty<string>(),
                ["subject_types_supported"] = new[] { "public" },
            }
        );
    }

    private static IResult Create(CreateToken wish, Issuer issuer, TimeProvider clock, HttpResponse response)
    {
        if (Problem(wish, clock.GetUtcNow()) is var (code, detail))
            return Invalid(code, detail);
        response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, Make(wish, issuer, clock.GetUtcNow()));
    }

    /// <summary>What was wished for and is in order.</summary>
    public static TokenCreated Make(CreateToken wish, Issuer issuer, DateTimeOffset now) =>
        issuer.Sign(
            wish.Name,
            [.. wish.Scopes.Distinct()],
            wish.Expires ?? now.AddDays(wish.ExpiresInDays ?? UsualDays),
            wish.Integration
        );

    /// <summary>What is wrong with a wish; null for nothing.</summary>
    public static (string Code, string Detail)? Problem(CreateToken wish, DateTimeOffset now)
    {
        var unknown = wish.Scopes.Except(Tokens.Scopes).ToList();
        if (unknown.Count > 0)
            return (
                "scope-unknown",
                $"Unknown scope '{unknown[0]}'. Valid scopes are {string.Join(", ", Tokens.Scopes)}."
            );
        if (wish is { Expires: not null, ExpiresInDays: not null })
            return ("expiry-ambiguous", "'expires' and 'expiresInDays' were both given. Give one of them.");
        if (wish.Expires is { } expires && (expires <= now || expires > now.AddDays(LongestDays)))
            return (
                "expiry-out-of-range",
                $"'expires' is in the past or more than {LongestDays} days ahead. Give a moment in between."
            );
        return null;
    }

    private static IResult Invalid(string code, string detail) =>
        TypedResults.Problem(
            detail,
            statusCode: StatusCodes.Status400BadRequest,
            type: $"urn:steady:problem:{code}",
            extensions: new Dictionary<string, object?> { ["code"] = code }
        );
}
