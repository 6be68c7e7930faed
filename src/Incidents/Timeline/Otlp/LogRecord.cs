using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Steady.Incidents.Timeline.Otlp;

/// <summary>A body that is no OTLP: what is wrong, for the sender's eyes.</summary>
public sealed class UnreadableLogsException(string message) : Exception(message);

/// <summary>Who emits records: a resource, and the scope within it.</summary>
public sealed record LogOrigin(IReadOnlyDictionary<string, JsonNode?> Resource, string Scope)
{
    public string Text(string attribute) => LogRecord.TextOf(Resource.GetValueOrDefault(attribute));
}

/// <summary>One log record of OTLP as it came, whichever way it was written.</summary>
public sealed record LogRecord
{
    public required LogOrigin Origin { get; init; }
    public ulong Time { get; init; }
    public ulong Observed { get; init; }
    public int Severity { get; init; }
    public string SeverityText { get; init; } = "";
    public JsonNode? Body { get; init; }
    public string EventName { get; init; } = "";
    public string TraceId { get; init; } = "";
    public string SpanId { get; init; } = "";
    public IReadOnlyDictionary<string, JsonNode?> Attributes { get; init; } = new Dictionary<string, JsonNode?>();

    public string Text(string attribute) => TextOf(Attributes.GetValueOrDefault(attribute));

    /// <summary>A text as it is, anything else as JSON.</summary>
    public static string TextOf(JsonNode? value) =>
        value switch
        {
            null => "",
            JsonValue single when single.TryGetValue<string>(out var text) => text,
            _ => value.ToJsonString(),
        };

    /// <summary>The same for the same record, so that what an exporter sends again is known.</summary>
    public string Key()
    {
        var said = new StringBuilder()
            .AppendJoin('\u001f', Origin.Text(LogEvidence.ServiceName), Origin.Scope, Text(Time), Text(Observed))
            .Append('\u001f')
            .AppendJoin('\u001f', Severity, SeverityText, EventName, TraceId, SpanId, TextOf(Body));
        foreach (var (name, value) in Attributes.OrderBy(one => one.Key, StringComparer.Ordinal))
            said.Append('\u001f').Append(name).Append('=').Append(TextOf(value));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(said.ToString())).AsSpan(0, 16));
    }

    private static string Text(ulong number) => number.ToString(CultureInfo.InvariantCulture);
}
