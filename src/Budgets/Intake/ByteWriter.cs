using System.Buffers.Binary;
using System.Text;

namespace Steady.Budgets.Intake;

/// <summary>Bytes that grow while they are written; emptied and used again, they cost nothing anew.</summary>
public sealed class ByteWriter(int size = 256)
{
    private byte[] bytes = new byte[size];

    public int Count { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Count);

    public void Clear() => Count = 0;

    public byte[] ToArray() => bytes[..Count];

    public void Add(byte value) => Room(1)[0] = value;

    public void Add(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Room(4), value);

    public void Add(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

    public void Add(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Room(16), value);

    /// <summary>A number from 0 on, in as few bytes as it needs.</summary>
    public void Small(long value)
    {
        var room = Room(10);
        var (rest, at) = ((ulong)value, 0);
        for (; rest >= 0x80; rest >>= 7)
            room[at++] = (byte)(rest | 0x80);
        room[at++] = (byte)rest;
        Count += at - 10;
    }

    /// <summary>A number near 0 on either side of it.</summary>
    public void EitherSign(long value) => Small((value << 1) ^ (value >> 63));

    public void Add(ReadOnlySpan<byte> value)
    {
        Small(value.Length);
        value.CopyTo(Room(value.Length));
    }

    public void Add(string value)
    {
        var length = Encoding.UTF8.GetByteCount(value);
        Small(length);
        Encoding.UTF8.GetBytes(value, Room(length));
    }

    private Span<byte> Room(int more)
    {
        if (Count + more > bytes.Length)
            Array.Resize(ref bytes, 2 * bytes.Length + more);
        Count += more;
        return bytes.AsSpan(Count - more, more);
    }
}

/// <summary>Reads what <see cref="ByteWriter"/> wrote; bytes that end early are refused.</summary>
public ref struct StoredReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> rest = bytes;

    public readonly bool IsAtEnd => rest.IsEmpty;

    public byte Byte() => Take(1)[0];

    public uint Number32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public long Number() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public UInt128 Id() => BinaryPrimitives.ReadUInt128LittleEndian(Take(16));

    public long Small()
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return (long)value;
        }
    }

    public long EitherSign()
    {
        var value = (ulong)Small();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public ReadOnlySpan<byte> Bytes() => Take((int)Small());

    public string Text() => Encoding.UTF8.GetString(Bytes());

    private ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)rest.Length)
            throw new InvalidDataException("Stored counters end in the middle of a value.");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
