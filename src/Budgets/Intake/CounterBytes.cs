using System.Buffers.Binary;

namespace Steady.Budgets.Intake;

/// <summary>Counters as they are stored: a few dozen to a row, so that a flush writes rows and not series.</summary>
public static class CounterBytes
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyCollection<Counter> counters)
    {
        if (counters.Count == 0)
            return [];
        var bytes = new Buffer(64 * counters.Count);
        bytes.Add(Version);
        foreach (var counter in counters)
        {
            bytes.Add((byte)counter.Kind);
            bytes.Add(counter.Id);
            bytes.Add(counter.At);
            bytes.Add(counter.Start);
            if (counter.Kind == CounterKind.Counter)
            {
                bytes.Add(counter.First);
                bytes.Add(counter.Second);
                bytes.Add(counter.Debt);
                bytes.Add(counter.Ended ? (byte)1 : (byte)0);
            }
            else if (counter.Kind == CounterKind.Deltas)
            {
                bytes.Add(counter.Floor);
                bytes.Add((byte)counter.Deltas.Count);
                foreach (var (at, start) in counter.Deltas)
                {
                    bytes.Add(at);
                    bytes.Add(start);
                }
            }
        }

        return bytes.ToArray();
    }

    public static List<Counter> Read(ReadOnlySpan<byte> bytes)
    {
        var counters = new List<Counter>();
        if (bytes.IsEmpty)
            return counters;
        if (bytes[0] != Version)
            throw new InvalidDataException($"Counters of version {bytes[0]} are not known to this version of Steady.");
        var at = 1;
        while (at < bytes.Length)
        {
            var kind = (CounterKind)bytes[at];
            var counter = new Counter(kind, BinaryPrimitives.ReadUInt128LittleEndian(bytes[(at + 1)..]));
            at += 17;
            counter.At = Number(bytes, ref at);
            counter.Start = Number(bytes, ref at);
            if (kind == CounterKind.Counter)
            {
                counter.First = Number(bytes, ref at);
                counter.Second = Number(bytes, ref at);
                counter.Debt = Number(bytes, ref at);
                counter.Ended = bytes[at++] == 1;
            }
            else if (kind == CounterKind.Deltas)
            {
                counter.Floor = Number(bytes, ref at);
                for (int i = bytes[at++]; i > 0; i--)
                    counter.Deltas.Add((Number(bytes, ref at), Number(bytes, ref at)));
            }

            counters.Add(counter);
        }

        return counters;
    }

    private static long Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = BinaryPrimitives.ReadInt64LittleEndian(bytes[at..]);
        at += 8;
        return value;
    }

    private sealed class Buffer(int size)
    {
        private byte[] bytes = new byte[size];
        private int count;

        public void Add(byte value) => Room(1)[0] = value;

        public void Add(long value) => BinaryPrimitives.WriteInt64LittleEndian(Room(8), value);

        public void Add(UInt128 value) => BinaryPrimitives.WriteUInt128LittleEndian(Room(16), value);

        public byte[] ToArray() => bytes[..count];

        private Span<byte> Room(int more)
        {
            if (count + more > bytes.Length)
                Array.Resize(ref bytes, 2 * bytes.Length + more);
            count += more;
            return bytes.AsSpan(count - more, more);
        }
    }
}
