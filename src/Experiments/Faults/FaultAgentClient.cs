using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Faults;

namespace Steady.Experiments.Faults;

/// <summary>What another process answered: a value, or a sentence why there is none.</summary>
public sealed record Answer<T>(T? Value, string Problem, bool Refused)
    where T : class;

/// <summary>
/// The fault agent's lease API. One attempt each with a short time limit: whether to try again is the caller's to decide,
/// because asking for a fault twice is not the same as taking one back twice.
/// </summary>
public sealed class FaultAgentClient(IHttpClientFactory clients, LeaseSigner signer)
{
    public const string Name = "fault-agent";

    /// <summary>The same agent, given the time that faults other than those of an edge need to be ready.</summary>
    public const string Arming = "fault-agent-arming";

    public async Task<Answer<object>> Knows(string edge, CancellationToken stop) =>
        await Send<object>(HttpMethod.Get, $"/proxies/{Uri.EscapeDataString(edge)}", null, stop);

    /// <summary>Everything the agent stands in between, by name.</summary>
    public Task<Answer<Dictionary<string, JsonElement>>> Edges(CancellationToken stop) =>
        Send<Dictionary<string, JsonElement>>(HttpMethod.Get, "/proxies", null, stop);

    /// <summary>What else the agent can break, and to what it may do it.</summary>
    public Task<Answer<List<InjectorView>>> Injectors(CancellationToken stop) =>
        Send<List<InjectorView>>(HttpMethod.Get, "/injectors", null, stop);

    public Task<Answer<LeaseView>> Place(Guid lease, PlaceLease command, CancellationToken stop) =>
        Send<LeaseView>(
            HttpMethod.Put,
            $"/leases/{lease}",
            signer.Sign(lease, command),
            stop,
            command.Injector == PlaceLease.Tcp ? Name : Arming
        );

    public Task<Answer<LeaseView>> Renew(Guid lease, RenewLease command, CancellationToken stop) =>
        Send<LeaseView>(HttpMethod.Post, $"/leases/{lease}/renew", command, stop);

    public Task<Answer<LeaseView>> Find(Guid lease, CancellationToken stop) =>
        Send<LeaseView>(HttpMethod.Get, $"/leases/{lease}", null, stop);

    public Task<Answer<LeaseReverted>> Revert(Guid lease, CancellationToken stop) =>
        Send<LeaseReverted>(HttpMethod.Delete, $"/leases/{lease}", null, stop);

    public Task<Answer<LeasesReverted>> RevertRun(Guid run, CancellationToken stop) =>
        Send<LeasesReverted>(HttpMethod.Delete, $"/leases?runId={run}", null, stop);

    private async Task<Answer<T>> Send<T>(
        HttpMethod method,
        string path,
        object? body,
        CancellationToken stop,
        string client = Name
    )
        where T : class
    {
        try
        {
            using var request = new HttpRequestMessage(method, path);
            if (body is not null)
                request.Content = JsonContent.Create(body, body.GetType(), options: Json.Options);
            using var response = await clients.CreateClient(client).SendAsync(request, stop);
            if (response.IsSuccessStatusCode)
                return new((await response.Content.ReadFromJsonAsync<T>(Json.Options, stop))!, "", false);
            var text = await response.Content.ReadAsStringAsync(stop);
            return new(null, $"The fault agent answered {(int)response.StatusCode}: {Detail(text)}", true);
        }
        catch (Exception e)
            when (e is HttpRequestException or IOException or JsonException or OperationCanceledException
                && !stop.IsCancellationRequested
            )
        {
            return new(null, $"The fault agent did not answer: {e.Message}", false);
        }
    }

    // Its lease API speaks problem+json, its Toxiproxy API {"error": …}.
    private static string Detail(string text)
    {
        try
        {
            var body = JsonDocument.Parse(text).RootElement;
            return body.TryGetProperty("detail", out var detail) ? detail.GetString() ?? ""
                : body.TryGetProperty("error", out var error) ? error.GetString() ?? ""
                : "";
        }
        catch (JsonException)
        {
            return "";
        }
    }
}
