using System.Buffers;

namespace Steady.Budgets.Intake;

/// <summary>Reads remote-write requests, 1.0 (<c>prometheus.WriteRequest</c>) and 2.0 (<c>io.prometheus.write.v2.Request</c>).</summary>
public static class RemoteWrite
{
    private const byte SampleTag = 0x12;
    private const int MostLabelBytes = 64 * 1024;
    private const int MostSymbols = 1_000_000;

    public static void ReadOne(ReadOnlySpan<byte> message, Routing routing, Delivery delivery)
    {
        KnownSeries? before = null;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Bytes))
                SeriesOne(reader.ReadBytes(), routing, delivery, ref before);
            else
                reader.Skip();
        }
    }

    public static void ReadTwo(ReadOnlySpan<byte> message, Routing routing, Delivery delivery)
    {
        var symbols = Symbols(message);
        KnownSeries? before = null;
        var labels = ArrayPool<byte>.Shared.Rent(MostLabelBytes);
        try
        {
            var reader = new WireReader(message);
            while (reader.Next())
            {
                if (reader.Is(5, WireReader.Bytes))
                    SeriesTwo(reader.ReadBytes(), message, symbols, labels, routing, delivery, ref before);
                else if (reader.Field is 1 or 2 or 3)
                    throw new UnreadableException(
                        $"Field {reader.Field} is of WriteRequest 1.0. Say so in Content-Type."
                    );
                else
                    reader.Skip();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(labels);
        }
    }

    private static void SeriesOne(
        ReadOnlySpan<byte> message,
        Routing routing,
        Delivery delivery,
        ref KnownSeries? before
    )
    {
        // Labels come first, all of them, from every sender that is known; then their bytes are the key as they are.
        var labels = message[..LabelBytes.Leading(message)];
        if (IsSample(message[labels.Length..]))
        {
            Sample(message[(labels.Length + 2)..], 0, routing.Find(labels, ref before), delivery);
            return;
        }

        if (HasLabels(message[labels.Length..]))
            labels = Gather(message);
        Values(message, routing.Find(labels, ref before), histograms: 4, exemplars: 3, delivery);
    }

    // Nothing but one sample, whose length is one byte: what a request holds a thousand times.
    private static bool IsSample(ReadOnlySpan<byte> rest) =>
        rest.Length > 2 && rest[0] == SampleTag && rest[1] == rest.Length - 2 && rest[1] < 0x80;

    private static bool HasLabels(ReadOnlySpan<byte> rest)
    {
        var reader = new WireReader(rest);
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Bytes))
                return true;
            reader.Skip();
        }

        return false;
    }

    private static byte[] Gather(ReadOnlySpan<byte> message)
    {
        var labels = new List<byte>();
        var reader = new WireReader(message);
        for (var at = 0; reader.Next(); at = reader.Position)
        {
            var isLabel = reader.Is(1, WireReader.Bytes);
            reader.Skip();
            if (isLabel)
                labels.AddRange(message[at..reader.Position]);
        }

        return [.. labels];
    }

    private static List<(int At, int Length)> Symbols(ReadOnlySpan<byte> message)
    {
        var symbols = new List<(int, int)>();
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (!reader.Is(4, WireReader.Bytes))
            {
                reader.Skip();
                continue;
            }

            var length = reader.ReadBytes().Length;
            if (symbols.Count == MostSymbols)
                throw new UnreadableException($"There are more than {MostSymbols} symbols.");
            symbols.Add((reader.Position - length, length));
        }

        if (symbols.Count > 0 && symbols[0].Item2 != 0)
            throw new UnreadableException("The first symbol must be empty.");
        return symbols;
    }

    private static void SeriesTwo(
        ReadOnlySpan<byte> series,
        ReadOnlySpan<byte> message,
        List<(int At, int Length)> symbols,
        Span<byte> labels,
        Routing routing,
        Delivery delivery,
        ref KnownSeries? before
    )
    {
        var size = 0;
        var reader = new WireReader(series);
        ulong? name = null;
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Bytes))
            {
                var packed = new PackedReader(reader.ReadBytes());
                while (packed.Next(out var reference))
                    size = Label(reference, ref name, message, symbols, labels, size);
            }
            else if (reader.Is(1, WireReader.Varint))
            {
                size = Label(reader.ReadVarint(), ref name, message, symbols, labels, size);
            }
            else
            {
                reader.Skip();
            }
        }

        if (name is not null)
            throw new UnreadableException("A series has a label's name without a value.");
        Values(series, routing.Find(labels[..size], ref before), histograms: 3, exemplars: 4, delivery);
    }

    private static int Label(
        ulong reference,
        ref ulong? name,
        ReadOnlySpan<byte> message,
        List<(int At, int Length)> symbols,
        Span<byte> labels,
        int size
    )
    {
        if (reference >= (ulong)symbols.Count)
            throw new UnreadableException($"There is no symbol {reference}; the message has {symbols.Count}.");
        if (name is not { } first)
        {
            name = reference;
            return size;
        }

        name = null;
        var ((n, nameLength), (v, valueLength)) = (symbols[(int)first], symbols[(int)reference]);
        if ((long)size + nameLength + valueLength + 32 > labels.Length)
            throw new UnreadableException($"A series has more than {labels.Length} bytes of labels.");
        return size + LabelBytes.Write(labels[size..], message.Slice(n, nameLength), message.Slice(v, valueLength));
    }

    private static void Values(
        ReadOnlySpan<byte> message,
        Series series,
        int histograms,
        int exemplars,
        Delivery delivery
    )
    {
        var start = series.Routes.Count == 0 ? 0 : Created(message, exemplars);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(2, WireReader.Bytes))
            {
                Sample(reader.ReadBytes(), start, series, delivery);
                continue;
            }

            if (reader.Is(histograms, WireReader.Bytes))
            {
                delivery.Histograms++;
                foreach (var route in series.Routes.Where(route => delivery.MayCount(route.Mapping)))
                    delivery.Troubles.Add(route.Mapping.Sli, Trouble.NativeHistogram, series.ToString());
            }
            else if (reader.Is(exemplars, WireReader.Bytes))
            {
                delivery.Exemplars++;
            }

            reader.Skip();
        }
    }

    // 2.0 says per series, or in its newer form per sample, since when it counts.
    private static long Created(ReadOnlySpan<byte> message, int exemplars)
    {
        if (exemplars != 4)
            return 0;
        var created = 0L;
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(6, WireReader.Varint))
                created = Nanos.OfMillis((long)reader.ReadVarint());
            else
                reader.Skip();
        }

        return created;
    }

    private static void Sample(ReadOnlySpan<byte> message, long start, Series series, Delivery delivery)
    {
        delivery.Count();
        var (bits, at) = (0UL, 0L);
        var reader = new WireReader(message);
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Fixed64))
                bits = reader.ReadFixed64();
            else if (reader.Is(2, WireReader.Varint))
                at = Nanos.OfMillis((long)reader.ReadVarint());
            else if (reader.Is(3, WireReader.Varint))
                start = Nanos.OfMillis((long)reader.ReadVarint());
            else
                reader.Skip();
        }

        if (series.Trouble is { } trouble)
            delivery.Troubles.Add("", trouble);
        foreach (var route in series.Meant)
        {
            if (delivery.MayCount(route.Mapping))
                delivery.Add(route, at, start, bits);
        }
    }
}

/// <summary>Numbers one after the other, without tags.</summary>
public ref struct PackedReader(ReadOnlySpan<byte> bytes)
{
    private readonly int length = bytes.Length;
    private WireReader reader = new(bytes);

    public bool Next(out ulong number)
    {
        var more = reader.Position < length;
        number = more ? reader.ReadVarint() : 0;
        return more;
    }
}
