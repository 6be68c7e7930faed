using System.Text;

namespace Steady.Budgets.Intake;

/// <summary>The two small messages that OTLP answers with, as protobuf.</summary>
public static class OtlpAnswer
{
    /// <summary><c>ExportMetricsServiceResponse</c> with a partial success.</summary>
    public static byte[] Partial(long refused, string message)
    {
        byte[] partial = [.. Number(1, refused), .. Bytes(2, Encoding.UTF8.GetBytes(message))];
        return Bytes(1, partial);
    }

    /// <summary><c>google.rpc.Status</c>.</summary>
    public static byte[] Status(int code, string message) =>
        [.. Number(1, code), .. Bytes(2, Encoding.UTF8.GetBytes(message))];

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
