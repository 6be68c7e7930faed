using System.Buffers.Binary;
using System.Text;

namespace Steady.Incidents.Timeline.Otlp;

/// <summary>
/// Reads the fields of a protobuf message, without copying. Every length is checked against what is there, so that a hostile message costs
/// no more than its own size.
/// </summary>
public ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private ReadOnlySpan<byte> rest = message;
    private int kind;

    /// <summary>The current field's number.</summary>
    public int Field { get; private set; }

    /// <summary>What a number field says; of a field with bytes, 0.</summary>
    public ulong Number { get; private set; }

    /// <summary>What a field with bytes says: a text or a message.</summary>
    public ReadOnlySpan<byte> Bytes { get; private set; }

    public readonly bool HasBytes => kind == 2;

    public readonly string Text
    {
        get
        {
            try
            {
                return Strict.GetString(Bytes);
            }
            catch (DecoderFallbackException)
            {
                throw new UnreadableLogsException("A name or a text is not UTF-8.");
            }
        }
    }

    /// <summary>Goes to the next field; false at the end.</summary>
    public bool Next()
    {
        if (rest.IsEmpty)
            return false;
        var tag = Varint();
        (Field, kind, Number) = ((int)(tag >> 3), (int)(tag & 7), 0);
        Bytes = [];
        if (tag > uint.MaxValue || Field == 0)
            throw new UnreadableLogsException($"There is no field {tag >> 3}.");
        switch (kind)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Number = BinaryPrimitives.ReadUInt64LittleEndian(Take(8));
                break;
            case 2:
                Bytes = Take(Varint());
                break;
            case 5:
                Number = BinaryPrimitives.ReadUInt32LittleEndian(Take(4));
                break;
            default:
                throw new UnreadableLogsException($"Wire type {kind} is not used by this message.");
        }

        return true;
    }

    private ulong Varint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70 && !rest.IsEmpty; shift += 7)
        {
            var next = rest[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw new UnreadableLogsException("A number does not end.");
    }

    private ReadOnlySpan<byte> Take(ulong length)
    {
        if (length > (ulong)rest.Length)
            throw new UnreadableLogsException($"The message ends before a field of {length} bytes does.");
        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
