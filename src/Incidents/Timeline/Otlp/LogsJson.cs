using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Steady.Incidents.Timeline.Otlp;

/// <summary>
/// Reads <c>ExportLogsServiceRequest</c> as JSON: lowerCamelCase, ids in hexadecimal, 64-bit numbers as texts or numbers, severities as numbers
/// or names. What is not known is ignored. Pure.
/// </summary>
public static class LogsJson
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 64 };

    private static readonly string[] Severities = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];

    public static List<LogRecord> Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, Options);
            return
            [
                .. from resource in Items(document.RootElement, "resourceLogs")
                let attributes = resource.TryGetProperty("resource", out var about)
                    ? Attributes(about)
                    : new Dictionary<string, JsonNode?>()
                from scope in Items(resource, "scopeLogs")
                let origin = new LogOrigin(
                    attributes,
                    scope.TryGetProperty("scope", out var named) ? Text(named, "name") : ""
                )
                from record in Items(scope, "logRecords")
                select Record(record, origin),
            ];
        }
        catch (Exception e)
            when (e is JsonException or InvalidOperationException or FormatException or OverflowException)
        {
            throw new UnreadableLogsException($"The body is no ExportLogsServiceRequest in JSON: {e.Message}");
        }
    }

    private static LogRecord Record(JsonElement record, LogOrigin origin) =>
        new()
        {
            Origin = origin,
            Time = Number(record, "timeUnixNano"),
            Observed = Number(record, "observedTimeUnixNano"),
            Severity = Severity(record),
            SeverityText = Text(record, "severityText"),
            Body = record.TryGetProperty("body", out var body) ? Any(body) : null,
            EventName = Text(record, "eventName"),
            TraceId = Id(record, "traceId", 32),
            SpanId = Id(record, "spanId", 16),
            Attributes = Attributes(record),
        };

    private static int Severity(JsonElement record)
    {
        if (!record.TryGetProperty("severityNumber", out var said))
            return 0;
        if (said.ValueKind == JsonValueKind.Number)
            return said.GetInt32() is > 0 and <= 24 and var number ? number : 0;
        // SEVERITY_NUMBER_ERROR2
        var name = (said.GetString() ?? "").Replace("SEVERITY_NUMBER_", "", StringComparison.Ordinal);
        var level = Array.FindIndex(Severities, one => name.StartsWith(one, StringComparison.Ordinal));
        return level < 0 ? 0 : (level * 4) + (name[^1] is >= '2' and <= '4' ? name[^1] - '0' : 1);
    }

    private static string Id(JsonElement record, string name, int length) =>
        Text(record, name) is var id && id.Length == length && id.All(char.IsAsciiHexDigit) ? id : "";

    private static Dictionary<string, JsonNode?> Attributes(JsonElement owner)
    {
        var attributes = new Dictionary<string, JsonNode?>();
        foreach (var pair in Items(owner, "attributes"))
            attributes[Text(pair, "key")] = pair.TryGetProperty("value", out var value) ? Any(value) : null;
        return attributes;
    }

    private static JsonNode? Any(JsonElement value)
    {
        foreach (var said in value.EnumerateObject())
        {
            switch (said.Name)
            {
                case "stringValue" or "bytesValue":
                    return said.Value.GetString();
                case "boolValue":
                    return said.Value.GetBoolean();
                case "intValue":
                    return long.Parse(Written(said.Value), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
                case "doubleValue":
                    return said.Value.ValueKind == JsonValueKind.Number
                        ? said.Value.GetDouble()
                        : said.Value.GetString();
                case "arrayValue":
                    return new JsonArray([.. Items(said.Value, "values").Select(Any)]);
                case "kvlistValue":
                    return Map(said.Value);
            }
        }

        return null;
    }

    private static JsonObject Map(JsonElement list)
    {
        var map = new JsonObject();
        foreach (var pair in Items(list, "values"))
            map[Text(pair, "key")] = pair.TryGetProperty("value", out var value) ? Any(value) : null;
        return map;
    }

    private static string Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var text) && text.ValueKind != JsonValueKind.Null ? text.GetString() ?? "" : "";

    private static ulong Number(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var number) && number.ValueKind != JsonValueKind.Null
            ? ulong.Parse(Written(number), NumberStyles.None, CultureInfo.InvariantCulture)
            : 0;

    private static string Written(JsonElement number) =>
        number.ValueKind == JsonValueKind.String ? number.GetString()! : number.GetRawText();

    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var list) && list.ValueKind != JsonValueKind.Null ? list.EnumerateArray() : [];
}
