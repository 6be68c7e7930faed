using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Steady.Web.SignIn;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class IssuerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 5, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider clock = new(Now);
    private readonly Issuer issuer;

    public IssuerTests() => issuer = new Issuer(NewKey(), "steady", "steady", clock);

    public void Dispose() => issuer.Dispose();

    [Fact]
    public void A_token_says_who_may_do_what_from_when_until_when()
    {
        var made = issuer.Sign("ana", ["budgets:read", "gate:ask"], Now.AddDays(90));

        var token = new JsonWebToken(made.Token);
        Assert.Equal("ES256", token.Alg);
        Assert.Equal("steady", token.Issuer);
        Assert.Equal(["steady"], token.Audiences);
        Assert.Equal("ana", token.Subject);
        Assert.Equal("budgets:read gate:ask", token.GetClaim("scope").Value);
        Assert.Equal(made.Id.ToString(), token.Id);
        Assert.Equal(Now.UtcDateTime, token.ValidFrom);
        Assert.Equal(Now.AddDays(90).UtcDateTime, token.ValidTo);
        Assert.Equal(made.Expires, Now.AddDays(90));
    }

    [Fact]
    public void Two_tokens_of_the_same_person_can_be_told_apart() =>
        Assert.NotEqual(
            issuer.Sign("ana", ["admin"], Now.AddDays(1)).Id,
            issuer.Sign("ana", ["admin"], Now.AddDays(1)).Id
        );

    [Fact]
    public void A_machine_key_names_its_integration_and_a_persons_token_names_none()
    {
        var machine = issuer.Sign("ci", ["ingest:counts"], Now.AddDays(1), "checkout");
        var person = issuer.Sign("ana", ["ingest:counts"], Now.AddDays(1));

        Assert.Equal("checkout", new JsonWebToken(machine.Token).GetClaim("integration").Value);
        Assert.False(new JsonWebToken(person.Token).TryGetClaim("integration", out _));
    }

    [Fact]
    public async Task The_published_key_checks_what_was_signed()
    {
        var made = issuer.Sign("ana", ["admin"], Now.AddDays(1));

        var published = new JsonWebKey
        {
            Kty = issuer.Jwk.Kty,
            Crv = issuer.Jwk.Crv,
            X = issuer.Jwk.X,
            Y = issuer.Jwk.Y,
            Kid = issuer.Jwk.Kid,
        };
        Assert.True((await Check(made.Token, published)).IsValid);
        Assert.Equal(issuer.Jwk.Kid, new JsonWebToken(made.Token).Kid);
        Assert.False(issuer.Jwk.HasPrivateKey);
    }

    [Fact]
    public async Task A_service_checks_offline_with_the_public_half_alone()
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(issuer.PublicKey), out _);

        Assert.True(
            (await Check(issuer.Sign("ana", ["admin"], Now.AddDays(1)).Token, new ECDsaSecurityKey(key))).IsValid
        );
    }

    [Fact]
    public async Task Another_issuers_token_is_none_of_ours()
    {
        using var other = new Issuer(NewKey(), "steady", "steady", clock);

        Assert.False((await Check(other.Sign("ana", ["admin"], Now.AddDays(1)).Token, issuer.Jwk)).IsValid);
    }

    [Fact]
    public async Task A_token_ends_when_it_says()
    {
        var token = issuer.Sign("ana", ["admin"], Now.AddHours(1)).Token;

        Assert.True((await Check(token, issuer.Jwk)).IsValid);
        clock.Advance(TimeSpan.FromMinutes(61));
        Assert.IsType<SecurityTokenExpiredException>((await Check(token, issuer.Jwk)).Exception);
    }

    [Fact]
    public async Task A_token_with_one_scope_written_over_is_refused()
    {
        var parts = issuer.Sign("ana", ["budgets:read"], Now.AddDays(1)).Token.Split('.');
        var body = Base64UrlEncoder.Decode(parts[1]).Replace("budgets:read", "admin", StringComparison.Ordinal);

        var forged = $"{parts[0]}.{Base64UrlEncoder.Encode(body)}.{parts[2]}";
        Assert.False((await Check(forged, issuer.Jwk)).IsValid);
    }

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Convert.ToBase64String(key.ExportPkcs8PrivateKey());
    }

    private Task<TokenValidationResult> Check(string token, SecurityKey key) =>
        new JsonWebTokenHandler().ValidateTokenAsync(
            token,
            new TokenValidationParameters
            {
                ValidIssuer = "steady",
                ValidAudience = "steady",
                IssuerSigningKey = key,
                // The library has no injected clock; this is its own rule, on ours.
                LifetimeValidator = (from, until, _, _) =>
                    until < clock.GetUtcNow().UtcDateTime
                        ? throw new SecurityTokenExpiredException()
                        : from <= clock.GetUtcNow().UtcDateTime,
            }
        );
}
