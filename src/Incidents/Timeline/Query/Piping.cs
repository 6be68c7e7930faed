using System.Globalization;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>What pipes make of entries that were read. Pure.</summary>
public static class Piping
{
    public static IReadOnlyList<TimelineEntry> Shown(IReadOnlyList<TimelineEntry> entries, Pipe pipe) =>
        pipe switch
        {
            First first => [.. entries.Take(first.Count)],
            Last last => [.. entries.TakeLast(last.Count)],
            _ => entries,
        };

    /// <summary>Stretches in which nothing happened: from the latest end so far until the next beginning.</summary>
    public static IReadOnlyList<TimelineGap> GapsIn(IEnumerable<TimelineEntry> entries, TimeSpan longer)
    {
        var gaps = new List<TimelineGap>();
        TimelineEntry? before = null;
        foreach (var entry in entries.OrderBy(one => one.OccurredAt).ThenBy(one => one.Sequence))
        {
            if (before is not null && entry.OccurredAt - End(before) > longer)
                gaps.Add(
                    new TimelineGap(
                        End(before),
                        entry.OccurredAt,
                        (entry.OccurredAt - End(before)).Ticks / (decimal)TimeSpan.TicksPerSecond,
                        before.Id,
                        entry.Id
                    )
                );
            if (before is null || End(entry) >= End(before))
                before = entry;
        }

        return gaps;
    }

    public static IReadOnlyList<TimelineCount> Counts(IEnumerable<TimelineEntry> entries, string by) =>
        [
            .. entries
                .SelectMany(entry => Keys(entry, by))
                .CountBy(key => key)
                .OrderByDescending(one => one.Value)
                .ThenBy(one => one.Key, StringComparer.Ordinal)
                .Select(one => new TimelineCount(one.Key, one.Value)),
        ];

    private static DateTimeOffset End(TimelineEntry entry) => entry.OccurredUntil ?? entry.OccurredAt;

    private static IEnumerable<string> Keys(TimelineEntry entry, string by) =>
        by switch
        {
            "kind" => [entry.Kind],
            "category" => [entry.Category],
            "source" => [entry.Source],
            "by" => [entry.Actor],
            "service" => entry.Services,
            "confidence" => [entry.Confidence is { } sure ? $"{sure}".ToLowerInvariant() : ""],
            "hour" => [Day(entry, "yyyy-MM-dd'T'HH':00Z'")],
            "day" => [Day(entry, "yyyy-MM-dd")],
            _ => [entry.Labels?.GetValueOrDefault(by[Fields.Label.Length..]) ?? ""],
        };

    private static string Day(TimelineEntry entry, string format) =>
        entry.OccurredAt.UtcDateTime.ToString(format, CultureInfo.InvariantCulture);
}
