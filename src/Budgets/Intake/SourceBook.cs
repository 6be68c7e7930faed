using System.Buffers.Binary;
using System.Globalization;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Intake;

/// <summary>The counters of one source, and what they have added since the last flush.</summary>
public sealed class SourceBook(string key)
{
    public const string PulledSuffix = "/pulled";
    public const string FullSuffix = "/full";
    private const long Hour = 3600L * 1_000_000_000;
    private readonly Dictionary<UInt128, Counter> counters = [];
    private readonly List<StoredRow> rows = [];
    private readonly List<StoredRow> changed = [];
    private readonly Stack<StoredRow> roomy = [];
    private readonly Dictionary<long, (long Good, long Bad)> added = [];
    private (long Bucket, long Good, long Bad) newest;
    private long sweptAt;
    private bool pulledChanged;
    private bool becameFull;

    public string Key { get; } = key;

    public string Sli { get; } = key[..Math.Max(key.LastIndexOf('/'), 0)];

    public int Series { get; private set; }

    /// <summary>Bounds that the histogram was seen to have, but for the threshold.</summary>
    public SortedSet<decimal> Bounds { get; } = [];

    /// <summary>Trace context of the newest request that added something.</summary>
    public string? TraceParent { get; set; }

    /// <summary>There was no room for a series: from then on, also after a start, it
    /// cannot be told whether one is new or was turned away or forgotten.</summary>
    public bool WasFull { get; private set; }

    /// <summary>Time of the newest sample since this book was opened.</summary>
    public long NewestAt { get; private set; }

    /// <summary>Until when the source has been asked; 0 before the first time.</summary>
    public long PulledUntil
    {
        get;
        set
        {
            pulledChanged |= value > field;
            field = Math.Max(field, value);
        }
    }

    public bool HasChanged => changed.Count > 0 || pulledChanged || becameFull;

    /// <summary>Rows that the logs know better than the stored rows do.</summary>
    public int Unfolded => rows.Count(row => row.IsUnfolded || row.HasChanged);

    /// <summary>A stored row; all up to it are there.</summary>
    public StoredRow Row(int number)
    {
        while (rows.Count <= number)
        {
            var row = new StoredRow(rows.Count);
            rows.Add(row);
            roomy.Push(row);
        }

        return rows[number];
    }

    /// <summary>Puts back what was stored as one row.</summary>
    public void Load(int number, IEnumerable<Counter> stored, bool isLogged)
    {
        var row = Row(number);
        foreach (var old in row.Counters.ToList())
            Forget(old);
        foreach (var counter in stored)
            Remember(counter, row);
        (row.Moved, row.IsAnother, row.IsUnfolded) = (0, false, isLogged);
    }

    public void LoadPulled(byte[] state)
    {
        PulledUntil = BinaryPrimitives.ReadInt64LittleEndian(state);
        pulledChanged = false;
    }

    /// <summary>It was full at any time before.</summary>
    public void LoadFull() => WasFull = true;

    public Counter? Find(UInt128 id) => counters.GetValueOrDefault(id);

    /// <summary>A new counter; null when there are as many as there may be and none of them has ended.</summary>
    public Counter? Open(CounterKind kind, UInt128 id, int most, long now)
    {
        if (counters.Count >= most)
        {
            becameFull |= !WasFull;
            WasFull = true;
            if (!Sweep(now))
                return null;
        }

        while (roomy.TryPeek(out var full) && full.Counters.Count >= StoredRow.Places)
            roomy.Pop();
        if (!roomy.TryPeek(out var row))
            row = Row(rows.Count);
        var counter = new Counter(kind, id);
        Anew(row);
        Remember(counter, row);
        return counter;
    }

    public void Changed(Counter counter)
    {
        var row = counter.Row!;
        if (!row.HasChanged)
            changed.Add(row);
        row.Moved |= 1u << counter.Place;
        if (counter.Kind != CounterKind.Target)
            NewestAt = Math.Max(NewestAt, counter.At);
    }

    public void Add(long at, long good, long bad)
    {
        // What was counted up to a moment happened before it.
        var bucket = (at - 1) / Nanos.Bucket;
        if (bucket != newest.Bucket)
        {
            Settle();
            newest = (bucket, 0, 0);
        }

        newest = (bucket, newest.Good + good, newest.Bad + bad);
    }

