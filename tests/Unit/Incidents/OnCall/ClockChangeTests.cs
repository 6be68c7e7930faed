using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Xunit;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Turns in the nights when clocks are changed: thirty zones, both changes, every kind of rotation.</summary>
public sealed class ClockChangeTests
{
    internal static readonly string[] Zones =
    [
        "Europe/Berlin",
        "Europe/London",
        "Europe/Lisbon",
        "Europe/Dublin",
        "Europe/Athens",
        "Europe/Chisinau",
        "Atlantic/Azores",
        "Africa/Cairo",
        "Africa/Casablanca",
        "Asia/Beirut",
        "Asia/Jerusalem",
        "America/New_York",
        "America/Chicago",
        "America/Denver",
        "America/Los_Angeles",
        "America/Anchorage",
        "America/Adak",
        "America/St_Johns",
        "America/Halifax",
        "America/Havana",
        "America/Toronto",
        "America/Santiago",
        "America/Nuuk",
        "Australia/Sydney",
        "Australia/Adelaide",
        "Australia/Lord_Howe",
        "Pacific/Auckland",
        "Pacific/Chatham",
        "Pacific/Easter",
        "Antarctica/Troll",
    ];

    private static readonly string[] Handoffs =
    [
        "00:00",
        "00:30",
        "01:30",
        "02:00",
        "02:15",
        "02:30",
        "03:00",
        "09:00",
    ];

    public static TheoryData<string> All => [.. Zones];

    [Theory]
    [MemberData(nameof(All))]
    public void Turns_end_when_the_clock_says_so_whatever_it_does_that_night(string name)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(name);
        var changes = Changes(zone).ToList();
        Assert.True(changes.Count >= 2, $"{name} changes its clocks {changes.Count} times in 2025 to 2027");
        foreach (var change in changes)
        foreach (var unit in Enum.GetValues<TurnUnit>())
        foreach (var handoff in Handoffs)
        foreach (
            var (order, lengths) in (IEnumerable<(TurnOrder, int[])>)
                [(TurnOrder.Sequential, [1]), (TurnOrder.Sequential, [2, 1]), (TurnOrder.Fair, [2, 1])]
        )
            Holds(zone, change, unit, handoff, lengths, order);
    }

    private static void Holds(
        TimeZoneInfo zone,
        DateTimeOffset change,
        TurnUnit unit,
        string handoff,
        int[] lengths,
        TurnOrder order
    )
    {
        var (from, to) = (change.AddDays(-70), change.AddDays(70));
        var layer = new RotationLayer(
            "primary",
            DateOnly.FromDateTime(from.UtcDateTime.AddDays(-40)),
            handoff,
            unit,
            [new("ana"), new("bo"), new("cy")],
            lengths,
            zone.Id,
            Order: order
        );
        if (unit == TurnUnit.Hour)
            (from, to) = (change.AddDays(-2), change.AddDays(2));
        var schedule = Schedule.Create(new ScheduleSet("s", "Etc/UTC", [layer], "So", "ana", from));
        var shifts = Rostering.Shifts(schedule, from, to);
        var said = $"{zone.Id} {change:u} {unit} {handoff} {string.Join('+', lengths)} {order}";

        // All of the time, by people, who follow each other.
        Assert.True(shifts[0].From == from && shifts[^1].To == to, said);
        foreach (var (shift, next) in shifts.Zip(shifts.Skip(1)))
        {
            Assert.True(shift.To == next.From && shift.From < shift.To, said);
            // An hour's turn in the hour that the clock skips has no time.
            if (unit != TurnUnit.Hour && order == TurnOrder.Sequential)
                Assert.True(Follows(shift.Person, next.Person), said);
            Assert.True(IsAt(zone, next.From, handoff, unit), $"{said}: {next.From:u}");
        }
    }

    // On the wall it is the hand-over's time; or the clock skipped that, and this is the first moment after it. Never the second time.
    private static bool IsAt(TimeZoneInfo zone, DateTimeOffset moment, string handoff, TurnUnit unit)
    {
        var (local, before) = (Wall.Local(moment, zone), Wall.Local(moment.AddTicks(-1), zone));
        var wanted = local.Date + TimeSpan.ParseExact(handoff, "hh\\:mm", null);
        if (unit == TurnUnit.Hour)
            wanted = local.Date.AddHours(local.Hour).AddMinutes(wanted.Minute);
        var isSecond = Enumerable.Range(1, 180).Any(ago => Wall.Local(moment.AddMinutes(-ago), zone) == local);
        return !isSecond
            && ((before.AddTicks(1) <= wanted && wanted <= local) || Skipped(before, local, handoff, unit));
    }

    // A clock that goes over midnight skips a time of the day before.
    private static bool Skipped(DateTime before, DateTime local, string handoff, TurnUnit unit)
    {
        var time = TimeSpan.ParseExact(handoff, "hh\\:mm", null);
        var skipped = Enumerable
            .Range(0, (int)(local - before).TotalMinutes + 1)
            .Select(minutes => before.AddTicks(1).AddMinutes(minutes).TimeOfDay);
        return skipped.Any(one => unit == TurnUnit.Hour ? one.Minutes == time.Minutes : one == time);
    }

    private static bool Follows(string? person, string? next) =>
        (person, next) is ("ana", "bo") or ("bo", "cy") or ("cy", "ana");

    private static IEnumerable<DateTimeOffset> Changes(TimeZoneInfo zone)
    {
        var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (var end = at.AddYears(3); at < end; at = at.AddMinutes(30))
        {
            if (zone.GetUtcOffset(at) != zone.GetUtcOffset(at.AddMinutes(30)))
                yield return at.AddMinutes(30);
        }
    }
}
