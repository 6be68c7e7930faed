using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using OpenIddict.Abstractions;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Steady.Tests.Browser;

/// <summary>Signing in with an OpenID Connect provider: a real one, a console of its own, and a browser between them.</summary>
public sealed class OidcTests(Stage stage) : PageTests(stage), IAsyncLifetime
{
    private const string Secret = "not-a-secret";
    private readonly int port = Ports.Free();
    private readonly int web = Ports.Free();
    private IHost provider = null!;
    private OwnedProcess console = null!;

    /// <summary>Who the provider says is there.</summary>
    private (string Email, string Group) Person { get; set; } = ("mira@shop.example", "sre");

    private string Console => $"http://localhost:{Text(web)}";

    public async ValueTask InitializeAsync()
    {
        provider = Provider();
        await provider.StartAsync(TestContext.Current.CancellationToken);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        console = OwnedProcess.Start(
            new Launch("dotnet", Path.Combine(Repository.Root, "artifacts", "bin", "Web", "release", "Steady.Web.dll"))
            {
                Directory = Path.Combine(Repository.Root, "src", "Web"),
                Environment = new Dictionary<string, string>
                {
                    ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Text(web)}",
                    ["Auth__SigningKey"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
                    ["Auth__Oidc__Authority"] = $"http://127.0.0.1:{Text(port)}",
                    ["Auth__Oidc__ClientId"] = "steady",
                    ["Auth__Oidc__ClientSecret"] = Secret,
                    ["Auth__Oidc__Name"] = "the shop's account",
                    ["Auth__Oidc__RequireHttps"] = "false",
                    ["Auth__Oidc__Groups__sre"] = "incidents:read",
                },
                LogFile = Path.Combine(Path.GetTempPath(), $"steady-oidc-{Text(web)}.log"),
                Grace = TimeSpan.FromSeconds(10),
            }
        );
        using var http = new HttpClient();
        await Eventually.Holds(() => IsOpen(http), "The console opens its door");
    }

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await console.Stop();
        await provider.StopAsync(CancellationToken.None);
        provider.Dispose();
    }

    [Fact]
    public async Task The_provider_says_who_it_is_and_a_group_what_they_may()
    {
        var page = await Open();
        await page.GotoAsync($"{Console}/tokens");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with the shop's account" }).ClickAsync();

        await page.WaitForURLAsync($"{Console}/tokens");
        await Expect(page.Locator(".who")).ToHaveTextAsync("mira");
        await page.ReloadAsync();
        await Expect(page.Locator(".who")).ToHaveTextAsync("mira");
    }

    [Fact]
    public async Task Who_is_granted_nothing_stays_outside_and_reads_why()
    {
        Person = ("eve@shop.example", "tennis");
        var page = await Open();
        await page.GotoAsync($"{Console}/login");
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in with the shop's account" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Alert))
            .ToContainTextAsync("You are eve@shop.example, but may not do anything here yet");
        await page.GotoAsync($"{Console}/tokens");
        Assert.Contains("/login", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_nobody_asked_for_opens_nothing()
    {
        var page = await Open();

        await page.GotoAsync($"{Console}/login/provider/back?code=made-up&state=made-up");

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("did not work");
    }

    private async Task<bool> IsOpen(HttpClient http)
    {
        try
        {
            return (await http.GetAsync(new Uri($"{Console}/login"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // OpenIddict without a database: it knows one client, and one person who is there already.
    private IHost Provider()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{Text(port)}").UseKestrel();
        builder.Services.AddOpenIddict().AddServer(Configure);
        var app = builder.Build();
        app.UseAuthentication();
        return app;
    }

    private void Configure(OpenIddictServerBuilder server)
    {
        server.SetAuthorizationEndpointUris("authorize").SetTokenEndpointUris("token").SetUserInfoEndpointUris("me");
        server.AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
        server.AddEphemeralEncryptionKey().AddEphemeralSigningKey();
        server.RegisterScopes("openid", "profile", "email");
        server.EnableDegradedMode();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<ValidateAuthorizationRequestContext>(asked => asked.UseInlineHandler(Check));
        server.AddEventHandler<ValidateTokenRequestContext>(asked => asked.UseInlineHandler(Check));
        server.AddEventHandler<HandleAuthorizationRequestContext>(asked => asked.UseInlineHandler(SayWho));
        server.AddEventHandler<HandleUserInfoRequestContext>(asked => asked.UseInlineHandler(SayMore));
    }

    private ValueTask Check(ValidateAuthorizationRequestContext asked)
    {
        if (asked.ClientId != "steady" || asked.RedirectUri != $"{Console}/login/provider/back")
            asked.Reject("invalid_client", "This client is not known.");
        return default;
    }

    private static ValueTask Check(ValidateTokenRequestContext asked)
    {
        if (asked.ClientId != "steady" || asked.ClientSecret != Secret)
            asked.Reject("invalid_client", "This client is not known.");
        return default;
    }

    private ValueTask SayWho(HandleAuthorizationRequestContext asked)
    {
        var identity = new ClaimsIdentity("provider", "sub", "role");
        identity.SetClaim("sub", "person-7").SetClaim("email", Person.Email).SetClaim("groups", Person.Group);
        identity.SetScopes(asked.Request.GetScopes());
        identity.SetDestinations(static claim =>
            claim.Type == "groups" ? ["access_token"] : ["id_token", "access_token"]
        );
        asked.Principal = new ClaimsPrincipal(identity);
        return default;
    }

    private static ValueTask SayMore(HandleUserInfoRequestContext asked)
    {
        asked.Claims["groups"] = asked.AccessTokenPrincipal.GetClaim("groups");
        return default;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
