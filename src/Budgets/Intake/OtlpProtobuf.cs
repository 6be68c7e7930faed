using System.Globalization;
using System.Text;
using Steady.Budgets.Prometheus;

namespace Steady.Budgets.Intake;

/// <summary>Reads <c>ExportMetricsServiceRequest</c> as protobuf. Fields may come in any order, so what is common is read first.</summary>
public static class OtlpProtobuf
{
    private const int NoRecordedValue = 1;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static void Read(ReadOnlySpan<byte> message, Routing routing, Delivery delivery)
    {
        try
        {
            var reader = new WireReader(message);
            while (reader.Next())
            {
                if (reader.Is(1, WireReader.Bytes))
                    Resource(reader.ReadBytes(), routing, delivery);
                else
                    reader.Skip();
            }
        }
        catch (DecoderFallbackException)
        {
            throw new UnreadableException("A name or a text is not UTF-8.");
        }
    }

    private static void Resource(ReadOnlySpan<byte> message, Routing routing, Delivery delivery)
    {
        var labels = new List<KeyValuePair<string, string>>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Bytes))
                Attributes(reader.ReadBytes(), 1, OtlpMetric.Resource, labels);
            else
                reader.Skip();
        }

        reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(2, WireReader.Bytes))
                Scope(reader.ReadBytes(), labels, routing, delivery);
            else
                reader.Skip();
        }
    }

    private static void Scope(
        ReadOnlySpan<byte> message,
        List<KeyValuePair<string, string>> resource,
        Routing routing,
        Delivery delivery
    )
    {
        var name = "";
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Bytes))
                name = First(reader.ReadBytes(), 1);
            else
                reader.Skip();
        }

        IReadOnlyList<KeyValuePair<string, string>> labels = name is ""
            ? resource
            : [.. resource, new(OtlpMetric.Scope, name)];
        reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(2, WireReader.Bytes))
                Metric(reader.ReadBytes(), labels, routing, delivery);
            else
                reader.Skip();
        }
    }

    private static void Metric(
        ReadOnlySpan<byte> message,
        IReadOnlyList<KeyValuePair<string, string>> labels,
        Routing routing,
        Delivery delivery
    )
    {
        var (name, unit) = (First(message, 1), First(message, 3));
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Field is not (5 or 7 or 9 or 10 or 11) || reader.Kind != WireReader.Bytes)
            {
                reader.Skip();
                continue;
            }

            var kind = reader.Field switch
            {
                7 => OtlpKind.Sum,
                9 => OtlpKind.Histogram,
                _ => OtlpKind.Other,
            };
            var data = reader.ReadBytes();
            var common = LabelBytes.Of([.. labels, new(Selector.NameLabel, name)]);
            var metric = new OtlpMetric(common, unit, kind, (int)Number(data, 2), Number(data, 3) == 1);
            Points(data, metric, routing, delivery);
        }
    }

    private static void Points(ReadOnlySpan<byte> data, OtlpMetric metric, Routing routing, Delivery delivery)
    {
        var reader = new WireReader(data);
        while (reader.Next())
        {
            if (!reader.Is(1, WireReader.Bytes))
            {
                reader.Skip();
                continue;
            }

            var point = new OtlpPoint();
            var message = reader.ReadBytes();
            if (metric.Kind == OtlpKind.Histogram)
                HistogramPoint(message, point);
            else
                NumberPoint(message, point);
            point.Deliver(metric, routing, delivery);
        }
    }

    private static void NumberPoint(ReadOnlySpan<byte> message, OtlpPoint point)
    {
        Attributes(message, 7, "", point.Attributes);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(2, WireReader.Fixed64))
                point.Start = reader.ReadFixed64();
            else if (reader.Is(3, WireReader.Fixed64))
                point.Time = reader.ReadFixed64();
            else if (reader.Is(4, WireReader.Fixed64))
                point.Real = BitConverter.UInt64BitsToDouble(reader.ReadFixed64());
            else if (reader.Is(6, WireReader.Fixed64))
                point.Whole = (long)reader.ReadFixed64();
            else if (reader.Is(8, WireReader.Varint))
                point.HasNoValue = (reader.ReadVarint() & NoRecordedValue) != 0;
            else
                reader.Skip();
        }
    }

    private static void HistogramPoint(ReadOnlySpan<byte> message, OtlpPoint point)
    {
        Attributes(message, 9, "", point.Attributes);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(2, WireReader.Fixed64))
                point.Start = reader.ReadFixed64();
            else if (reader.Is(3, WireReader.Fixed64))
                point.Time = reader.ReadFixed64();
            else if (reader.Is(4, WireReader.Fixed64))
                point.Count = reader.ReadFixed64();
            else if (reader.Field is 6 or 7 && reader.Kind is WireReader.Fixed64 or WireReader.Bytes)
                Buckets(ref reader, point);
            else if (reader.Is(10, WireReader.Varint))
                point.HasNoValue = (reader.ReadVarint() & NoRecordedValue) != 0;
            else
                reader.Skip();
        }
    }

    private static void Buckets(ref WireReader reader, OtlpPoint point)
    {
        var isCount = reader.Field == 6;
        if (reader.Kind == WireReader.Fixed64)
        {
            Take(reader.ReadFixed64());
            return;
        }

        var packed = reader.ReadBytes();
        if (packed.Length % 8 != 0)
            throw new UnreadableException("Buckets are not whole numbers of 8 bytes.");
        for (var at = 0; at < packed.Length; at += 8)
            Take(BitConverter.ToUInt64(packed[at..]));

        void Take(ulong bits)
        {
            if (isCount)
                point.Buckets.Add(bits);
            else
                point.Bounds.Add(BitConverter.UInt64BitsToDouble(bits));
        }
    }

    private static void Attributes(
        ReadOnlySpan<byte> message,
        int field,
        string prefix,
        List<KeyValuePair<string, string>> labels
    )
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (!reader.Is(field, WireReader.Bytes))
            {
                reader.Skip();
                continue;
            }

            var pair = reader.ReadBytes();
            var value = new WireReader(pair);
            ReadOnlySpan<byte> any = [];
            while (value.Next())
            {
                if (value.Is(2, WireReader.Bytes))
                    any = value.ReadBytes();
                else
                    value.Skip();
            }

            labels.Add(new(prefix + First(pair, 1), Text(any)));
        }
    }

    // Lists and maps are compared as a whole and read by nobody, so they stay as they were written.
    private static string Text(ReadOnlySpan<byte> any)
    {
        var reader = new WireReader(any);
        while (reader.Next())
        {
            switch (reader.Field, reader.Kind)
            {
                case (1, WireReader.Bytes):
                    return Strict.GetString(reader.ReadBytes());
                case (2, WireReader.Varint):
                    return reader.ReadVarint() == 0 ? "false" : "true";
                case (3, WireReader.Varint):
                    return ((long)reader.ReadVarint()).ToString(CultureInfo.InvariantCulture);
                case (4, WireReader.Fixed64):
                    return BitConverter.UInt64BitsToDouble(reader.ReadFixed64()).ToString(CultureInfo.InvariantCulture);
                case (5 or 6 or 7, WireReader.Bytes):
                    return Convert.ToBase64String(reader.ReadBytes());
                default:
                    reader.Skip();
                    break;
            }
        }

        return "";
    }

    private static string First(ReadOnlySpan<byte> message, int field)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(field, WireReader.Bytes))
                return Strict.GetString(reader.ReadBytes());
            reader.Skip();
        }

        return "";
    }

    private static ulong Number(ReadOnlySpan<byte> message, int field)
    {
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(field, WireReader.Varint))
                return reader.ReadVarint();
            reader.Skip();
        }

        return 0;
    }
}
