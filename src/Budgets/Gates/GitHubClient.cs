using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

/// <summary>Talks to GitHub's API as a token says, or as a GitHub app that takes a token of its installation each time.</summary>
public sealed class GitHubClient(HttpClient http, IConfiguration configuration, TimeProvider clock)
{
    /// <summary>The API that callbacks must lie under: <c>GitHub:Api</c>.</summary>
    public Uri Api { get; } = new(configuration["GitHub:Api"] ?? "https://api.github.com");

    /// <summary>What webhooks are signed with: <c>GitHub:WebhookSecret</c>.</summary>
    public string? Secret { get; } = configuration["GitHub:WebhookSecret"];

    /// <summary>The service of a repository: <c>GitHub:Services:owner/name</c>, or the repository's own name.</summary>
    public string ServiceOf(string repository) =>
        configuration[$"GitHub:Services:{repository}"] ?? repository[(repository.LastIndexOf('/') + 1)..];

    /// <summary>Answers the callback; false when GitHub did not take the answer.</summary>
    public async Task<bool> Answer(GitHubDelivery delivery, GateDecision decision, CancellationToken stop)
    {
        try
        {
            if (await Token(delivery.Installation, stop) is not { } token)
                return false;
            using var request = Request(delivery.Callback, token);
            request.Content = JsonContent.Create(
                new Review(delivery.Environment, GitHubDelivery.StateOf(decision), GitHubDelivery.CommentOf(decision))
            );
            using var response = await http.SendAsync(request, stop);
            return response.IsSuccessStatusCode;
        }
        catch (Exception e)
            when (e is HttpRequestException or JsonException
                || (e is OperationCanceledException && !stop.IsCancellationRequested)
            )
        {
            return false;
        }
    }

    private async Task<string?> Token(long? installation, CancellationToken stop)
    {
        if (configuration["GitHub:Token"] is { Length: > 0 } fixedToken)
            return fixedToken;
        if (configuration["GitHub:AppId"] is not { Length: > 0 } app || installation is null)
            return null;
        var path = string.Create(CultureInfo.InvariantCulture, $"app/installations/{installation}/access_tokens");
        using var request = Request(new Uri($"{Api.ToString().TrimEnd('/')}/{path}"), Assertion(app));
        using var response = await http.SendAsync(request, stop);
        return response.IsSuccessStatusCode
            ? (await response.Content.ReadFromJsonAsync<AccessToken>(stop))?.Token
            : null;
    }

    // A JSON web token of the app, as GitHub asks for it: RS256, a minute of grace for clocks, ten minutes at most.
    private string Assertion(string app)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var head = Part("""{"alg":"RS256","typ":"JWT"}""");
        var claims = Part(
            JsonSerializer.Serialize(
                new
                {
                    iat = now - 60,
                    exp = now + 540,
                    iss = app,
                }
            )
        );
        using var key = RSA.Create();
        key.ImportFromPem(File.ReadAllText(configuration["GitHub:PrivateKeyFile"]!));
        var signed = Encoding.ASCII.GetBytes($"{head}.{claims}");
        var signature = key.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{head}.{claims}.{System.Buffers.Text.Base64Url.EncodeToString(signature)}";

        static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));
    }

    private static HttpRequestMessage Request(Uri address, string token)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        request.Headers.Accept.ParseAdd("application/vnd.github+json");
        request.Headers.UserAgent.ParseAdd("steady");
        request.Headers.Add("X-GitHub-Api-Version", "2022-11-28");
        return request;
    }

    private sealed record Review(
        [property: JsonPropertyName("environment_name")] string Environment,
        [property: JsonPropertyName("state")] string State,
        [property: JsonPropertyName("comment")] string Comment
    );

    private sealed record AccessToken([property: JsonPropertyName("token")] string Token);
}
