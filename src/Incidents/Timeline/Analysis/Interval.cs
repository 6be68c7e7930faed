using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>The time in which something happened, both ends included. Pure.</summary>
public readonly record struct Interval(DateTimeOffset From, DateTimeOffset To)
{
    /// <summary>What an entry says of itself, with the precision that it claims.</summary>
    public static Interval Of(TimelineEntry entry)
    {
        var (from, to) = (Precisions.From(entry).ToUniversalTime(), Precisions.Until(entry).ToUniversalTime());
        // Up to the next second, minute or hour, which is not part of it.
        var isUnit = entry.Precision is EntryPrecision.Second or EntryPrecision.Minute or EntryPrecision.Hour;
        return new Interval(
            from,
            to > from && isUnit ? to - TimeSpan.FromTicks(1)
                : to < from ? from
                : to
        );
    }

    /// <summary>Whether all of it lies before all of the other.</summary>
    public bool IsSurelyBefore(Interval other) => To < other.From;

    public bool IsApartFrom(Interval other) => IsSurelyBefore(other) || other.IsSurelyBefore(this);

    /// <summary>The same, less certain.</summary>
    public Interval Wider(TimeSpan before, TimeSpan after) =>
        new(
            From - DateTimeOffset.MinValue > before ? From - before : DateTimeOffset.MinValue,
            DateTimeOffset.MaxValue - To > after ? To + after : DateTimeOffset.MaxValue
        );
}

/// <summary>
/// How late each source tells at best: the lower envelope of received minus occurred. It is delay and a wrong clock
/// together and cannot be split from one side, so it only makes moments less certain and never moves one. Pure.
/// </summary>
public sealed class Lags
{
    // What is told later than that was written down later: it says nothing of a clock.
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);
    private readonly Dictionary<string, (int Count, TimeSpan Lowest)> known;

    private Lags(Dictionary<string, (int, TimeSpan)> known) => this.known = known;

    public static Lags Of(IEnumerable<TimelineEntry> entries) =>
        Of(entries.Select(one => new CountedEntry(one.Source, one.OccurredAt, one.RecordedAt, one.KnownUntil, true)));

    public static Lags Of(IEnumerable<CountedEntry> entries) =>
        new(
            entries
                .GroupBy(entry => entry.Source)
                .ToDictionary(
                    source => source.Key,
                    source => (source.Count(), source.Min(entry => entry.RecordedAt - entry.OccurredAt))
                )
        );

    /// <summary>The time in which an entry happened, as far as its source's clock can be trusted.</summary>
    public Interval Of(TimelineEntry entry)
    {
        var own = Interval.Of(entry);
        var by = Widening(known.GetValueOrDefault(entry.Source).Lowest);
        // A clock that is behind tells too early a moment, one that is ahead too late a moment.
        return by > TimeSpan.Zero ? own.Wider(TimeSpan.Zero, by) : own.Wider(-by, TimeSpan.Zero);
    }

    public IReadOnlyList<SourceLag> View() =>
        [
            .. known
                .OrderBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new SourceLag(
                    one.Key,
                    one.Value.Count,
                    Seconds(one.Value.Lowest),
                    Seconds(Widening(one.Value.Lowest).Duration())
                )),
        ];

    private static TimeSpan Widening(TimeSpan lowest) => lowest.Duration() > Longest ? TimeSpan.Zero : lowest;

    private static decimal Seconds(TimeSpan time) => Math.Round((decimal)time.Ticks / TimeSpan.TicksPerSecond, 3);
}
