namespace Steady.Budgets.Intake;

/// <summary>Counters as they are stored: a few dozen to a row.</summary>
public static class CounterBytes
{
    private const byte Version = 1;

    public static byte[] Write(IReadOnlyCollection<Counter> counters)
    {
        if (counters.Count == 0)
            return [];
        var bytes = new ByteWriter(72 * counters.Count);
        bytes.Add(Version);
        foreach (var counter in counters)
        {
            bytes.Add((byte)counter.Kind);
            bytes.Add(counter.Id);
            Write(bytes, counter);
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
        var reader = new StoredReader(bytes[1..]);
        while (!reader.IsAtEnd)
        {
            var counter = new Counter((CounterKind)reader.Byte(), reader.Id());
            Read(ref reader, counter);
            counters.Add(counter);
        }

        return counters;
    }

    /// <summary>All of a counter but its kind and id.</summary>
    internal static void Write(ByteWriter bytes, Counter counter)
    {
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

    internal static void Read(ref StoredReader reader, Counter counter)
    {
        (counter.At, counter.Start) = (reader.Number(), reader.Number());
        if (counter.Kind == CounterKind.Counter)
        {
            (counter.First, counter.Second, counter.Debt) = (reader.Number(), reader.Number(), reader.Number());
            counter.Ended = reader.Byte() == 1;
        }
        else if (counter.Kind == CounterKind.Deltas)
        {
            counter.Floor = reader.Number();
            counter.Deltas.Clear();
            for (int i = reader.Byte(); i > 0; i--)
                counter.Deltas.Add((reader.Number(), reader.Number()));
        }
    }
}
