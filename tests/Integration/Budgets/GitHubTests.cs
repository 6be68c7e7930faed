using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>
/// GitHub asks by webhook and is answered by a call. The payload has the shape that GitHub documents, with values of ours;
/// a small server stands for GitHub's API.
/// </summary>
public sealed class GitHubTests : IAsyncLifetime
{
    private const string Secret = "It's a Secret to Everybody";
    private readonly ConcurrentQueue<(string Path, string Bearer, string Body)> calls = new();
    private readonly string keyFile = Path.Combine(Path.GetTempPath(), $"{Path.GetRandomFileName()}.pem");
    private WebApplication gitHub = null!;
    private BudgetsService budgets = null!;
    private Uri api = null!;
    private int status = 204;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        gitHub = builder.Build();
        gitHub.MapPost("/{**path}", Take);
        await gitHub.StartAsync(Stop);
        api = new Uri(
            gitHub.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()
        );
        using var key = RSA.Create(2048);
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), Stop);
        budgets = new BudgetsService
        {
            Settings = new Dictionary<string, string>
            {
                ["GitHub:Api"] = api.ToString(),
                ["GitHub:WebhookSecret"] = Secret,
                ["GitHub:AppId"] = "4711",
                ["GitHub:PrivateKeyFile"] = keyFile,
                ["GitHub:Services:shop/web"] = "storefront",
            },
        };
        await budgets.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await budgets.DisposeAsync();
        await gitHub.DisposeAsync();
        File.Delete(keyFile);
    }

    [Fact]
    public async Task A_deployment_is_approved_with_a_token_of_the_installation()
    {
        var decision = await Decided(await Deliver(Payload("6301"), "d-1"));
        Assert.Equal(
            ("pay", "6113728f27ae82c7b1a177c8d03f9e96e0adf246", "production", "integration:github"),
            (decision.Service, decision.Ref, decision.Environment, decision.By)
        );
        var (token, answer) = (calls.First(), calls.Last());
        Assert.Equal("/app/installations/41234567/access_tokens", token.Path);
        AssertIsAssertion(token.Bearer);
        Assert.Equal("/repos/shop/pay/actions/runs/6301/deployment_protection_rule", answer.Path);
        Assert.Equal("ghs_installation", answer.Bearer);
        using var review = JsonDocument.Parse(answer.Body);
        Assert.Equal("production", review.RootElement.GetProperty("environment_name").GetString());
        Assert.Equal("approved", review.RootElement.GetProperty("state").GetString());
        Assert.Contains(
            "No objective covers this service.",
            review.RootElement.GetProperty("comment").GetString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_denial_rejects_and_the_same_content_is_answered_once_however_often_it_comes()
    {
        await budgets.Define("pay", service: "pay");
        await budgets.Count("pay", TimeSpan.FromDays(1), 0, 10);
        var first = await Decided(await Deliver(Payload("6302"), "d-1"));
        Assert.Equal(GateVerdict.Deny, first.Decision);
        Assert.Contains("\"state\":\"rejected\"", calls.Last().Body, StringComparison.Ordinal);
        var before = calls.Count;
        Assert.Equal(first.DecisionId, (await Decided(await Deliver(Payload("6302"), "d-1"))).DecisionId);
        Assert.Equal(first.DecisionId, (await Decided(await Deliver(Payload("6302"), "d-2"))).DecisionId);
        Assert.Equal(before, calls.Count);
        Assert.Single((await budgets.Get<Page<GateDecision>>("/v1/gates/pay/decisions")).Items);
    }

    [Fact]
    public async Task What_GitHub_did_not_take_is_answered_by_the_next_delivery()
    {
        status = 500;
        var failed = await Deliver(Payload("6303"), "d-1");
        Assert.Equal(
            (HttpStatusCode.BadGateway, "callback-failed"),
            (failed.StatusCode, await BudgetsService.CodeOf(failed))
        );
        status = 204;
        await Decided(await Deliver(Payload("6303"), "d-1"));
        Assert.Single((await budgets.Get<Page<GateDecision>>("/v1/gates/pay/decisions")).Items);
    }

    [Fact]
    public async Task What_is_not_signed_is_not_read()
    {
        string?[] wrong = [null, "", "sha1=00", "sha256=", "sha256=zz", $"sha256={new string('0', 64)}", Sign("other")];
        foreach (var signature in wrong)
        {
            var answer = await Deliver(Payload("6304"), "d-1", signature ?? "none");
            Assert.Equal(
                (HttpStatusCode.Unauthorized, "signature-invalid"),
                (answer.StatusCode, await BudgetsService.CodeOf(answer))
            );
        }

        Assert.Empty(calls);
    }

    [Theory]
    [InlineData("https://evil.example/repos/shop/pay/actions/runs/1/deployment_protection_rule")]
    [InlineData("API@evil.example/repos/shop/pay/actions/runs/1/deployment_protection_rule")]
    [InlineData("API/repos/other/repo/actions/runs/1/deployment_protection_rule")]
    [InlineData("API/repos/shop/pay/actions/runs/1/../../../../../user/deployment_protection_rule")]
    [InlineData("API/repos/shop/pay/actions/runs/1/cancel")]
    [InlineData("API/repos/shop/pay/actions/runs/1/deployment_protection_rule?to=evil")]
    [InlineData("file:///repos/shop/pay/actions/runs/1/deployment_protection_rule")]
    public async Task A_signed_payload_cannot_make_it_call_elsewhere(string callback)
    {
        var payload = Payload("1")
            .Replace(
                $"{api.ToString().TrimEnd('/')}/repos/shop/pay/actions/runs/1/deployment_protection_rule",
                callback.Replace("API", api.ToString().TrimEnd('/'), StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        var answer = await Deliver(payload, "d-1");
        Assert.Equal(
            (HttpStatusCode.BadRequest, "callback-foreign"),
            (answer.StatusCode, await BudgetsService.CodeOf(answer))
        );
        Assert.Empty(calls);
    }

    [Fact]
    public async Task Other_webhooks_are_told_apart_and_large_ones_are_not_read()
    {
        Assert.Equal(HttpStatusCode.NoContent, (await Deliver("{}", "d-1", kind: "ping")).StatusCode);
        Assert.Equal("webhook-unknown", await BudgetsService.CodeOf(await Deliver("{}", "d-1", kind: "push")));
        foreach (var text in (string[])["{}", "[1]", "nothing", """{"action":1}"""])
            Assert.Equal("webhook-unknown", await BudgetsService.CodeOf(await Deliver(text, "d-1")));
        var ignored = Payload("1").Replace("\"requested\"", "\"other\"", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await Deliver(ignored, "d-1")).StatusCode);
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await Deliver(new string(' ', 600 * 1024), "d-1")).StatusCode
        );
        Assert.Empty(calls);
    }

    [Fact]
    public async Task A_repository_may_belong_to_a_service_of_another_name()
    {
        var payload = Payload("6305").Replace("shop/pay", "shop/web", StringComparison.Ordinal);
        Assert.Equal("storefront", (await Decided(await Deliver(payload, "d-1"))).Service);
    }

    private async Task<IResult> Take(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        var bearer = request.Headers.Authorization.ToString()["Bearer ".Length..];
        calls.Enqueue((request.Path, bearer, await reader.ReadToEndAsync()));
        return request.Path.Value!.EndsWith("/access_tokens", StringComparison.Ordinal)
            ? Results.Json(new { token = "ghs_installation", expires_at = "2026-11-24T11:00:00Z" }, statusCode: 201)
            : Results.StatusCode(status);
    }

    private string Payload(string run) =>
        File.ReadAllText(Repository.File("tests", "Integration", "Budgets", "github-deployment-protection-rule.json"))
            .Replace("https://api.github.com", api.ToString().TrimEnd('/'), StringComparison.Ordinal)
            .Replace("6301234567", run, StringComparison.Ordinal);

    private static string Sign(string text, string secret = Secret) =>
        $"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)))}";

    private async Task<HttpResponseMessage> Deliver(
        string payload,
        string delivery,
        string? signature = null,
        string kind = "deployment_protection_rule"
    )
    {
        using var client = budgets.Service.Client("");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/gates/github")
        {
            Content = new StringContent(payload, Encoding.UTF8, "application/json"),
        };
        request.Headers.UserAgent.ParseAdd("GitHub-Hookshot/044aadd");
        request.Headers.Add("X-GitHub-Event", kind);
        request.Headers.Add("X-GitHub-Delivery", delivery);
        if ((signature ?? Sign(payload)) is { Length: > 0 } given && given != "none")
            request.Headers.TryAddWithoutValidation("X-Hub-Signature-256", given);
        return await client.SendAsync(request, Stop);
    }

    private static async Task<GateDecision> Decided(HttpResponseMessage answer)
    {
        Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Stop));
        return (await answer.Content.ReadFromJsonAsync<GateAnswer>(Json.Options, Stop))!.Data;
    }

    private void AssertIsAssertion(string token)
    {
        var parts = token.Split('.');
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(keyFile));
        Assert.True(
            key.VerifyData(
                Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"),
                System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]),
                HashAlgorithmName.SHA256,
                RSASignaturePadding.Pkcs1
            )
        );
        using var claims = JsonDocument.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]));
        Assert.Equal("4711", claims.RootElement.GetProperty("iss").GetString());
    }
}