    /// <summary>What was added since the last flush, by ten seconds.</summary>
    public IReadOnlyList<CountBucket> Buckets()
    {
        Settle();
        return
        [
            .. added
                .Where(one => one.Value is not (0, 0))
                .OrderBy(one => one.Key)
                .Select(one => new CountBucket(
                    Nanos.Moment(one.Key * Nanos.Bucket),
                    10,
                    one.Value.Good,
                    one.Value.Bad
                )),
        ];
    }

    /// <summary>Writes what changed since the last flush.</summary>
    public void Log(ByteWriter log)
    {
        var moved = changed.Where(row => !row.IsAnother).ToList();
        if (moved.Count > 0)
            CounterLog.Write(log, Key, moved);
        foreach (var row in changed.Where(row => row.IsAnother))
            CounterLog.Write(log, KeyOf(row), CounterBytes.Write(row.Counters));
        if (becameFull)
            CounterLog.Write(log, Key + FullSuffix, [1]);
        if (pulledChanged)
            CounterLog.Write(log, Key + PulledSuffix, Pulled());
    }

    /// <summary>The rows that are to be stored instead of logs.</summary>
    public IEnumerable<(string Key, byte[] State)> Rows()
    {
        foreach (var row in rows.Where(row => row.IsUnfolded || row.HasChanged))
            yield return (KeyOf(row), CounterBytes.Write(row.Counters));
        if (WasFull)
            yield return (Key + FullSuffix, [1]);
        if (PulledUntil != 0)
            yield return (Key + PulledSuffix, Pulled());
    }

    /// <summary>What changed is stored now: as logs, or, folded, as rows.</summary>
    public void Flushed(bool folded)
    {
        foreach (var row in changed)
            (row.Moved, row.IsAnother, row.IsUnfolded) = (0, false, true);
        if (folded)
            rows.ForEach(row => row.IsUnfolded = false);
        changed.Clear();
        (pulledChanged, becameFull) = (false, false);
        added.Clear();
        TraceParent = null;
    }

    /// <summary>Forgets everything: nothing is counted from the source any more.</summary>
    public void Clear()
    {
        foreach (var counter in counters.Values.ToList())
        {
            Anew(counter.Row!);
            Forget(counter);
        }
    }

    private string KeyOf(StoredRow row) => $"{Key}/{row.Number.ToString(CultureInfo.InvariantCulture)}";

    private byte[] Pulled()
    {
        var until = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(until, PulledUntil);
        return until;
    }

    // Places mean something else from now on.
    private void Anew(StoredRow row)
    {
        if (!row.HasChanged)
            changed.Add(row);
        row.IsAnother = true;
    }

    private void Settle()
    {
        var (good, bad) = added.GetValueOrDefault(newest.Bucket);
        added[newest.Bucket] = (good + newest.Good, bad + newest.Bad);
        newest = default;
    }

    // Once a minute at most: series that ended, or were silent for a day, make room. Targets are met anew, so that what was
    // forgotten is not taken for newly born when it comes back.
    private bool Sweep(long now)
    {
        if (now - sweptAt < Hour / 60)
            return false;
        sweptAt = now;
        var before = counters.Count;
        var gone = counters.Values.Where(one =>
            one.Kind == CounterKind.Target || one.At < now - 24 * Hour || (one.Ended && one.At < now - Hour)
        );
        foreach (var counter in gone.ToList())
        {
            Anew(counter.Row!);
            roomy.Push(counter.Row!);
            Forget(counter);
        }

        return counters.Count < before;
    }

    private void Remember(Counter counter, StoredRow row)
    {
        (counter.Row, counter.Place) = (row, row.Counters.Count);
        counters[counter.Id] = counter;
        row.Counters.Add(counter);
        if (counter.Kind != CounterKind.Target)
            Series++;
    }

    private void Forget(Counter counter)
    {
        var left = counter.Row!.Counters;
        left.RemoveAt(counter.Place);
        for (var place = counter.Place; place < left.Count; place++)
            left[place].Place = place;
        counters.Remove(counter.Id);
        counter.Row = null;
        if (counter.Kind != CounterKind.Target)
            Series--;
    }
}
