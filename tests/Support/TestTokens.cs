using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Steady.Tests.Support;

/// <summary>An issuer for tests: one key per test process, tokens as the platform's own issuer writes them.</summary>
public static class TestTokens
{
    private static readonly ECDsa Key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What a service needs to check the tokens: the value of <c>Auth:PublicKey</c>.</summary>
    public static string PublicKey { get; } = Convert.ToBase64String(Key.ExportSubjectPublicKeyInfo());

    /// <summary>How a service checks the tokens.</summary>
    public static TokenValidationParameters Parameters =>
        new()
        {
            ValidIssuer = "steady",
            ValidAudience = "steady",
            IssuerSigningKey = new ECDsaSecurityKey(Key),
        };

    /// <summary>A token with scopes, separated by blanks, valid for an hour; limited to one service when an integration is named.</summary>
    public static string With(string scope, string actor = "bo", string? integration = null)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["sub"] = actor,
            ["scope"] = scope,
            ["jti"] = Guid.CreateVersion7(now).ToString(),
        };
        if (integration is not null)
            claims["integration"] = integration;
        return new JsonWebTokenHandler().CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = "steady",
                Audience = "steady",
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = now.AddHours(1).UtcDateTime,
                Claims = claims,
                SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(Key), SecurityAlgorithms.EcdsaSha256),
            }
        );
    }
}
