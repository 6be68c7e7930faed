using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.GameDays;

/// <summary>A window on the wall clock as two moments: pure, by the zone's rules as they are known today.</summary>
public static class WindowTimes
{
    public static (DateTimeOffset Opens, DateTimeOffset Closes) Of(GameDayWindow window)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(window.Zone);
        var (from, until) = Local(window);
        // An hour that comes twice in autumn belongs to the window as a whole.
        return (WallClock.First(from, zone), WallClock.Last(until, zone));
    }

    /// <summary>What is wrong with the window; nothing when it names two moments.</summary>
    public static IEnumerable<(string Field, string Message)> Check(GameDayWindow window)
    {
        if (WallClock.Zone(window.Zone) is not { } zone)
        {
            yield return ("zone", $"'{window.Zone}' is no IANA time zone. Give one such as 'Europe/Berlin', or 'UTC'.");
            yield break;
        }

        var (from, until) = Local(window);
        if (WallClock.Moments(from, zone) is [])
            yield return ("from", Skipped(from, window.Zone));
        if (WallClock.Moments(until, zone) is [])
            yield return ("until", Skipped(until, window.Zone));
    }

    private static (DateTime From, DateTime Until) Local(GameDayWindow window) =>
        (
            window.Day.ToDateTime(window.From),
            window.Day.AddDays(window.Until > window.From ? 0 : 1).ToDateTime(window.Until)
        );

    private static string Skipped(DateTime local, string zone) =>
        $"{local:yyyy-MM-dd HH:mm} does not exist in {zone}: the clocks go forward over it. Give an hour later.";
}
