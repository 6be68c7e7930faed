using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline;

/// <summary>How wide a stated moment is. A time is never moved for it, only widened. Pure.</summary>
public static class Precisions
{
    /// <summary>Somebody's word is taken to be right within this much.</summary>
    public static readonly TimeSpan Approx = TimeSpan.FromMinutes(5);

    /// <summary>When it had happened at the latest; null for a clock that was read.</summary>
    public static DateTimeOffset? Until(DateTimeOffset at, EntryPrecision? precision) =>
        Width(precision) is { } width && width > TimeSpan.Zero && at < DateTimeOffset.MaxValue - width
            ? at + width
            : null;

    /// <summary>When it had not happened yet at the earliest.</summary>
    public static DateTimeOffset From(TimelineEntry entry) =>
        entry.Precision is EntryPrecision.Approx && entry.OccurredAt > DateTimeOffset.MinValue + Approx
            ? entry.OccurredAt - Approx
            : entry.OccurredAt;

    /// <summary>When it had happened at the latest.</summary>
    public static DateTimeOffset Until(TimelineEntry entry) => entry.OccurredUntil ?? entry.OccurredAt;

    private static TimeSpan? Width(EntryPrecision? precision) =>
        precision switch
        {
            EntryPrecision.Second => TimeSpan.FromSeconds(1),
            EntryPrecision.Minute => TimeSpan.FromMinutes(1),
            EntryPrecision.Hour => TimeSpan.FromHours(1),
            EntryPrecision.Approx => Approx,
            _ => null,
        };
}
