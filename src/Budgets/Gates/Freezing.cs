using System.Globalization;
using Steady.Contracts;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

/// <summary>Times in which nothing is let through, by the wall clock of a place. Pure.</summary>
public static class Freezing
{
    public const string Form = "Local time as 2026-11-27 00:00, or fri 16:00 for every week.";
    private const string Moment = "yyyy-MM-dd HH:mm";
    private const int Week = 7 * 24 * 60;
    private static readonly string[] Days = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    /// <summary>What is wrong with a freeze: member, message, what would be accepted.</summary>
    public static IEnumerable<(string Member, string Message, string Accepted)> Check(CalendarFreeze freeze)
    {
        if (freeze.TimeZone.Length > 0 && WallClock.Zone(freeze.TimeZone) is null)
            yield return ("timeZone", "This zone is unknown.", "An IANA zone, for example Europe/Berlin.");
        var once = (From: Once(freeze.From), To: Once(freeze.To));
        var weekly = (From: Weekly(freeze.From), To: Weekly(freeze.To));
        if (freeze.From.Length > 0 && once.From is null && weekly.From is null)
            yield return ("from", "This is no local time.", Form);
        else if (freeze.To.Length > 0 && once.To is null && weekly.To is null)
            yield return ("to", "This is no local time.", Form);
        else if ((once.From is null) != (once.To is null))
            yield return ("to", "Beginning and end are not of the same kind.", Form);
        else if (once.To <= once.From || weekly.To == weekly.From && weekly.To is not null)
            yield return ("to", "The end does not come after the beginning.", "A later time.");
    }

    /// <summary>Until when the freeze holds; null when it does not hold now.</summary>
    public static DateTimeOffset? Until(CalendarFreeze freeze, DateTimeOffset now)
    {
        var (from, to) = Around(freeze, now).FirstOrDefault(span => span.From <= now && now < span.To);
        return to > now && from <= now ? to : null;
    }

    /// <summary>When it begins the next time; null when it never does again.</summary>
    public static DateTimeOffset? Next(CalendarFreeze freeze, DateTimeOffset now) =>
        Around(freeze, now).Where(span => span.From > now).Select(span => (DateTimeOffset?)span.From).Min();

    private static IEnumerable<(DateTimeOffset From, DateTimeOffset To)> Around(
        CalendarFreeze freeze,
        DateTimeOffset now
    )
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(freeze.TimeZone);
        if (Once(freeze.From) is { } from && Once(freeze.To) is { } to)
        {
            yield return (WallClock.First(from, zone), WallClock.First(to, zone));
            yield break;
        }

        var (begins, ends) = (Weekly(freeze.From)!.Value, Weekly(freeze.To)!.Value);
        var length = (ends - begins + Week) % Week;
        var today = TimeZoneInfo.ConvertTime(now, zone).Date;
        var monday = today.AddDays(-(((int)today.DayOfWeek + 6) % 7));
        for (var week = -1; week <= 1; week++)
        {
            var start = monday.AddDays(7 * week).AddMinutes(begins);
            yield return (WallClock.First(start, zone), WallClock.First(start.AddMinutes(length), zone));
        }
    }

    private static DateTime? Once(string text) =>
        DateTime.TryParseExact(text, Moment, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) ? at : null;

    /// <summary>Minutes since Monday 00:00.</summary>
    private static int? Weekly(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != 2 || Array.IndexOf(Days, parts[0].ToLowerInvariant()) is not (>= 0 and var day))
            return null;
        return TimeOnly.TryParseExact(
            parts[1],
            "HH:mm",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var time
        )
            ? day * 24 * 60 + time.Hour * 60 + time.Minute
            : null;
    }
}
