namespace Steady.Budgets.Intake;

/// <summary>
/// What a flush changed of the counters, in a few bytes each: those that moved by their place, and rows in which counters
/// came or went as a whole. Logs read one after the other onto the stored rows give what was in memory.
/// </summary>
public static class CounterLog
{
    internal const byte Version = 1;
    internal const byte Moves = 1;
    internal const byte Whole = 2;
    private const int IsEnded = 1;
    private const int HasStart = 2;
    private const int HasSecond = 4;
    private const int HasDebt = 8;

    /// <summary>A row as it is stored elsewhere, under its key.</summary>
    public static void Write(ByteWriter log, string key, ReadOnlySpan<byte> state)
    {
        log.Add(Whole);
        log.Add(key);
        log.Add(state);
    }

    /// <summary>The counters of a source that moved.</summary>
    public static void Write(ByteWriter log, string source, IReadOnlyCollection<StoredRow> rows)
    {
        log.Add(Moves);
        log.Add(source);
        log.Small(rows.Count);
        var before = 0L;
        foreach (var row in rows)
        {
            log.Small(row.Number);
            log.Add(row.Moved);
            for (var place = 0; place < row.Counters.Count; place++)
            {
                if ((row.Moved >> place & 1) != 0)
                    Write(log, row.Counters[place], ref before);
            }
        }
    }

    /// <summary>Reads the counters of a source that moved into its rows.</summary>
    internal static void Read(ref StoredReader log, SourceBook source)
    {
        var before = 0L;
        for (var rows = log.Small(); rows > 0; rows--)
        {
            var row = source.Row((int)log.Small());
            row.IsUnfolded = true;
            var moved = log.Number32();
            for (var place = 0; moved >> place != 0 && place < StoredRow.Places; place++)
            {
                if ((moved >> place & 1) != 0)
                    Read(ref log, row.Counters[place], ref before);
            }
        }
    }

    // Samples of a request have mostly one time, and most counters say nothing but that and their value.
    private static void Write(ByteWriter log, Counter counter, ref long before)
    {
        if (counter.Kind != CounterKind.Counter)
        {
            CounterBytes.Write(log, counter);
            return;
        }

        log.Add(
            (byte)(
                (counter.Ended ? IsEnded : 0)
                | (counter.Start != 0 ? HasStart : 0)
                | (counter.Second != 0 ? HasSecond : 0)
                | (counter.Debt != 0 ? HasDebt : 0)
            )
        );
        log.EitherSign(counter.At - before);
        before = counter.At;
        log.Small(counter.First);
        if (counter.Start != 0)
            log.EitherSign(counter.At - counter.Start);
        if (counter.Second != 0)
            log.Small(counter.Second);
        if (counter.Debt != 0)
            log.Small(counter.Debt);
    }

    private static void Read(ref StoredReader log, Counter counter, ref long before)
    {
        if (counter.Kind != CounterKind.Counter)
        {
            CounterBytes.Read(ref log, counter);
            return;
        }

        var flags = log.Byte();
        before += log.EitherSign();
        counter.At = before;
        counter.First = log.Small();
        counter.Ended = (flags & IsEnded) != 0;
        counter.Start = (flags & HasStart) != 0 ? counter.At - log.EitherSign() : 0;
        counter.Second = (flags & HasSecond) != 0 ? log.Small() : 0;
        counter.Debt = (flags & HasDebt) != 0 ? log.Small() : 0;
    }
}

/// <summary>Counters that are stored together, each at its place; and what of them is not stored yet.</summary>
public sealed class StoredRow(int number)
{
    public const int Places = 32;

    public int Number { get; } = number;

    public List<Counter> Counters { get; } = new(Places);

    /// <summary>Places whose counters moved since the last flush.</summary>
    public uint Moved { get; set; }

    /// <summary>Counters came or went since the last flush, so that places mean something else.</summary>
    public bool IsAnother { get; set; }

    /// <summary>It changed since the last flush.</summary>
    public bool HasChanged => Moved != 0 || IsAnother;

    /// <summary>Logs know more of it than the stored row does.</summary>
    public bool IsUnfolded { get; set; }
}
