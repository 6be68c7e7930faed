using Snappier;

namespace Steady.Budgets.Intake;

/// <summary>The snappy block format of remote-write, opened only when its claimed length is one that can be true.</summary>
public static class SnappyBlock
{
    // A copy of three bytes makes at most 64.
    private const int MostPerByte = 22;

    /// <summary>Length of the content that the block claims to hold; refused before anything is allocated for it.</summary>
    public static int Length(ReadOnlySpan<byte> block, int limit)
    {
        var claimed = Claimed(block);
        if (claimed > limit)
            throw new BodyTooLargeException(claimed, limit);
        if (claimed > (long)MostPerByte * block.Length)
            throw new UnreadableException($"{block.Length} bytes of snappy cannot hold {claimed} bytes.");
        return (int)claimed;
    }

    public static void Open(ReadOnlySpan<byte> block, Span<byte> content)
    {
        try
        {
            if (Snappy.Decompress(block, content) == content.Length)
                return;
        }
        catch (Exception e) when (e is InvalidDataException or ArgumentException)
        {
            // Said below: the library's words are about streams.
        }

        throw new UnreadableException("The body is no snappy block, as remote-write sends it (no frames, no gzip).");
    }

    private static long Claimed(ReadOnlySpan<byte> block)
    {
        var length = 0L;
        for (var i = 0; i < block.Length && i < 5; i++)
        {
            length |= (long)(block[i] & 0x7f) << (7 * i);
            if (block[i] < 0x80 && length <= uint.MaxValue)
                return length;
        }

        throw new UnreadableException("The body is no snappy block: it has no length.");
    }
}

/// <summary>A body that holds more than is read at once.</summary>
public sealed class BodyTooLargeException(long size, int limit)
    : Exception($"The body holds {size} bytes; {limit} are read at once. Send it in parts.");
