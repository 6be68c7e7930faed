using System.Globalization;
using Steady.Budgets.Counts;

namespace Steady.Budgets.Intake;

/// <summary>
/// All counters, in memory as they are stored plus what came since. One thread applies deliveries; a flush that was not
/// stored is answered by a new book read from the store, so that memory never runs ahead of it.
/// </summary>
public sealed class CounterBook(int mostSeries, int logPerRow = 8 * 1024)
{
    private const int MostBounds = 200;
    private const long MostAtOnce = 1_000_000_000_000;
    private const long Ahead = 60L * 1_000_000_000;
    private const long Oldest = 400L * 24 * 3600 * 1_000_000_000;
    private readonly Dictionary<string, SourceBook> sources = [];
    private readonly Twins twins = new();
    private readonly ByteWriter log = new();
    private readonly List<(Observation Half, Counter Counter)> unpaired = [];
    private long logged;

    /// <summary>Number of the flush that wrote the newest row.</summary>
    public long Sequence { get; private set; }

    /// <summary>Takes a stored row, also one that another process wrote meanwhile.</summary>
    public void Load(string key, byte[] state, long sequence)
    {
        Sequence = Math.Max(Sequence, sequence);
        Load(key, state, isLogged: false);
    }

    /// <summary>Takes what a flush logged, in the order of flushes and after all rows.</summary>
    public void Replay(byte[] log, long sequence)
    {
        (Sequence, logged) = (Math.Max(Sequence, sequence), logged + log.Length);
        if (log[0] != CounterLog.Version)
            throw new InvalidDataException($"A log of version {log[0]} is not known to this version of Steady.");
        var reader = new StoredReader(log.AsSpan(1));
        while (!reader.IsAtEnd)
        {
            if (reader.Byte() == CounterLog.Moves)
                CounterLog.Read(ref reader, Source(reader.Text()));
            else
                Load(reader.Text(), reader.Bytes().ToArray(), isLogged: true);
        }
    }

    private void Load(string key, byte[] state, bool isLogged)
    {
        if (key.StartsWith(Twins.Prefix, StringComparison.Ordinal))
        {
            twins.Load(key, state);
            return;
        }

        var cut = key.LastIndexOf('/');
        if (key.AsSpan(cut) is SourceBook.PulledSuffix)
            Source(key[..cut]).LoadPulled(state);
        else if (key.AsSpan(cut) is SourceBook.FullSuffix)
            Source(key[..cut]).LoadFull();
        else if (int.TryParse(key.AsSpan(cut + 1), CultureInfo.InvariantCulture, out var row))
            Source(key[..cut]).Load(row, CounterBytes.Read(state), isLogged);
    }

    /// <summary>Applies what a request brought. Nothing of it is stored before <see cref="Changes"/> are.</summary>
    public Applied Apply(Delivery delivery, DateTimeOffset now)
    {
        var (applied, nanos) = (new Applied { TraceParent = delivery.TraceParent }, Nanos.Of(now));
        unpaired.Clear();
        foreach (ref readonly var observation in delivery.Observations.All)
        {
            if (observation.Route.Twin is { } twin && !twins.Leads(twin.Cluster, twin.Replica, nanos))
                applied.Duplicates++;
            else if (Check(observation, nanos) is { } trouble)
                Refuse(applied, observation, trouble);
            else
                Take(applied, observation, nanos);
        }

        foreach (var (half, _) in unpaired.Where(one => one.Counter.At == 0))
            Refuse(applied, half, Explain(half.Route));
        if (delivery.Pulled is { } pulled)
            Source(pulled.Mapping.Key).PulledUntil = pulled.Until;
        return applied;
    }

    /// <summary>Forgets the counters of sources that were switched off.</summary>
    public void Keep(IReadOnlySet<string> mappings)
    {
        foreach (var source in sources.Values.Where(source => !mappings.Contains(source.Key)))
            source.Clear();
    }

    /// <summary>The sources of which a flush must store something.</summary>
    public IReadOnlyList<SourceBook> Changes() => [.. sources.Values.Where(source => source.HasChanged)];

    /// <summary>
    /// What a flush must remember; null when nothing changed. Mostly a log; when logs have become a few times as large as
    /// the rows that they change, those rows.
    /// </summary>
    public CounterMemory? Memory(IReadOnlyList<SourceBook> changes)
    {
        if (changes.Count == 0 && !twins.HaveChanged)
            return null;
        log.Clear();
        log.Add(CounterLog.Version);
        foreach (var source in changes)
            source.Log(log);
        foreach (var (key, state) in twins.Changed())
            CounterLog.Write(log, key, state);
        logged += log.Count;
        if (logged < (long)logPerRow * Math.Max(1, sources.Values.Sum(source => source.Unfolded)))
            return new CounterMemory(log.Written, null);
        var rows = sources.Values.SelectMany(source => source.Rows()).Concat(twins.All());
        return new CounterMemory(default, [.. rows.Select(row => new CounterRow(row.Key, row.State))]);
    }

    /// <summary>What was to be remembered is stored.</summary>
    public void Flushed(long sequence, bool folded)
    {
        Sequence = sequence;
        twins.Flushed();
        foreach (var source in sources.Values.Where(source => folded || source.HasChanged))
            source.Flushed(folded);
        if (folded)
            logged = 0;
    }

    private static Trouble? Check(in Observation one, long now)
    {
        if (one.Route.Trouble is { } never)
            return never;
        if (one.Shape == Shape.Refused)
            return one.Trouble;
        if (one.At > now + Ahead)
            return Trouble.InTheFuture;
        return one.At < now - Oldest ? Trouble.TooOld : null;
    }

