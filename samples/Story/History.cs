using Steady.Contracts.Budgets;

namespace Steady.Story;

/// <summary>
/// Thirty days in which all went well, at a fifth of the shop's traffic: what a service that has been measured for a month
/// brings along.
/// </summary>
public static class History
{
    /// <summary>Requests a second before the story begins.</summary>
    public const int PerSecond = 3;

    /// <summary>Whether it was brought before: a story that is told again does not count the same month twice.</summary>
    public static bool IsThere(BudgetStatus budget) => budget.Good >= 15L * 24 * 3600 * PerSecond;

    public static IEnumerable<RecordCounts> Batches(DateTimeOffset now)
    {
        var minute = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero);
        // Hours are fine for what lies far back; the windows of the alerts need minutes.
        var recent = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, 0, 0, TimeSpan.Zero).AddHours(-6);
        var source = $"history-{minute:yyyyMMddHHmm}";
        for (var day = 30; day >= 1; day--)
            yield return new RecordCounts(
                source,
                31 - day,
                [.. Buckets(recent.AddDays(-day), 24, TimeSpan.FromHours(1))]
            );
        var minutes = (int)(minute - recent).TotalMinutes;
        yield return new RecordCounts(source, 31, [.. Buckets(recent, minutes, TimeSpan.FromMinutes(1))]);
    }

    private static IEnumerable<CountBucket> Buckets(DateTimeOffset first, int count, TimeSpan length) =>
        Enumerable
            .Range(0, count)
            .Select(i => new CountBucket(
                first + i * length,
                (int)length.TotalSeconds,
                (long)length.TotalSeconds * PerSecond,
                0
            ));
}
