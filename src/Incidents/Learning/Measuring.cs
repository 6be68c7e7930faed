using System.Numerics;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Learning;

/// <summary>How long things took, of one incident and across many. Pure; whole seconds and whole numbers throughout.</summary>
public static class Measuring
{
    private const long ConfidencePerCent = 95;
    private static readonly int[] UpToMinutes = [1, 5, 15, 30, 60, 240, 1440];

    public static IReadOnlyList<MeasureName> Kinds { get; } = Enum.GetValues<MeasureName>();

    /// <param name="measures">What is measured of it now.</param>
    /// <param name="timestamps">Its moments.</param>
    /// <param name="publishedAt">When its postmortem told them; null when none did.</param>
    public static IReadOnlyList<MeasureFigure> Of(
        IReadOnlyList<IncidentMeasure> measures,
        IReadOnlyList<IncidentTimestamp> timestamps,
        DateTimeOffset? publishedAt
    )
    {
        var recorded = timestamps.ToDictionary(one => one.Moment, one => one.Holds?.RecordedAt);
        return
        [
            .. measures.Select(one =>
            {
                var corrected = recorded[one.From] > publishedAt || recorded[one.To] > publishedAt;
                return new MeasureFigure(one.Measure, StateOf(one.Validity, corrected), one.Seconds);
            }),
        ];
    }

    /// <param name="kind">Which.</param>
    /// <param name="figures">Of this kind, one per incident.</param>
    public static Measure Across(MeasureName kind, IReadOnlyList<MeasureFigure> figures)
    {
        var seconds = figures
            .Where(one => one.State is FigureState.Valid or FigureState.Stale)
            .Select(one => one.Seconds!.Value)
            .Order()
            .ToList();
        return new Measure(
            kind,
            seconds.Count,
            figures.Count(one => one.State == FigureState.Missing),
            figures.Count(one => one.State == FigureState.Invalid),
            figures.Count(one => one.State == FigureState.Stale),
            Percentile(seconds, 50),
            Percentile(seconds, 90),
            IntervalOfMedian(seconds),
            Histogram(seconds)
        );
    }

    /// <summary>The smallest that at least so many per cent do not exceed: one that was measured, nothing in between.</summary>
    public static long? Percentile(IReadOnlyList<long> sorted, int percent) =>
        sorted.Count == 0 ? null : sorted[(int)(((long)sorted.Count * percent + 99) / 100) - 1];

    /// <summary>
    /// The narrowest pair of order statistics, as far from one end as from the other, between which the median lies with at
    /// least 95 %: 1 − 2·P(B ≤ k − 1) for the k-th from each end, B binomial with n and one half. Exact, without assumption
    /// on how the lengths are distributed. Null where not even the smallest and the largest are far enough apart.
    /// </summary>
    public static MedianInterval? IntervalOfMedian(IReadOnlyList<long> sorted)
    {
        var n = sorted.Count;
        var all = BigInteger.One << n;
        // Below is P(B ≤ k − 1) times 2 to the n, for the k that is found so far.
        var (k, below, term, tail) = (0, BigInteger.Zero, BigInteger.One, BigInteger.Zero);
        for (var i = 0; i < n; i++)
        {
            tail += term;
            if ((all - (2 * tail)) * 100 < all * ConfidencePerCent)
                break;
            (k, below) = (i + 1, tail);
            term = term * (n - i) / (i + 1);
        }

        return k == 0
            ? null
            : new MedianInterval(sorted[k - 1], sorted[n - k], (decimal)((all - (2 * below)) * 10_000 / all) / 10_000);
    }

    private static List<MeasureBucket> Histogram(IReadOnlyList<long> seconds)
    {
        var buckets = new List<MeasureBucket>();
        var before = long.MinValue;
        foreach (var bound in UpToMinutes)
        {
            var until = bound * 60L;
            buckets.Add(new MeasureBucket(bound, seconds.Count(one => one > before && one <= until)));
            before = until;
        }

        buckets.Add(new MeasureBucket(null, seconds.Count(one => one > before)));
        return buckets;
    }

    private static FigureState StateOf(MeasureValidity validity, bool corrected) =>
        validity switch
        {
            MeasureValidity.Missing => FigureState.Missing,
            MeasureValidity.Invalid => FigureState.Invalid,
            _ => corrected ? FigureState.Stale : FigureState.Valid,
        };
}
