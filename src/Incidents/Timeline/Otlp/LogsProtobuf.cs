using System.Text.Json.Nodes;

namespace Steady.Incidents.Timeline.Otlp;

/// <summary>Reads <c>ExportLogsServiceRequest</c> as protobuf, and writes the two small messages that answer it. Pure.</summary>
public static class LogsProtobuf
{
    // Lists and maps within each other; what is deeper is left out.
    private const int Deepest = 8;

    public static List<LogRecord> Read(ReadOnlySpan<byte> message)
    {
        var records = new List<LogRecord>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                Resource(reader.Bytes, records);
        }

        return records;
    }

    /// <summary><c>ExportLogsServiceResponse</c>: empty when everything was taken.</summary>
    public static byte[] Partial(long rejected, string message) =>
        rejected == 0
            ? []
            : Bytes(1, [.. Number(1, rejected), .. Bytes(2, System.Text.Encoding.UTF8.GetBytes(message))]);

    /// <summary><c>google.rpc.Status</c>.</summary>
    public static byte[] Status(int code, string message) =>
        [.. Number(1, code), .. Bytes(2, System.Text.Encoding.UTF8.GetBytes(message))];

    // Fields may come in any order: what is common is read first.
    private static void Resource(ReadOnlySpan<byte> message, List<LogRecord> records)
    {
        var attributes = new Dictionary<string, JsonNode?>();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                Attributes(reader.Bytes, 1, attributes);
        }

        reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 2, HasBytes: true })
                Scope(reader.Bytes, attributes, records);
        }
    }

    private static void Scope(
        ReadOnlySpan<byte> message,
        Dictionary<string, JsonNode?> resource,
        List<LogRecord> records
    )
    {
        var name = "";
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                name = First(reader.Bytes);
        }

        var origin = new LogOrigin(resource, name);
        reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 2, HasBytes: true })
                records.Add(Record(reader.Bytes, origin));
        }
    }

    private static LogRecord Record(ReadOnlySpan<byte> message, LogOrigin origin)
    {
        var attributes = new Dictionary<string, JsonNode?>();
        var record = new LogRecord { Origin = origin, Attributes = attributes };
        Attributes(message, 6, attributes);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            record = (reader.Field, reader.HasBytes) switch
            {
                (1, false) => record with { Time = reader.Number },
                (2, false) => record with { Severity = reader.Number > 24 ? 0 : (int)reader.Number },
                (3, true) => record with { SeverityText = reader.Text },
                (5, true) => record with { Body = Any(reader.Bytes, 0) },
                (9, true) => record with { TraceId = Hex(reader.Bytes, 16) },
                (10, true) => record with { SpanId = Hex(reader.Bytes, 8) },
                (11, false) => record with { Observed = reader.Number },
                (12, true) => record with { EventName = reader.Text },
                _ => record,
            };
        }

        return record;
    }

    // An id of another length is none.
    private static string Hex(ReadOnlySpan<byte> id, int length) =>
        id.Length == length ? Convert.ToHexStringLower(id) : "";

    private static void Attributes(ReadOnlySpan<byte> message, int field, Dictionary<string, JsonNode?> attributes)
    {
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader.Field == field && reader.HasBytes)
                Pair(reader.Bytes, 0, (name, value) => attributes[name] = value);
        }
    }

    private static void Pair(ReadOnlySpan<byte> message, int depth, Action<string, JsonNode?> take)
    {
        var (name, value) = ("", (JsonNode?)null);
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                name = reader.Text;
            else if (reader is { Field: 2, HasBytes: true })
                value = Any(reader.Bytes, depth);
        }

        take(name, value);
    }

    private static JsonNode? Any(ReadOnlySpan<byte> message, int depth)
    {
        JsonNode? value = null;
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            value = (reader.Field, reader.HasBytes) switch
            {
                (1, true) => reader.Text,
                (2, false) => reader.Number != 0,
                (3, false) => (long)reader.Number,
                (4, false) => Real(BitConverter.UInt64BitsToDouble(reader.Number)),
                (5, true) => depth < Deepest ? List(reader.Bytes, depth + 1) : null,
                (6, true) => depth < Deepest ? Map(reader.Bytes, depth + 1) : null,
                (7, true) => Convert.ToBase64String(reader.Bytes),
                _ => value,
            };
        }

        return value;
    }

    // JSON has no word for what is no number.
    private static JsonNode Real(double number) =>
        double.IsFinite(number) ? number : number.ToString(System.Globalization.CultureInfo.InvariantCulture);

    private static JsonArray List(ReadOnlySpan<byte> message, int depth)
    {
        var list = new JsonArray();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                list.Add(Any(reader.Bytes, depth));
        }

        return list;
    }

    private static JsonObject Map(ReadOnlySpan<byte> message, int depth)
    {
        var map = new JsonObject();
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                Pair(reader.Bytes, depth, (name, value) => map[name] = value);
        }

        return map;
    }

    private static string First(ReadOnlySpan<byte> message)
    {
        var name = "";
        var reader = new ProtoReader(message);
        while (reader.Next())
        {
            if (reader is { Field: 1, HasBytes: true })
                name = reader.Text;
        }

        return name;
    }

    private static byte[] Number(int field, long value) => [(byte)(field << 3), .. Varint((ulong)value)];

    private static byte[] Bytes(int field, byte[] value) =>
        [(byte)((field << 3) | 2), .. Varint((ulong)value.Length), .. value];

    private static List<byte> Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
        return bytes;
    }
}
