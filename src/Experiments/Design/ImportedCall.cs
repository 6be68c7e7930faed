using System.Text.Json.Nodes;

namespace Steady.Experiments.Design;

/// <summary>An http activity as one of the calls that a run can make, and back.</summary>
internal static class ImportedCall
{
    private const string Only =
        "Only http activities are executed, with a method, JSON and a timeout; no other headers, queries, retries or unchecked certificates.";

    /// <summary>The call, or why a run could not make it as it is written.</summary>
    public static (JsonObject? Call, string Problem) Of(JsonObject activity, string[] methods)
    {
        if (activity["provider"] is not JsonObject provider || $"{provider["type"]}" != "http")
            return (null, $"'{activity["name"]}' is no http activity. {Only}");
        var method = provider["method"] is { } given ? $"{given}".ToUpperInvariant() : "GET";
        if (!methods.Contains(method))
            return (null, $"The method {method} is not used here. Give one of {string.Join(", ", methods)}.");
        var json = provider["headers"] is JsonObject { Count: > 0 } headers;
        var asWritten =
            (!json || IsJson((JsonObject)provider["headers"]!))
            && (provider["arguments"] is null || (json && method != "GET"))
            && (provider["verify_tls"] is null || $"{provider["verify_tls"]}" == "true")
            && (provider["max_retries"] is null || $"{provider["max_retries"]}" == "0");
        if (!asWritten)
            return (null, Only);
        var call = new JsonObject { ["url"] = provider["url"]!.DeepClone(), ["method"] = method };
        if (Milliseconds(provider["timeout"]) is { } timeout)
            call["timeoutMs"] = timeout;
        if (provider["arguments"] is { } arguments)
            call["body"] = arguments.ToJsonString();
        return (call, "");
    }

    /// <summary>A provider that makes this call; a body that JSON would write differently is left to the extension.</summary>
    public static JsonObject Provider(string url, string method, int timeoutMs, string? body)
    {
        var provider = new JsonObject
        {
            ["type"] = "http",
            ["url"] = url,
            ["method"] = method,
            ["timeout"] = timeoutMs / 1000m,
        };
        if (body is not null && Yaml.ToJson(body, yaml: false).Json is { } json && json.ToJsonString() == body)
        {
            provider["headers"] = new JsonObject { ["Content-Type"] = "application/json" };
            provider["arguments"] = json;
        }

        return provider;
    }

    private static bool IsJson(JsonObject headers) =>
        headers.Count == 1
        && headers.First() is var (name, value)
        && name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase)
        && $"{value}" == "application/json";

    private static int? Milliseconds(JsonNode? timeout)
    {
        // Of [connect, read] the whole is what a call may take.
        var seconds =
            timeout is JsonArray pair ? pair.Sum(Seconds)
            : timeout is null ? null
            : Seconds(timeout);
        return seconds is { } value ? (int)Math.Min(value * 1000, int.MaxValue) : null;
    }

    private static decimal? Seconds(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<decimal>(out var seconds) ? Math.Min(seconds, 1_000_000) : null;
}
