using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.OnCall;

/// <summary>Hours of a week, by the clock on a wall. Pure.</summary>
public static class WeekHours
{
    /// <summary>What is wrong with hours, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(IReadOnlyList<LayerHours> hours)
    {
        for (var i = 0; i < hours.Count; i++)
        {
            if (Wall.Time(hours[i].From) is null || hours[i].From == "24:00")
                yield return ($"hours[{i}].from", NoTime(hours[i].From));
            if (Wall.Time(hours[i].To) is null)
                yield return ($"hours[{i}].to", NoTime(hours[i].To));
        }
    }

    /// <summary>Whether it is one of the hours. They were checked.</summary>
    public static bool Hold(IEnumerable<LayerHours> hours, string timeZone, DateTimeOffset at)
    {
        var zone = WallClock.Zone(timeZone)!;
        var today = DateOnly.FromDateTime(Wall.Local(at, zone));
        return hours.Any(one => Covers(one, today) || Covers(one, today.AddDays(-1)));

        // Hours that begin on a day may end on the next.
        bool Covers(LayerHours one, DateOnly day)
        {
            if (!one.Days.Contains(day.DayOfWeek))
                return false;
            var midnight = day.ToDateTime(TimeOnly.MinValue);
            var (from, to) = (Wall.Time(one.From)!.Value, Wall.Time(one.To)!.Value);
            var end = to > from ? to : to + TimeSpan.FromDays(1);
            return Wall.Moment(midnight + from, zone) <= at && at < Wall.Moment(midnight + end, zone);
        }
    }

    public static string NoTime(string text) => $"'{text}' is no time of day. Give hours and minutes such as 09:00.";
}
