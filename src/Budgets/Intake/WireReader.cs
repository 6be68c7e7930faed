using System.Buffers.Binary;

namespace Steady.Budgets.Intake;

/// <summary>A body that cannot be read: what is wrong, for the sender's eyes.</summary>
public sealed class UnreadableException(string message) : Exception(message);

/// <summary>
/// Reads protobuf fields out of bytes without copying. Every length is checked against what is there, so that a hostile
/// message costs no more than its own size.
/// </summary>
public ref struct WireReader(ReadOnlySpan<byte> bytes)
{
    public const int Varint = 0;
    public const int Fixed64 = 1;
    public const int Bytes = 2;
    private const int Fixed32 = 5;
    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>Where the next field begins.</summary>
    public int Position { get; private set; }

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>The current field's wire type.</summary>
    public int Kind { get; private set; }

    /// <summary>Goes to the next field; its value must be taken or skipped. False at the end.</summary>
    public bool Next()
    {
        if (Position == bytes.Length)
            return false;
        var tag = ReadVarint();
        (Field, Kind) = ((int)(tag >> 3), (int)(tag & 7));
        if (tag > uint.MaxValue || Field == 0)
            throw new UnreadableException($"There is no field {tag >> 3} (byte {Position}).");
        return true;
    }

    public readonly bool Is(int field, int kind) => Field == field && Kind == kind;

    public ulong ReadVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            if (Position == bytes.Length)
                break;
            var next = bytes[Position++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new UnreadableException($"A number does not end (byte {Position}).");
    }

    public ulong ReadFixed64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public ReadOnlySpan<byte> ReadBytes()
    {
        var length = ReadVarint();
        if (length > (ulong)(bytes.Length - Position))
            throw new UnreadableException($"A field of {length} bytes does not fit (byte {Position}).");
        return Take((int)length);
    }

    public void Skip()
    {
        switch (Kind)
        {
            case Varint:
                ReadVarint();
                break;
            case Fixed64:
                Take(8);
                break;
            case Bytes:
                ReadBytes();
                break;
            case Fixed32:
                Take(4);
                break;
            default:
                throw new UnreadableException($"Wire type {Kind} is not used by this message (byte {Position}).");
        }
    }

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > bytes.Length - Position)
            throw new UnreadableException($"The message ends early (byte {bytes.Length}).");
        var taken = bytes.Slice(Position, length);
        Position += length;
        return taken;
    }
}
