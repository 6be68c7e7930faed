using Steady.Kernel;

namespace Steady.Budgets.Toil;

/// <summary>A week of a team in whole minutes: its capacity, its line and what operations took.</summary>
public sealed record WeekTally(IsoWeek Week, TeamStaffed Staffing, long Spent)
{
    public long Capacity => 60L * Staffing.HoursPerWeek * Staffing.People;

    /// <summary>Half of the capacity, as the line of what operations may take.</summary>
    public long Cap => Capacity / 2;

    public bool Over => 2 * Spent > Capacity;
}

/// <summary>
/// Adds up work by ISO week. A minute belongs to the week in which it begins, so work over midnight on a Sunday is cut and
/// nothing is lost. Of one person no minute counts twice.
/// </summary>
public static class Weeks
{
    /// <summary>Every week that an entry touches, in order.</summary>
    public static IReadOnlyList<WeekTally> Of(IReadOnlyList<TeamStaffed> staffings, IReadOnlyList<ToilRecorded> entries)
    {
        var zone = Zone(staffings);
        return
        [
            .. entries
                .SelectMany(entry => Touched(entry, zone))
                .Distinct()
                .OrderBy(week => (week.Year, week.Number))
                .Select(week => Tally(week, staffings, entries)),
        ];
    }

    public static WeekTally Tally(
        IsoWeek week,
        IReadOnlyList<TeamStaffed> staffings,
        IReadOnlyList<ToilRecorded> entries
    )
    {
        var zone = Zone(staffings);
        var (from, until) = (week.Day(0, zone), week.Day(7, zone));
        return new WeekTally(week, StaffingAt(staffings, until), Minutes(entries, from, until).Sum(one => one.Minutes));
    }

    /// <summary>
    /// The minutes of each entry between two moments, each person's time once: what is already counted for an entry that
    /// began earlier is not counted again.
    /// </summary>
    public static IEnumerable<(ToilRecorded Entry, long Minutes)> Minutes(
        IReadOnlyList<ToilRecorded> entries,
        DateTimeOffset from,
        DateTimeOffset until
    )
    {
        var counted = new Dictionary<Guid, DateTimeOffset>();
        foreach (var entry in entries.OrderBy(entry => entry.Start).ThenBy(entry => entry.EntryId))
        {
            var (start, end) = (entry.Start, entry.Start.AddMinutes(entry.Minutes));
            if (entry.Person is { } person)
            {
                var already = counted.GetValueOrDefault(person, DateTimeOffset.MinValue);
                start = Later(start, already);
                counted[person] = Later(already, end);
            }

            var minutes = (Earlier(end, until) - Later(start, from)).Ticks / TimeSpan.TicksPerMinute;
            if (minutes > 0)
                yield return (entry, minutes);
        }
    }

    public static TimeZoneInfo Zone(IReadOnlyList<TeamStaffed> staffings) =>
        TimeZoneInfo.FindSystemTimeZoneById(staffings[^1].TimeZone);

    /// <summary>What crossed the line, or came back, with what is about to happen.</summary>
    public static Decision WithCrossings(
        ToilTeam team,
        ToilTeam after,
        IReadOnlyList<object> happened,
        DateTimeOffset now
    )
    {
        var crossings = new List<object>(happened);
        var zone = Zone(after.Staffings);
        foreach (var week in Of(after.Staffings, [.. team.Entries, .. after.Entries]).Select(tally => tally.Week))
        {
            var tally = Tally(week, after.Staffings, after.Entries);
            var (name, was) = ($"{week}", team.Over.Contains($"{week}"));
            if (tally.Over && !was)
                crossings.Add(
                    new ToilCapReached(
                        team.Team,
                        name,
                        tally.Spent,
                        tally.Cap,
                        after.Staffings[^1].DeveloperTeam,
                        week.Day(7, zone),
                        now
                    )
                );
            else if (!tally.Over && was)
                crossings.Add(new ToilCapCleared(team.Team, name, tally.Spent, tally.Cap, now));
        }

        return [.. crossings];
    }

    // A change of the team holds from the week on in which it is made; before its first staffing it was as it is first told.
    private static TeamStaffed StaffingAt(IReadOnlyList<TeamStaffed> staffings, DateTimeOffset until) =>
        staffings.LastOrDefault(staffing => staffing.At < until) ?? staffings[0];

    private static IEnumerable<IsoWeek> Touched(ToilRecorded entry, TimeZoneInfo zone)
    {
        // An entry is a day long at most, so it touches two weeks at most.
        yield return IsoWeek.Of(entry.Start, zone);
        yield return IsoWeek.Of(entry.Start.AddMinutes(entry.Minutes - 1), zone);
    }

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;
}
