using System.Globalization;
using System.Text;
using System.Text.Json;
using Steady.Budgets.Prometheus;

namespace Steady.Budgets.Intake;

/// <summary>
/// Reads <c>ExportMetricsServiceRequest</c> as JSON: lowerCamelCase, 64-bit integers as strings or numbers, enums as
/// integers or names. What is not known is ignored.
/// </summary>
public static class OtlpJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    public static void Read(ReadOnlyMemory<byte> body, Routing routing, Delivery delivery)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            foreach (var resource in Items(document.RootElement, "resourceMetrics"))
                Resource(resource, routing, delivery);
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new UnreadableException($"The body is no ExportMetricsServiceRequest in JSON: {e.Message}");
        }
    }

    private static void Resource(JsonElement resource, Routing routing, Delivery delivery)
    {
        var labels = new List<KeyValuePair<string, string>>();
        if (resource.TryGetProperty("resource", out var described))
            Attributes(described, OtlpMetric.Resource, labels);
        foreach (var scope in Items(resource, "scopeMetrics"))
        {
            var name = scope.TryGetProperty("scope", out var about) ? Text(about, "name") : "";
            IReadOnlyList<KeyValuePair<string, string>> common = name is ""
                ? labels
                : [.. labels, new(OtlpMetric.Scope, name)];
            foreach (var metric in Items(scope, "metrics"))
                Metric(metric, common, routing, delivery);
        }
    }

    private static void Metric(
        JsonElement metric,
        IReadOnlyList<KeyValuePair<string, string>> labels,
        Routing routing,
        Delivery delivery
    )
    {
        var common = LabelBytes.Of([.. labels, new(Selector.NameLabel, Text(metric, "name"))]);
        foreach (var member in metric.EnumerateObject())
        {
            if (member.Name is not ("gauge" or "sum" or "histogram" or "exponentialHistogram" or "summary"))
                continue;
            var kind = member.Name switch
            {
                "sum" => OtlpKind.Sum,
                "histogram" => OtlpKind.Histogram,
                _ => OtlpKind.Other,
            };
            var data = member.Value;
            var isMonotonic = data.TryGetProperty("isMonotonic", out var said) && said.ValueKind == JsonValueKind.True;
            var shape = new OtlpMetric(common, Text(metric, "unit"), kind, Temporality(data), isMonotonic);
            foreach (var point in Items(data, "dataPoints"))
                Point(point).Deliver(shape, routing, delivery);
        }
    }

    private static OtlpPoint Point(JsonElement json)
    {
        var point = new OtlpPoint
        {
            Start = Unsigned(json, "startTimeUnixNano"),
            Time = Unsigned(json, "timeUnixNano"),
            Count = Unsigned(json, "count"),
            Whole = json.TryGetProperty("asInt", out var whole)
                ? long.Parse(Written(whole), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
                : null,
            Real = json.TryGetProperty("asDouble", out var value) ? Number(value) : null,
            HasNoValue = (Unsigned(json, "flags") & 1) != 0,
        };
        Attributes(json, "", point.Attributes);
        point.Buckets.AddRange(Items(json, "bucketCounts").Select(Unsigned));
        point.Bounds.AddRange(Items(json, "explicitBounds").Select(Number));
        return point;
    }

    private static int Temporality(JsonElement data) =>
        !data.TryGetProperty("aggregationTemporality", out var said) ? 0
        : said.ValueKind == JsonValueKind.Number ? said.GetInt32()
        : said.GetString() switch
        {
            "AGGREGATION_TEMPORALITY_DELTA" => 1,
            "AGGREGATION_TEMPORALITY_CUMULATIVE" => 2,
            _ => 0,
        };

    private static void Attributes(JsonElement owner, string prefix, List<KeyValuePair<string, string>> labels)
    {
        foreach (var attribute in Items(owner, "attributes"))
        {
            var text = attribute.TryGetProperty("value", out var value)
                ? value.EnumerateObject().Select(Text).FirstOrDefault("")
                : "";
            labels.Add(new(prefix + Text(attribute, "key"), text));
        }
    }

    private static string Text(JsonProperty any) =>
        any.Name switch
        {
            "stringValue" => any.Value.GetString() ?? "",
            "boolValue" => any.Value.GetBoolean() ? "true" : "false",
            "intValue" => Written(any.Value),
            "doubleValue" => Number(any.Value).ToString(CultureInfo.InvariantCulture),
            _ => any.Value.GetRawText(),
        };

    private static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var text) ? text.GetString() ?? "" : "";

    private static ulong Unsigned(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var number) ? Unsigned(number) : 0;

    private static ulong Unsigned(JsonElement number) =>
        ulong.Parse(Written(number), NumberStyles.None, CultureInfo.InvariantCulture);

    private static double Number(JsonElement number) =>
        number.ValueKind == JsonValueKind.Number
            ? number.GetDouble()
            : double.Parse(Written(number), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static string Written(JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText();

    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind != JsonValueKind.Null ? list.EnumerateArray() : [];
}
