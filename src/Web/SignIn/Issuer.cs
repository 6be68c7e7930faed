using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Steady.Contracts.Tokens;

namespace Steady.Web.SignIn;

/// <summary>The embedded issuer: signs tokens with one P-256 key, and publishes the key's public half.</summary>
public sealed class Issuer : IDisposable
{
    private readonly ECDsa key;
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TimeProvider clock;
    private readonly string audience;
    private readonly SigningCredentials credentials;

    public Issuer(string signingKey, string name, string audience, TimeProvider clock)
    {
        key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(signingKey), out _);
        (Name, this.audience, this.clock) = (name, audience, clock);
        PublicKey = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo());
        var parameters = key.ExportParameters(includePrivateParameters: false);
        Jwk = new JsonWebKey
        {
            Kty = "EC",
            Crv = "P-256",
            Use = "sig",
            Alg = SecurityAlgorithms.EcdsaSha256,
            X = Base64UrlEncoder.Encode(parameters.Q.X!),
            Y = Base64UrlEncoder.Encode(parameters.Q.Y!),
        };
        Jwk.Kid = Base64UrlEncoder.Encode(Jwk.ComputeJwkThumbprint());
        // The library keeps signers in a cache of the process by key id, also of a key that is disposed by then.
        var signing = new ECDsaSecurityKey(key)
        {
            KeyId = Jwk.Kid,
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
        };
        credentials = new SigningCredentials(signing, SecurityAlgorithms.EcdsaSha256);
    }

    public string Name { get; }

    /// <summary>Base64 SubjectPublicKeyInfo: what services take as <c>Auth:PublicKey</c>.</summary>
    public string PublicKey { get; }

    public JsonWebKey Jwk { get; }

    public TokenCreated Sign(
        string subject,
        IReadOnlyList<string> scopes,
        DateTimeOffset expires,
        string? integration = null
    )
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var claims = new Dictionary<string, object>
        {
            ["sub"] = subject,
            ["scope"] = string.Join(' ', scopes),
            ["jti"] = id.ToString(),
        };
        if (integration is not null)
            claims["integration"] = integration;
        var token = handler.CreateToken(
            new SecurityTokenDescriptor
            {
                Issuer = Name,
                Audience = audience,
                IssuedAt = now.UtcDateTime,
                NotBefore = now.UtcDateTime,
                Expires = expires.UtcDateTime,
                Claims = claims,
                SigningCredentials = credentials,
            }
        );
        return new TokenCreated(id, token, subject, scopes, expires);
    }

    public void Dispose() => key.Dispose();
}
