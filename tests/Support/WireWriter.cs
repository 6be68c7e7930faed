using System.Buffers.Binary;
using System.Text;

namespace Steady.Tests.Support;

/// <summary>Writes protobuf by hand, from the wire format's own page: it shares nothing with the reader under test.</summary>
public sealed class WireWriter
{
    private readonly List<byte> bytes = [];

    public byte[] ToArray() => [.. bytes];

    public WireWriter Varint(int field, ulong value)
    {
        Raw((ulong)(field << 3));
        Raw(value);
        return this;
    }

    public WireWriter Fixed(int field, ulong value)
    {
        Raw((ulong)((field << 3) | 1));
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(eight, value);
        bytes.AddRange(eight);
        return this;
    }

    public WireWriter Fixed(int field, double value) => Fixed(field, BitConverter.DoubleToUInt64Bits(value));

    public WireWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        Raw((ulong)((field << 3) | 2));
        Raw((ulong)value.Length);
        bytes.AddRange(value);
        return this;
    }

    public WireWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public WireWriter Message(int field, Action<WireWriter> write)
    {
        var inner = new WireWriter();
        write(inner);
        return Bytes(field, inner.ToArray());
    }

    public WireWriter Packed(int field, IEnumerable<ulong> values)
    {
        var inner = new WireWriter();
        foreach (var value in values)
            inner.Raw(value);
        return Bytes(field, inner.ToArray());
    }

    private void Raw(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        bytes.Add((byte)value);
    }
}
