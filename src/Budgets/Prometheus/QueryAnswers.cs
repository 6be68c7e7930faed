using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Steady.Budgets.Prometheus;

/// <summary>A series that was found, with its values: one for an instant, several for a range.</summary>
public sealed record Found(
    IReadOnlyDictionary<string, string> Labels,
    IReadOnlyList<(DateTimeOffset At, decimal Value)> Values
);

/// <summary>Answers as Prometheus writes them: moments are numbers of seconds, values are strings.</summary>
public static class QueryAnswers
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Vector(IEnumerable<Found> found) =>
        Success(json =>
            Result(
                json,
                "vector",
                () =>
                {
                    foreach (var series in found)
                    {
                        json.WriteStartObject();
                        Labels(json, "metric", series.Labels);
                        json.WritePropertyName("value");
                        Point(json, series.Values[0]);
                        json.WriteEndObject();
                    }
                }
            )
        );

    public static byte[] Matrix(IEnumerable<Found> found) =>
        Success(json =>
            Result(
                json,
                "matrix",
                () =>
                {
                    foreach (var series in found)
                    {
                        json.WriteStartObject();
                        Labels(json, "metric", series.Labels);
                        json.WriteStartArray("values");
                        foreach (var point in series.Values)
                            Point(json, point);
                        json.WriteEndArray();
                        json.WriteEndObject();
                    }
                }
            )
        );

    public static byte[] Scalar(DateTimeOffset at, decimal value) =>
        Success(json =>
        {
            json.WriteStartObject();
            json.WriteString("resultType", "scalar");
            json.WriteStartArray("result");
            // Prometheus writes the moment of a number without needless digits, that of a sample with all three.
            json.WriteNumberValue(decimal.Divide(at.ToUnixTimeMilliseconds(), 1000));
            json.WriteStringValue(Text(value));
            json.WriteEndArray();
            json.WriteEndObject();
        });

    public static byte[] Names(IEnumerable<string> names) =>
        Success(json =>
        {
            json.WriteStartArray();
            foreach (var name in names)
                json.WriteStringValue(name);
            json.WriteEndArray();
        });

    public static byte[] SeriesOf(IEnumerable<IReadOnlyDictionary<string, string>> series) =>
        Success(json =>
        {
            json.WriteStartArray();
            foreach (var labels in series)
                Labels(json, null, labels);
            json.WriteEndArray();
        });

    public static byte[] Metadata(IEnumerable<Family> families) =>
        Success(json =>
        {
            json.WriteStartObject();
            foreach (var family in families)
            {
                json.WriteStartArray(family.Name);
                json.WriteStartObject();
                json.WriteString("type", family.Type);
                json.WriteString("help", family.Help);
                json.WriteString("unit", "");
                json.WriteEndObject();
                json.WriteEndArray();
            }

            json.WriteEndObject();
        });

    /// <summary>Clients tell by the version what they may ask; this is the one whose answers ours are compared with.</summary>
    public static byte[] Build() =>
        Success(json =>
        {
            json.WriteStartObject();
            json.WriteString("version", "2.42.0");
            json.WriteString("revision", "steady");
            json.WriteString("branch", "steady");
            json.WriteString("buildUser", "");
            json.WriteString("buildDate", "");
            json.WriteString("goVersion", "");
            json.WriteEndObject();
        });

    public static byte[] Error(string errorType, string message) =>
        Write(json =>
        {
            json.WriteString("status", "error");
            json.WriteString("errorType", errorType);
            json.WriteString("error", message);
        });

    /// <summary>A decimal without needless zeros and never in scientific notation.</summary>
    public static string Text(decimal value) => value.ToString("0.###############", CultureInfo.InvariantCulture);

    private static void Result(Utf8JsonWriter json, string type, Action items)
    {
        json.WriteStartObject();
        json.WriteString("resultType", type);
        json.WriteStartArray("result");
        items();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Labels(Utf8JsonWriter json, string? member, IReadOnlyDictionary<string, string> labels)
    {
        if (member is null)
            json.WriteStartObject();
        else
            json.WriteStartObject(member);
        foreach (var (label, value) in labels)
            json.WriteString(label, value);
        json.WriteEndObject();
    }

    private static void Point(Utf8JsonWriter json, (DateTimeOffset At, decimal Value) point)
    {
        json.WriteStartArray();
        json.WriteRawValue(QueryTimes.Text(point.At));
        json.WriteStringValue(Text(point.Value));
        json.WriteEndArray();
    }

    private static byte[] Success(Action<Utf8JsonWriter> data) =>
        Write(json =>
        {
            json.WriteString("status", "success");
            json.WritePropertyName("data");
            data(json);
        });

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
