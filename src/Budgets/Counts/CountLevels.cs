namespace Steady.Budgets.Counts;

/// <summary>Counts of one indicator that stand at one start. Until: where the last bucket among them ends.</summary>
public readonly record struct CountRow(int Sli, DateTimeOffset Start, DateTimeOffset Until, long Good, long Bad)
{
    public short Seconds(TimeSpan least) => (short)Math.Max(least.TotalSeconds, (Until - Start).TotalSeconds);
}

/// <summary>One flush, cut into levels. Within each level rows are in order and none comes twice. Pure.</summary>
public sealed record CountLevels(
    IReadOnlyList<CountRow> Tens,
    IReadOnlyList<CountRow> Minutes,
    IReadOnlyList<CountRow> Hours,
    IReadOnlyList<CountRow> Days
)
{
    public static CountLevels Of(IEnumerable<CountRow> counts)
    {
        var sorted = counts.ToArray();
        Array.Sort(sorted, (a, b) => a.Sli != b.Sli ? a.Sli.CompareTo(b.Sli) : a.Start.CompareTo(b.Start));
        var tens = Merge(sorted, Horizons.Slot);
        var minutes = Merge(tens, Horizons.Minute);
        var hours = Merge(minutes, Horizons.Hour);
        return new CountLevels(tens, minutes, hours, Merge(hours, Horizons.Day));
    }

    /// <summary>The minutes that came too late to have been known at their time, or after their hour was closed.</summary>
    public IReadOnlyList<CountRow> Late(DateTimeOffset now, CountPolicy policy) =>
        [.. Minutes.Where(row => row.Start + Horizons.Minute + policy.Grace < now)];

    // Sorted rows stay sorted when their starts are rounded down, so equal ones are neighbours.
    private static List<CountRow> Merge(IReadOnlyList<CountRow> sorted, TimeSpan step)
    {
        var merged = new List<CountRow>(sorted.Count);
        foreach (var row in sorted)
        {
            var start = row.Start.Down(step);
            if (merged.Count > 0 && merged[^1] is var last && last.Sli == row.Sli && last.Start == start)
                merged[^1] = last with
                {
                    Until = last.Until > row.Until ? last.Until : row.Until,
                    Good = checked(last.Good + row.Good),
                    Bad = checked(last.Bad + row.Bad),
                };
            else
                merged.Add(row with { Start = start });
        }

        return merged;
    }
}

/// <summary>A piece of time that is read from one level; all pieces of a stretch together are the stretch.</summary>
public readonly record struct CountPiece(int Stretch, CountLevel Level, DateTimeOffset Since, DateTimeOffset Until)
{
    /// <summary>Cuts [since, until) into whole days, whole hours, whole minutes and tens, as coarse as possible.</summary>
    public static void Cut(List<CountPiece> pieces, int stretch, DateTimeOffset since, DateTimeOffset until) =>
        Cut(pieces, stretch, since, until, CountLevel.Day);

    private static void Cut(
        List<CountPiece> pieces,
        int stretch,
        DateTimeOffset since,
        DateTimeOffset until,
        CountLevel level
    )
    {
        if (since >= until)
            return;
        var step = StepOf(level);
        var (first, last) = (since.Up(step), until.Down(step));
        if (first >= last)
        {
            Cut(pieces, stretch, since, until, level - 1);
            return;
        }

        pieces.Add(new CountPiece(stretch, level, first, last));
        if (level == CountLevel.Ten)
            return;
        Cut(pieces, stretch, since, first, level - 1);
        Cut(pieces, stretch, last, until, level - 1);
    }

    private static TimeSpan StepOf(CountLevel level) =>
        level switch
        {
            CountLevel.Ten => Horizons.Slot,
            CountLevel.Minute => Horizons.Minute,
            CountLevel.Hour => Horizons.Hour,
            _ => Horizons.Day,
        };
}

/// <summary>How coarse counts are.</summary>
public enum CountLevel
{
    Ten,
    Minute,
    Hour,
    Day,
}
