using System.Globalization;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// Calendar windows. Their anchors are wall-clock moments: start + n · duration, never the previous one + 1, so that an
/// anchor on the 31st is clamped in short months and comes back. Days and longer follow the clock on the wall, so a day
/// with a change of clocks has 23 or 25 hours; minutes and hours are always as long. A wall-clock moment that is skipped
/// is the first one after it, one that comes twice is the first of the two. OpenSLO, timeWindow.calendar.
/// </summary>
public static class Calendars
{
    private static readonly string[] Forms =
    [
        "yyyy-MM-dd HH:mm:ss",
        "yyyy-MM-dd HH:mm",
        "yyyy-MM-dd'T'HH:mm:ss",
        "yyyy-MM-dd'T'HH:mm",
        "yyyy-MM-dd",
    ];

    /// <summary>A local date and time; null when it is none.</summary>
    public static DateTime? Local(string text) =>
        DateTime.TryParseExact(text, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            ? local
            : null;

    /// <summary>The n-th window, which ends where the next one begins.</summary>
    public static Interval Window(Duration duration, DateTime start, TimeZoneInfo zone, int index) =>
        new(Anchor(duration, start, zone, index), Anchor(duration, start, zone, index + 1));

    /// <summary>The n-th window of an objective's terms.</summary>
    public static Interval Window(WindowTerms terms, int index) =>
        Window(
            Durations.Parse(terms.Duration),
            Local(terms.Calendar!.Start)!.Value,
            WallClock.Zone(terms.Calendar.TimeZone)!,
            index
        );

    /// <summary>Beginning of the n-th window, in UTC.</summary>
    public static DateTimeOffset Anchor(Duration duration, DateTime start, TimeZoneInfo zone, int index) =>
        duration switch
        {
            { Months: > 0 } => WallClock.First(start.AddMonths(index * duration.Months), zone),
            { Unit: 'm' or 'h' } => WallClock.First(start, zone) + index * duration.Fixed!.Value,
            _ => WallClock.First(start + index * duration.Fixed!.Value, zone),
        };

    /// <summary>The window that a moment lies in, and its number; windows reach back before the first one too.</summary>
    public static (int Index, Interval Window) At(WindowTerms terms, DateTimeOffset moment)
    {
        var calendar = terms.Calendar!;
        var (duration, start, zone) = (
            Durations.Parse(terms.Duration),
            Local(calendar.Start)!.Value,
            WallClock.Zone(calendar.TimeZone)!
        );
        var length = duration.Fixed ?? TimeSpan.FromDays(30 * duration.Months);
        var index = (int)Math.Floor((decimal)(moment - WallClock.First(start, zone)).Ticks / length.Ticks);
        while (Anchor(duration, start, zone, index) > moment)
            index--;
        while (Anchor(duration, start, zone, index + 1) <= moment)
            index++;
        return (index, Window(duration, start, zone, index));
    }
}
