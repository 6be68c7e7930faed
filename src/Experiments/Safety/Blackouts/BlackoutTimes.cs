using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Safety.Blackouts;

/// <summary>Blackouts as moments: pure, by the zone's rules as they are known today.</summary>
public static class BlackoutTimes
{
    /// <summary>The first stretch of a blackout that touches [from, until); null when none does.</summary>
    public static (DateTimeOffset Begins, DateTimeOffset Ends)? Touched(
        Blackout blackout,
        DateTimeOffset from,
        DateTimeOffset until
    ) => Next(blackout, from) is { } next && next.Begins < until ? next : null;

    /// <summary>The stretch that goes on at a moment, or else the next one; null when there is none any more.</summary>
    public static (DateTimeOffset Begins, DateTimeOffset Ends)? Next(Blackout blackout, DateTimeOffset now)
    {
        if (blackout.Lifted)
            return null;
        var window = blackout.Window;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(window.Zone);
        var weeks = window.EveryWeek ? Weeks(window, TimeZoneInfo.ConvertTime(now, zone).DateTime) : 0;
        // Clocks that go forward or back move an end by an hour, so the week before and the one after are looked at too.
        for (var week = Math.Max(0, weeks - 1); week <= weeks + (window.EveryWeek ? 2 : 0); week++)
        {
            var (begins, ends) = (At(window.From, week, zone, first: true), At(window.Until, week, zone, first: false));
            if (ends > now)
                return (begins, ends);
        }

        return null;
    }

    private static int Weeks(BlackoutWindow window, DateTime local) =>
        Math.Max(0, (int)Math.Floor((local - window.Until).TotalDays / 7));

    // An hour that comes twice is in the blackout as a whole; one that does not exist ends it, or begins it, when the clock goes on.
    private static DateTimeOffset At(DateTime wall, int week, TimeZoneInfo zone, bool first) =>
        first ? WallClock.First(wall.AddDays(7 * week), zone) : WallClock.Last(wall.AddDays(7 * week), zone);
}
