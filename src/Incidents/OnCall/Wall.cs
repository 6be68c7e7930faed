using System.Globalization;
using Steady.Contracts;

namespace Steady.Incidents.OnCall;

/// <summary>
/// The clock on a wall. A moment that it skips is the first one after it; one that it shows twice is the first of the two: so a
/// turn that ends at seven ends at seven, also in the nights when clocks are changed.
/// </summary>
public static class Wall
{
    public static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone) => WallClock.First(local, zone);

    public static DateTime Local(DateTimeOffset moment, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(moment.UtcDateTime, zone);

    /// <summary>Time since midnight of <c>HH:mm</c>, up to 24:00; null when it is none.</summary>
    public static TimeSpan? Time(string? text) =>
        text == "24:00" ? TimeSpan.FromDays(1)
        : TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.ToTimeSpan()
        : null;
}
