using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Steady.Client;
using Steady.Contracts.Tokens;
using Steady.Tests.Support;
using Steady.Web.SignIn;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>The front door as a process meets it: its own Program on a free port, with services that are all away.</summary>
public sealed class FrontDoorFixture : IAsyncLifetime
{
    public Harness Web { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var settings = new Dictionary<string, string>
        {
            ["Auth:SigningKey"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
            // Port 9 is "discard": nothing answers there.
            ["services:incidents:http:0"] = "http://127.0.0.1:9",
            ["services:experiments:http:0"] = "http://127.0.0.1:9",
            ["services:budgets:http:0"] = "http://127.0.0.1:9",
        };
        Web = await Harness.Start(typeof(Issuer).Assembly, settings);
    }

    public ValueTask DisposeAsync() => Web.DisposeAsync();
}

public sealed class TokenDoorTests(FrontDoorFixture front) : IClassFixture<FrontDoorFixture>
{
    private const string Door = "/api/tokens/v1/tokens";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_token_is_handed_out_once_and_checks_against_the_published_keys()
    {
        using var answer = await front.Web.Admin.PostAsJsonAsync(Door, new CreateToken("ci", ["gate:ask"], 90), Stop);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        var made = (await answer.Content.ReadFromJsonAsync<TokenCreated>(Stop))!;

        var keys = new JsonWebKeySet(await front.Web.Admin.GetStringAsync("/.well-known/jwks.json", Stop));
        var check = await new JsonWebTokenHandler().ValidateTokenAsync(
            made.Token,
            new TokenValidationParameters
            {
                ValidIssuer = "steady",
                ValidAudience = "steady",
                IssuerSigningKeys = keys.GetSigningKeys(),
            }
        );
        Assert.True(check.IsValid);
        Assert.Equal(("ci", "gate:ask"), (check.Claims["sub"], check.Claims["scope"]));
        Assert.All(keys.Keys, key => Assert.Null(key.D));
    }

    [Fact]
    public async Task Discovery_leads_to_the_keys()
    {
        var text = await front.Web.Admin.GetStringAsync("/.well-known/openid-configuration", Stop);

        using var document = JsonDocument.Parse(text);
        Assert.Equal("steady", document.RootElement.GetProperty("issuer").GetString());
        var keys = new Uri(document.RootElement.GetProperty("jwks_uri").GetString()!);
        Assert.Equal(new Uri(front.Web.Address, "/.well-known/jwks.json"), keys);
    }

    [Fact]
    public async Task An_unknown_scope_is_refused_with_the_valid_ones_named()
    {
        var problem = await Refusal(new { name = "ci", scopes = new[] { "gate:ask", "everything" } });

        Assert.Equal("scope-unknown", problem.Code);
        Assert.Contains("'everything'", problem.Detail, StringComparison.Ordinal);
        Assert.Contains("experiments:operate", problem.Detail, StringComparison.Ordinal);
        Assert.NotNull(problem.TraceId);
    }

    public static TheoryData<object, string> Nonsense =>
        new()
        {
            {
                new
                {
                    name = "ci",
                    scopes = new[] { "gate:ask" },
                    expiresInDays = 366,
                },
                "malformed"
            },
            {
                new
                {
                    name = "ci",
                    scopes = new[] { "gate:ask" },
                    expiresInDays = 0,
                },
                "malformed"
            },
            { new { name = "", scopes = new[] { "gate:ask" } }, "malformed" },
            { new { name = "ci", scopes = Array.Empty<string>() }, "malformed" },
            { new { name = "ci" }, "malformed" },
            {
                new
                {
                    name = "ci",
                    scopes = new[] { "gate:ask" },
                    expires = "2020-01-01T00:00:00Z",
                },
                "expiry-out-of-range"
            },
            {
                new
                {
                    name = "ci",
                    scopes = new[] { "gate:ask" },
                    expires = "2099-01-01T00:00:00Z",
                },
                "expiry-out-of-range"
            },
            {
                new
                {
                    name = "ci",
                    scopes = new[] { "gate:ask" },
                    expires = "2099-01-01T00:00:00Z",
                    expiresInDays = 3,
                },
                "expiry-ambiguous"
            },
        };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task A_wish_that_makes_no_sense_gets_no_token(object wish, string code) =>
        Assert.Equal(code, (await Refusal(wish)).Code);

    [Fact]
    public async Task Only_an_administrator_is_given_tokens()
    {
        using var nobody = new HttpClient { BaseAddress = front.Web.Address };
        using var reader = front.Web.Client("budgets:read");
        var wish = new CreateToken("ci", ["admin"]);

        using var unknown = await nobody.PostAsJsonAsync(Door, wish, Stop);
        using var limited = await reader.PostAsJsonAsync(Door, wish, Stop);
        Assert.Equal(HttpStatusCode.Unauthorized, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, limited.StatusCode);
    }

    [Theory]
    [InlineData("incidents")]
    [InlineData("experiments")]
    [InlineData("budgets")]
    public async Task A_service_that_is_away_is_named(string service)
    {
        using var answer = await front.Web.Admin.GetAsync($"/api/{service}/v1/anything", Stop);

        Assert.Equal(HttpStatusCode.BadGateway, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var text = await answer.Content.ReadAsStringAsync(Stop);
        Assert.Contains("service-unreachable", text, StringComparison.Ordinal);
        Assert.Contains($"'{service}'", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Faults_are_not_within_reach_from_the_front_door()
    {
        using var answer = await front.Web.Admin.GetAsync("/api/faults/v1/leases", Stop);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<ProblemException> Refusal(object wish)
    {
        using var http = front.Web.Client("admin");
        using var answer = await http.PostAsJsonAsync(Door, wish, Stop);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Stop)).RootElement;
        return new ProblemException(
            400,
            problem.GetProperty("code").GetString()!,
            problem.GetProperty("detail").GetString()!,
            problem.GetProperty("traceId").GetString(),
            []
        );
    }
}
