using System.Text.Json;
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

internal sealed record PopulateAnswer(IReadOnlyList<ProxyAnswer> Proxies, string? Error = null, int? Status = null);

internal sealed record ProxyInput(string? Name, string? Listen, string? Upstream, bool? Enabled);

internal sealed record ToxicInput(
    string? Name,
    string? Type,
    string? Stream,
    double? Toxicity,
    IReadOnlyDictionary<string, long>? Attributes
);

internal sealed record ToxiproxyError(string Error, int Status)
{
    public static IResult ProxyNotFound => Of("proxy not found", 404);
    public static IResult ToxicNotFound => Of("toxic not found", 404);
    public static IResult ProxyExists => Of("proxy already exists", 409);
    public static IResult ToxicExists => Of("toxic already exists", 409);
    public static IResult InvalidStream => Of("stream was invalid, can be either upstream or downstream", 400);
    public static IResult InvalidType => Of("invalid toxic type", 400);

    public static IResult BadBody(string why) => Of($"bad request body: {why}", 400);

    public static IResult Missing(string field) => Of($"missing required field: {field}", 400);

    public static IResult Of(string error, int status) =>
        Results.Json(new ToxiproxyError(error, status), statusCode: status);
}

/// <summary>A request body that is read by hand, because Toxiproxy's clients set no content type.</summary>
internal static class Body
{
    public static async Task<(T? Value, IResult? Error)> Read<T>(HttpRequest request, CancellationToken stop)
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
