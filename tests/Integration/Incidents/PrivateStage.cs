using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Bo has a private incident about which everything is said that can be said; Cleo has no part in it.</summary>
public sealed class PrivateStage : IAsyncLifetime
{
    /// <summary>Stands in everything that anybody wrote about it.</summary>
    public const string Word = "Zanzibar";

    /// <summary>An id that nothing has.</summary>
    public const string Nothing = "01990000-0000-7000-8000-0000000000ff";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public Platform Platform { get; } = new();

    public HttpClient Bo { get; private set; } = null!;

    public HttpClient Cleo { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await Platform.InitializeAsync();
        Bo = Person("bo");
        Cleo = Person("cleo");
        var contact = new SetContact([new("here", ChannelKind.Console)], "So");
        await Put($"contacts/dan", contact);
        await Put(
            "escalation-policies/vault",
            new SetEscalationPolicy(["vault"], [new([new(Contact: "dan")], 5)], 0, null, "So")
        );
    }

    public async ValueTask DisposeAsync()
    {
        Bo.Dispose();
        Cleo.Dispose();
        await Platform.DisposeAsync();
    }

    public HttpClient Person(string name) => Platform.Service.Client("incidents:read incidents:write", name);

    /// <summary>With a note, a task, an update, a role, a page, a postmortem and something to be done.</summary>
    public async Task<IncidentView> Told(bool isPrivate = true, string service = "vault")
    {
        var incident = await Declare(service, isPrivate);
        await Post(Bo, $"incidents/{incident.Id}/notes", new AddNote($"{Word} was seen"));
        await Post(Bo, $"incidents/{incident.Id}/tasks", new AddTask($"Ask {Word}"));
        await Post(Bo, $"incidents/{incident.Id}/updates", new PostUpdate($"{Word}.", UpdateAudience.Internal));
        await Post(Bo, $"incidents/{incident.Id}/roles", new StaffRole(IncidentRole.Scribe, "bo"));
        await Post(Bo, $"incidents/{incident.Id}/severity", new ChangeSeverity(Severity.Sev1, $"{Word} is bad"));
        await Post(Bo, $"incidents/{incident.Id}/page", new PageSomebody($"{Word} needs you", Contact: "dan"));
        await Post(Bo, $"incidents/{incident.Id}/mitigate", new MitigateIncident($"{Word} sleeps"));
        await Post(Bo, $"incidents/{incident.Id}/resolve", new ResolveIncident($"{Word} has left"));
        await Post(Bo, $"incidents/{incident.Id}/postmortem", new { });
        await Post(
            Bo,
            $"incidents/{incident.Id}/postmortem/action-items",
            new OpenActionItem($"Lock {Word} out", "bo", null)
        );
        return incident;
    }

    public async Task<IncidentView> Declare(string service, bool isPrivate = true)
    {
        var command = new DeclareIncident(service, Severity.Sev2, $"{Word} on {service}", Private: isPrivate);
        using var answer = await Bo.PostAsJsonAsync("/v1/incidents", command, Json.Options, Stop);
        return (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop))!;
    }

    public static async Task Post(HttpClient who, string path, object body)
    {
        using var answer = await who.PostAsJsonAsync($"/v1/{path}", body, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, $"{path}: {await answer.Content.ReadAsStringAsync(Stop)}");
    }

    public static async Task<T> Get<T>(HttpClient who, string path) =>
        (await who.GetFromJsonAsync<T>($"/v1/{path}", Json.Options, Stop))!;

    /// <summary>All routes: method, endpoint and pattern.</summary>
    public IEnumerable<(string Method, RouteEndpoint Endpoint)> Routes() =>
        from endpoint in Platform
            .Service.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]
        select (method, endpoint);

    /// <summary>The address with this id, and something that fits wherever more is asked for.</summary>
    public static string Address(RouteEndpoint endpoint, string id) =>
        "/"
        + string.Join(
            '/',
            endpoint.RoutePattern.PathSegments.Select(segment =>
                string.Concat(segment.Parts.Select(part => Part(endpoint, part, id)))
            )
        );

    /// <summary>What came back, without what differs from request to request.</summary>
    public static async Task<string> Answer(HttpClient who, string method, string address, string id)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (method is not ("GET" or "DELETE"))
            request.Content = JsonContent.Create(Anything(), options: Json.Options);
        using var answer = await who.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
        var body = await answer.Content.ReadAsStringAsync(Stop);
        if (body.StartsWith('{') && JsonNode.Parse(body) is JsonObject problem && problem.Remove("traceId"))
            body = problem.ToJsonString();
        var headers = answer
            .Headers.Where(one => one.Key != "Date")
            .SelectMany(one => one.Value.Select(value => $"{one.Key}: {value}"));
        return Unnamed($"{(int)answer.StatusCode} {string.Join(' ', headers)} {body}", id);
    }

    /// <summary>An answer without the id that was asked for. The example that every one of them gives may be that very number.</summary>
    public static string Unnamed(string answer, string id) =>
        answer
            .Replace("such as INC-7", "such as one", StringComparison.Ordinal)
            .Replace(id, "ID", StringComparison.Ordinal);

    private async Task Put<T>(string path, T document)
    {
        using var answer = await Platform.Ana.PutAsJsonAsync($"/v1/{path}", document, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }

    private static string Part(RouteEndpoint endpoint, RoutePatternPart part, string id) =>
        part switch
        {
            RoutePatternLiteralPart literal => literal.Content,
            RoutePatternSeparatorPart separator => separator.Content,
            RoutePatternParameterPart { Name: "id" } => id,
            RoutePatternParameterPart { Name: "section" } => "summary",
            RoutePatternParameterPart { Name: var name } when Is(endpoint, name, "int") => "1",
            _ => Guid.Empty.ToString(),
        };

    private static bool Is(RouteEndpoint endpoint, string name, string policy) =>
        endpoint.RoutePattern.ParameterPolicies.TryGetValue(name, out var all) && all.Any(one => one.Content == policy);

    // A body that every door can read.
    private static Dictionary<string, object> Anything() =>
        new()
        {
            ["reason"] = "x",
            ["kind"] = "note",
            ["services"] = new[] { "vault" },
            ["verdict"] = "allHold",
            ["text"] = "x",
            ["severity"] = "sev2",
            ["into"] = "INC-1",
            ["role"] = "scribe",
            ["person"] = "bo",
            ["to"] = "bo",
            ["resolution"] = "x",
            ["summary"] = "x",
            ["outcome"] = "x",
            ["owner"] = "bo",
            ["audience"] = "internal",
            ["moment"] = "mitigated",
            ["occurredAt"] = "2026-11-24T12:00:00Z",
            ["private"] = true,
            ["add"] = new[] { "cleo" },
            ["contact"] = "dan",
            ["comment"] = "x",
        };
}