    private void Take(Applied applied, in Observation one, long now)
    {
        var (source, counter) = CounterOf(one, now);
        if (one.Route.Role == Role.OtherBound)
        {
            if (source.Bounds.Count < MostBounds && one.Route.Bound is { } bound)
                source.Bounds.Add(bound);
        }
        else if (counter is null)
        {
            Refuse(applied, one, Trouble.TooManySeries);
        }
        else if (one.Shape == Shape.Stale)
        {
            counter.Ended = one.At > counter.At || counter.Ended;
            source.Changed(counter);
        }
        else
        {
            var fate = one.Shape == Shape.Delta ? Delta(source, counter, one) : Cumulative(source, counter, one);
            Note(applied, source, counter, one, fate);
        }
    }

    private void Note(Applied applied, SourceBook source, Counter counter, in Observation one, Fate fate)
    {
        if (fate == Fate.Waiting)
        {
            if (counter.At == 0 && counter.Waiting > 1)
                unpaired.Add((one, counter));
            return;
        }

        if (fate == Fate.Duplicate)
        {
            applied.Duplicates++;
            return;
        }

        if (fate is Fate.TooLate or Fate.TooLarge)
            Refuse(applied, one, fate == Fate.TooLate ? Trouble.TooLate : Trouble.TooLarge);
        else
            applied.Counted++;
        source.TraceParent = applied.TraceParent ?? source.TraceParent;
        source.Changed(counter);
    }

    private static Fate Delta(SourceBook source, Counter counter, in Observation one)
    {
        if (one.Value > MostAtOnce || one.Total > MostAtOnce)
            return Fate.TooLarge;
        var fate = counter.Delta(one.At, one.Start);
        if (fate == Fate.Counted)
            Count(source, counter, one.Route.Role, one.At, one.Value, one.Total);
        return fate;
    }

    private static Fate Cumulative(SourceBook source, Counter counter, in Observation one)
    {
        var (at, start, first, second) = (one.At, one.Start, one.Value, one.Total);
        if (one.Route.Role is Role.GoodOfPair or Role.TotalOfPair)
        {
            var half = counter.Take(one.Route.Role == Role.TotalOfPair, at, start, one.Value, out var both);
            if (half != Fate.Counted)
                return half;
            (first, second, start) = both;
        }

        var fate = counter.Cumulative(
            at,
            start,
            first,
            second,
            IsBorn(source, one, start),
            out var more,
            out var other
        );
        if (more > MostAtOnce || other > MostAtOnce)
            return Fate.TooLarge;
        if (fate == Fate.Counted)
            Count(source, counter, one.Route.Role, at, more, other);
        return fate;
    }

    private static void Count(SourceBook source, Counter counter, Role role, long at, long more, long other)
    {
        if (role == Role.Good)
            source.Add(at, more, 0);
        else if (role == Role.Bad)
            source.Add(at, 0, more);
        else
            source.Add(at, more, counter.Bad(more, other));
    }

    // A series counts from nothing when it says that it began after the source was set, or, where nobody says, when its
    // target had been read twice without it: then it was not there, and all that it has counted is new.
    private static bool IsBorn(SourceBook source, in Observation one, long start)
    {
        if (start != 0)
            return start >= one.Route.Mapping.SinceNanos;
        return one.Route.Target != UInt128.Zero
            && one.Route.Found.Target?.KnownBefore(one.At) == true
            && !source.WasFull;
    }

    // Looked up once per series, until the counter or the book is another one. Deltas are kept beside sums of the same name.
    private (SourceBook Source, Counter? Counter) CounterOf(in Observation one, long now)
    {
        var route = one.Route;
        var (book, known, counter, target) = route.Found;
        var id = one.Shape == Shape.Delta ? ~route.Id : route.Id;
        var source = book == this && known is not null ? known : Source(route.Mapping.Key);
        if (route.Role == Role.OtherBound)
            return (source, null);
        // The target first: to open one may make room, which must not be made of the counter in hand. The target may be
        // taken for it; then it is met anew.
        if (route.Target != UInt128.Zero && (book != this || target is not { Row: not null }))
            target = source.Find(route.Target) ?? source.Open(CounterKind.Target, route.Target, mostSeries, now);
        if (book != this || counter is not { Row: not null } || counter.Id != id)
        {
            var kind = one.Shape == Shape.Delta ? CounterKind.Deltas : CounterKind.Counter;
            counter = source.Find(id) ?? source.Open(kind, id, mostSeries, now);
        }

        // Mostly it is as it was; what is written to thousands of routes costs more than to look.
        var found = (this, source, counter, target);
        if (route.Found != found)
            route.Found = found;
        if (target is { Row: not null } && target.Seen(one.At))
            source.Changed(target);
        return (source, counter);
    }

    private Trouble Explain(Route route) =>
        route.Mapping.Terms.Latency is { } latency && Source(route.Mapping.Key).Bounds is { Count: > 0 } bounds
            ? Trouble.Between(latency.Threshold, bounds)
            : Trouble.Unpaired;

    private static void Refuse(Applied applied, in Observation one, Trouble trouble) =>
        applied.Troubles.Add(one.Route.Mapping.Sli, trouble, one.Route.Series.ToString());

    /// <summary>The counters of a source.</summary>
    public SourceBook Source(string key)
    {
        if (!sources.TryGetValue(key, out var source))
            sources.Add(key, source = new SourceBook(key));
        return source;
    }
}
