using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.OnCall;

/// <summary>What may be done with a schedule. Pure.</summary>
public static class Scheduling
{
    private const int MostOverrides = 2000;
    private const int LongestLength = 1000;
    private static readonly TimeSpan LongestOverride = TimeSpan.FromDays(366);
    private static readonly DateOnly FirstStart = new(2000, 1, 1);
    private static readonly DateOnly LastStart = new(2100, 1, 1);

    /// <summary>What is wrong with a schedule, by field.</summary>
    public static IEnumerable<(string Field, string Message)> Check(SetSchedule schedule)
    {
        if (WallClock.Zone(schedule.TimeZone) is null)
            yield return ("timeZone", NoZone(schedule.TimeZone));
        for (var i = 0; i < schedule.Layers.Count; i++)
        {
            foreach (var (field, message) in Check(schedule.Layers[i]))
                yield return ($"layers[{i}].{field}", message);
        }

        foreach (var twice in schedule.Layers.GroupBy(layer => layer.Name).Where(same => same.Count() > 1))
            yield return ("layers", $"Two layers are called '{twice.Key}'. Give each its own name.");
    }

    /// <summary>Made once; the same request again changes nothing.</summary>
    public static Decision Override(Schedule schedule, Guid id, OverrideSchedule command, Actor by, DateTimeOffset now)
    {
        if (command.To <= command.From || command.To - command.From > LongestOverride)
            return new Refusal(
                "override-span",
                "An override ends after it begins, and at most 366 days later. Correct 'from' or 'to'."
            );
        if (schedule.Overrides.Any(one => one.OverrideId == id))
            return [];
        if (schedule.Overrides.Count >= MostOverrides)
            return new Refusal(
                "override-limit",
                $"The schedule has {MostOverrides} overrides. Change its layers instead: PUT the schedule."
            );
        return
        [
            new ScheduleOverridden(
                schedule.Name,
                id,
                command.Person,
                command.From.ToUniversalTime(),
                command.To.ToUniversalTime(),
                command.Reason,
                by.Name,
                now
            ),
        ];
    }

    /// <summary>Taken back once; again changes nothing.</summary>
    public static Decision Cancel(Schedule schedule, Guid id, Actor by, DateTimeOffset now) =>
        schedule.Overrides.Any(one => one.OverrideId == id)
            ? [new OverrideCancelled(schedule.Name, id, by.Name, now)]
            : [];

    private static IEnumerable<(string Field, string Message)> Check(RotationLayer layer)
    {
        if (layer.TimeZone is { } zone && WallClock.Zone(zone) is null)
            yield return ("timeZone", NoZone(zone));
        if (Wall.Time(layer.Handoff) is null || layer.Handoff == "24:00")
            yield return ("handoff", WeekHours.NoTime(layer.Handoff));
        if (layer.Start < FirstStart || layer.Start > LastStart)
            yield return ("start", "The first turn begins between 2000 and 2100.");
        if (layer.Lengths?.Any(length => length is < 1 or > LongestLength) is true)
            yield return ("lengths", $"A turn has 1 to {LongestLength} of its unit.");
        for (var i = 0; i < layer.Members.Count; i++)
        {
            if (layer.Members[i].Until <= layer.Members[i].From)
                yield return ($"members[{i}].until", "Somebody leaves after having joined.");
        }

        foreach (var wrong in WeekHours.Check(layer.Hours ?? []))
            yield return wrong;
    }

    private static string NoZone(string name) => $"'{name}' is no time zone. Give an IANA name such as Europe/Berlin.";
}
