using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Steady.Budgets.Prometheus;

namespace Steady.Budgets.Intake;

/// <summary>
/// A series' labels as remote-write 1.0 writes them: the one form in which all protocols name a series here, so that a
/// sender that moves on to 2.0 goes on with the same counters.
/// </summary>
public static class LabelBytes
{
    private const byte LabelTag = 0x0a;
    private const byte NameTag = 0x0a;
    private const byte ValueTag = 0x12;
    private const int MostLabels = 100;
    private const int MostBytes = 16 * 1024;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    /// <summary>Bytes that a label takes.</summary>
    public static int Size(int name, int value)
    {
        var inner = 2 + VarintSize(name) + name + VarintSize(value) + value;
        return 1 + VarintSize(inner) + inner;
    }

    /// <summary>Bytes of the labels with which a series of remote-write 1.0 begins.</summary>
    public static int Leading(ReadOnlySpan<byte> series)
    {
        var at = 0;
        while (at < series.Length && series[at] == LabelTag)
        {
            // Mostly a length is one byte.
            if (at + 1 < series.Length && series[at + 1] < 0x80 && at + 2 + series[at + 1] <= series.Length)
            {
                at += 2 + series[at + 1];
                continue;
            }

            var reader = new WireReader(series[at..]);
            reader.Next();
            reader.Skip();
            at += reader.Position;
        }

        return at;
    }

    /// <summary>Writes one label; answers how many bytes it took.</summary>
    public static int Write(Span<byte> into, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        into[0] = LabelTag;
        var at =
            1 + Varint(into[1..], 2 + VarintSize(name.Length) + name.Length + VarintSize(value.Length) + value.Length);
        into[at++] = NameTag;
        at += Varint(into[at..], name.Length);
        name.CopyTo(into[at..]);
        at += name.Length;
        into[at++] = ValueTag;
        at += Varint(into[at..], value.Length);
        value.CopyTo(into[at..]);
        return at + value.Length;
    }

    public static byte[] Of(IEnumerable<KeyValuePair<string, string>> labels)
    {
        var bytes = new List<byte>();
        foreach (var (name, value) in labels)
        {
            var (n, v) = (Encoding.UTF8.GetBytes(name), Encoding.UTF8.GetBytes(value));
            var label = new byte[Size(n.Length, v.Length)];
            Write(label, n, v);
            bytes.AddRange(label);
        }

        return [.. bytes];
    }

    /// <summary>The labels by name, or in a sentence why these are none.</summary>
    public static string? Read(ReadOnlySpan<byte> bytes, SortedDictionary<string, string> labels)
    {
        if (bytes.Length > MostBytes)
            return $"The labels have {bytes.Length} bytes; at most {MostBytes} are read.";
        try
        {
            var reader = new WireReader(bytes);
            while (reader.Next())
            {
                var (name, value) = Label(reader.ReadBytes());
                if (name is "")
                    return "A label has no name.";
                if (!labels.TryAdd(name, value))
                    return $"The label '{name}' comes twice.";
                if (labels.Count > MostLabels)
                    return $"There are more than {MostLabels} labels.";
            }
        }
        catch (Exception e) when (e is UnreadableException or ArgumentException)
        {
            return "The labels cannot be read as UTF-8 names and values.";
        }

        return labels.GetValueOrDefault(Selector.NameLabel) is { Length: > 0 } ? null : "The series has no name.";
    }

    /// <summary>The identity under which a series' counter is kept: 128 bits of SHA-256 of its labels in order.</summary>
    public static UInt128 Identity(IEnumerable<KeyValuePair<string, string>> labels) =>
        BinaryPrimitives.ReadUInt128BigEndian(SHA256.HashData(Of(labels)));

    private static (string Name, string Value) Label(ReadOnlySpan<byte> bytes)
    {
        var (name, value) = ("", "");
        var reader = new WireReader(bytes);
        while (reader.Next())
        {
            if (reader.Is(1, WireReader.Bytes))
                name = Strict.GetString(reader.ReadBytes());
            else if (reader.Is(2, WireReader.Bytes))
                value = Strict.GetString(reader.ReadBytes());
            else
                reader.Skip();
        }

        return (name, value);
    }

    private static int VarintSize(int value)
    {
        var size = 1;
        for (; value >= 0x80; value >>= 7)
            size++;
        return size;
    }

    private static int Varint(Span<byte> into, int value)
    {
        var at = 0;
        for (; value >= 0x80; value >>= 7)
            into[at++] = (byte)(value | 0x80);
        into[at++] = (byte)value;
        return at;
    }
}
