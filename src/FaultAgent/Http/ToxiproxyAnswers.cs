using System.Text.Json;
using System.Text.Json.Serialization;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Http;

/// <summary>Toxiproxy's shapes, as its clients read and write them.</summary>
internal sealed record ProxyAnswer(
    string Name,
    string Listen,
    string Upstream,
    bool Enabled,
    IReadOnlyList<ToxicAnswer> Toxics
)
{
    public static ProxyAnswer Of(EdgeProxy edge) =>
        new(
            edge.Name,
            Text(edge.ListenAddress),
            Text(edge.UpstreamAddress),
            edge.Enabled,
            [.. edge.Toxics.Select(ToxicAnswer.Of)]
        );

    private static string Text(System.Net.EndPoint address) =>
        address is System.Net.DnsEndPoint named ? $"{named.Host}:{named.Port}" : address.ToString()!;
}

internal sealed record ToxicAnswer(
    IReadOnlyDictionary<string, long> Attributes,
    string Name,
    string Type,
    string Stream,
    double Toxicity
)
{
    public static ToxicAnswer Of(Toxic toxic) =>
        new(toxic.Shape.Attributes, toxic.Name, toxic.Type, toxic.Stream, toxic.Toxicity);
}

/// <summary>What became of a list of proxies: all of them, or those before the one that failed.</summary>
internal sealed record PopulateAnswer(
    IReadOnlyList<ProxyAnswer> Proxies,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Status = null
);

internal sealed record ProxyInput(string? Name, string? Listen, string? Upstream, bool? Enabled);

internal sealed record ToxicInput(
    string? Name,
    string? Type,
    string? Stream,
    double? Toxicity,
    IReadOnlyDictionary<string, long>? Attributes
);

/// <summary>An error as Toxiproxy's clients know it; an answer by itself.</summary>
internal sealed record ToxiproxyError(
    string Error,
    int Status,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Code = null
) : IResult
{
    public static ToxiproxyError NotOpen =>
        Problem(
            "agent-not-open",
            "a fault needs a signed lease here: PUT /leases/{id}; only an agent in open mode takes it without",
            403
        );

    public static ToxiproxyError ProxyNotFound => new("proxy not found", 404);
    public static ToxiproxyError ToxicNotFound => new("toxic not found", 404);
    public static ToxiproxyError ProxyExists => new("proxy already exists", 409);
    public static ToxiproxyError ToxicExists => new("toxic already exists", 409);
    public static ToxiproxyError InvalidStream => new("stream was invalid, can be either upstream or downstream", 400);
    public static ToxiproxyError InvalidType => new("invalid toxic type", 400);

    public static ToxiproxyError IsDenied(string own) =>
        new($"upstream leads to {own}, which is the platform's own and is never broken", 403);

    public static ToxiproxyError BadBody(string why) => new($"bad request body: {why}", 400);

    private static ToxiproxyError Problem(string code, string error, int status) => new(error, status, code);

    public static ToxiproxyError Missing(string field) => new($"missing required field: {field}", 400);

    public Task ExecuteAsync(HttpContext httpContext) =>
        Results.Json(this, statusCode: Status).ExecuteAsync(httpContext);
}

/// <summary>A request body that is read by hand, because Toxiproxy's clients set no content type.</summary>
internal static class Body
{
    public static async Task<(T? Value, ToxiproxyError? Error)> Read<T>(HttpRequest request, CancellationToken stop)
        where T : class
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(request.Body, JsonSerializerOptions.Web, stop);
            return value is null ? (null, ToxiproxyError.BadBody("it is empty")) : (value, null);
        }
        catch (JsonException e)
        {
            return (null, ToxiproxyError.BadBody(e.Message));
        }
    }
}
