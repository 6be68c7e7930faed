namespace Steady.Budgets.Intake;

/// <summary>What became of a sample that is meant.</summary>
public enum Fate
{
    /// <summary>Its increase is counted.</summary>
    Counted,

    /// <summary>The first of its series, which had begun before we did: counting goes on from here.</summary>
    Begun,

    /// <summary>It, or a newer one, came before.</summary>
    Duplicate,

    /// <summary>Its other half is still to come.</summary>
    Waiting,

    /// <summary>A delta too far back to be told from a repetition.</summary>
    TooLate,

    /// <summary>More events at once than any counter has; counting goes on from here.</summary>
    TooLarge,
}

/// <summary>Which kind of thing is remembered under an id. Stored: numbers are never given to something else.</summary>
public enum CounterKind
{
    Counter = 1,
    Deltas = 2,
    Target = 3,
}

/// <summary>
/// What is remembered of one series, or of two that are read together: enough to tell an increase from a repetition, a
/// reset from a late sample. Increases are whole numbers; nothing is ever estimated between samples.
/// </summary>
public sealed class Counter(CounterKind kind, UInt128 id)
{
    private const int MostDeltas = 32;
    private const int MostHalves = 8;
    private List<Half>? halves;
    private SortedSet<(long At, long Start)>? deltas;

    public CounterKind Kind { get; } = kind;

    public UInt128 Id { get; } = id;

    /// <summary>The stored row it is in; null once it is forgotten.</summary>
    public StoredRow? Row { get; set; }

    /// <summary>Where in its row.</summary>
    public int Place { get; set; }

    /// <summary>Time of the newest sample; 0 before the first. Of a target: when it was first seen.</summary>
    public long At { get; set; }

    /// <summary>When the series says it began; 0 when it does not say. Of a target: when it was seen for the second time.</summary>
    public long Start { get; set; }

    public long First { get; set; }

    public long Second { get; set; }

    /// <summary>What the good half of a pair came ahead of the total: subtracted from the next bad ones.</summary>
    public long Debt { get; set; }

    /// <summary>A stale marker came: the series has ended or its target is gone. What comes next is compared as ever.</summary>
    public bool Ended { get; set; }

    /// <summary>The newest deltas, by end and start.</summary>
    public SortedSet<(long At, long Start)> Deltas => deltas ??= [];

    /// <summary>Deltas that ended before this are not told apart from repetitions.</summary>
    public long Floor { get; set; }

    /// <summary>Halves that wait for their partner.</summary>
    public int Waiting => halves?.Count ?? 0;

    /// <summary>
    /// Takes a sample of a cumulative counter. At or before the newest it is a repetition; less than the newest, or begun
    /// later, it is a reset and counts whole; the first of all counts whole only when the series was born while we watched.
    /// </summary>
    public Fate Cumulative(long at, long start, long first, long second, bool born, out long more, out long moreSecond)
    {
        (more, moreSecond) = (0, 0);
        if (At != 0 && (at <= At || (start != 0 && start < Start)))
            return Fate.Duplicate;
        var isFirst = At == 0;
        var isReset = !isFirst && (first < First || second < Second || BegunAnew(start));
        if (!isFirst || born)
            (more, moreSecond) = isFirst || isReset ? (first, second) : (first - First, second - Second);
        if (isReset)
            Debt = 0;
        (At, Start, First, Second, Ended) = (at, start == 0 ? Start : start, first, second, false);
        return isFirst && !born ? Fate.Begun : Fate.Counted;
    }

    /// <summary>Keeps one half of a pair until the other of the same time is there; then both are to be taken.</summary>
    public Fate Take(bool isSecond, long at, long start, long value, out (long First, long Second, long Start) both)
    {
        both = default;
        if (at <= At)
            return Fate.Duplicate;
        halves ??= [];
        var i = halves.FindIndex(half => half.At == at);
        if (i < 0)
        {
            if (halves.Count == MostHalves)
                halves.RemoveAt(0);
            halves.Add(new Half(at, start, value, isSecond));
            return Fate.Waiting;
        }

        var other = halves[i];
        if (other.IsSecond == isSecond)
            return Fate.Duplicate;
        both = isSecond
            ? (other.Value, value, Math.Max(start, other.Start))
            : (value, other.Value, Math.Max(start, other.Start));
        halves.RemoveAll(half => half.At <= at);
        return Fate.Counted;
    }

    /// <summary>What is bad of a pair's increases. A good half read a moment later than the total may be ahead: that is owed.</summary>
    public long Bad(long good, long total)
    {
        var bad = total - good - Debt;
        Debt = bad < 0 ? -bad : 0;
        return Math.Max(bad, 0);
    }

    /// <summary>Takes a delta: the same start and end again is a repetition, whatever order they come in.</summary>
    public Fate Delta(long at, long start)
    {
        if (at <= Floor)
            return Fate.TooLate;
        if (!Deltas.Add((at, start)))
            return Fate.Duplicate;
        At = Math.Max(At, at);
        while (Deltas.Count > MostDeltas)
        {
            var oldest = Deltas.Min;
            Floor = oldest.At;
            Deltas.Remove(oldest);
        }

        return Fate.Counted;
    }

    /// <summary>Notes that a target was read at this time; true when that is worth remembering (the first two times are).</summary>
    public bool Seen(long at)
    {
        if (At == 0 || at < At)
            (At, Start) = (at, At);
        else if (at > At && (Start == 0 || at < Start))
            Start = at;
        else
            return false;
        return true;
    }

    /// <summary>Whether a target had been read twice before this time, so that a series it did not have then is new.</summary>
    public bool KnownBefore(long at) => Start != 0 && at > Start;

    private bool BegunAnew(long start) => start != 0 && start > (Start == 0 ? At : Start);

    private readonly record struct Half(long At, long Start, long Value, bool IsSecond);
}
