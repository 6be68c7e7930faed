using System.Text.Json.Nodes;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

/// <summary>A toxic as a rung of a ladder, and back.</summary>
internal static class ImportedToxic
{
    /// <summary>The rung; null when the toxic does more or something else.</summary>
    public static JsonObject? Of(string function, JsonObject arguments)
    {
        var type = function == "create_latency_toxic" ? "latency" : $"{arguments["toxic_type"]}";
        var attributes = arguments["attributes"] as JsonObject ?? arguments;
        var toxicity = arguments["toxicity"] is null ? 1 : Number(arguments["toxicity"]);
        if (arguments["for_proxy"] is null || (arguments["stream"] is { } stream && $"{stream}" != "downstream"))
            return null;
        return type switch
        {
            "latency" when toxicity == 1 && (attributes["jitter"] is null || Number(attributes["jitter"]) == 0) => Rung(
                "latency",
                Number(attributes["latency"])
            ),
            "reset_peer" when attributes["timeout"] is null || Number(attributes["timeout"]) == 0 => Rung(
                "failure",
                toxicity * 100
            ),
            _ => null,
        };
    }

    /// <summary>The arguments that make this rung.</summary>
    public static JsonObject Arguments(Rung rung, string edge, string name) =>
        rung.Fault == FaultKind.Latency
            ? new JsonObject
            {
                ["for_proxy"] = edge,
                ["toxic_name"] = name,
                ["toxic_type"] = "latency",
                ["attributes"] = new JsonObject { ["latency"] = rung.Magnitude },
            }
            : new JsonObject
            {
                ["for_proxy"] = edge,
                ["toxic_name"] = name,
                ["toxic_type"] = "reset_peer",
                ["toxicity"] = rung.Magnitude / 100m,
                ["attributes"] = new JsonObject { ["timeout"] = 0 },
            };

    private static JsonObject? Rung(string fault, decimal? magnitude) =>
        magnitude is >= 1 and <= 60_000 && magnitude == decimal.Truncate(magnitude.Value)
            ? new JsonObject { ["fault"] = fault, ["magnitude"] = (int)magnitude }
            : null;

    private static decimal? Number(JsonNode? node) =>
        node is JsonValue value && value.TryGetValue<decimal>(out var number) ? number : null;
}
