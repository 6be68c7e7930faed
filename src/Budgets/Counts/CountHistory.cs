using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>
/// An indicator's counts over a stretch of time, summed up from its beginning, so that any window within it is the
/// difference of two sums: exact, and two searches whatever its length. Pure.
/// </summary>
public sealed class CountHistory
{
    private readonly long[] starts;
    private readonly Tally[] sums;

    /// <param name="points">Starts and counts, in order; each start once.</param>
    public CountHistory(IReadOnlyList<(DateTimeOffset Start, Tally Tally)> points)
    {
        starts = new long[points.Count];
        sums = new Tally[points.Count + 1];
        for (var i = 0; i < points.Count; i++)
        {
            starts[i] = points[i].Start.UtcTicks;
            sums[i + 1] = sums[i] + points[i].Tally;
        }
    }

    /// <summary>Start of the oldest counts; null without any.</summary>
    public DateTimeOffset? First => starts.Length == 0 ? null : new DateTimeOffset(starts[0], TimeSpan.Zero);

    /// <summary>What was counted in buckets that began in [since, until).</summary>
    public Tally Between(DateTimeOffset since, DateTimeOffset until)
    {
        var (before, upTo) = (sums[Before(since)], sums[Before(until)]);
        return new Tally(upTo.Good - before.Good, upTo.Bad - before.Bad);
    }

    /// <summary>What was counted by slices of time that begin on whole multiples of their length since 1970, in order; silent ones are left out.</summary>
    public IEnumerable<(DateTimeOffset Start, Tally Tally)> Slices(TimeSpan length)
    {
        for (var at = 0; at < starts.Length; )
        {
            var start = Down(starts[at], length.Ticks);
            var end = at;
            while (end < starts.Length && starts[end] < start + length.Ticks)
                end++;
            var (before, upTo) = (sums[at], sums[end]);
            yield return (
                new DateTimeOffset(start, TimeSpan.Zero),
                new Tally(upTo.Good - before.Good, upTo.Bad - before.Bad)
            );
            at = end;
        }
    }

    private static long Down(long ticks, long length) => ticks - (ticks - DateTimeOffset.UnixEpoch.Ticks) % length;

    private int Before(DateTimeOffset moment)
    {
        var found = Array.BinarySearch(starts, moment.UtcTicks);
        return found < 0 ? ~found : found;
    }
}
