using CsCheck;
using Steady.Budgets.Burn;
using Steady.Contracts;
using Xunit;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>What a clock on a wall means; schedules, budgets' calendars, freezes, blackouts and game days all ask here.</summary>
public sealed class WallClockTests
{
    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29 02:30", "2026-03-29 01:00", "2026-03-29 01:00")]
    [InlineData("Europe/Berlin", "2026-10-25 02:30", "2026-10-25 00:30", "2026-10-25 01:30")]
    [InlineData("Europe/Dublin", "2025-03-30 01:30", "2025-03-30 01:00", "2025-03-30 01:00")]
    [InlineData("Europe/Dublin", "2025-10-26 01:30", "2025-10-26 00:30", "2025-10-26 01:30")]
    [InlineData("Africa/Casablanca", "2025-04-06 02:00", "2025-04-06 02:00", "2025-04-06 02:00")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:30", "2026-10-03 15:30")]
    [InlineData("Pacific/Apia", "2011-12-30 12:00", "2011-12-30 10:00", "2011-12-30 10:00")]
    [InlineData("Asia/Tokyo", "2026-10-25 02:30", "2026-10-24 17:30", "2026-10-24 17:30")]
    public void A_time_on_the_wall_is_an_instant(string zone, string local, string first, string last)
    {
        var (wall, where) = (Utc(local).UtcDateTime, TimeZoneInfo.FindSystemTimeZoneById(zone));
        Assert.Equal((Utc(first), Utc(last)), (WallClock.First(wall, where), WallClock.Last(wall, where)));
    }

    [Fact]
    public void A_time_that_the_clock_skips_is_the_first_after_it_and_one_that_comes_twice_the_first_of_the_two() =>
        Gen.Select(Gen.Int[0, ClockChangeTests.Zones.Length - 1], Gen.Int[0, 10 * 365 * 24 * 60])
            .Sample(
                (place, minutes) =>
                {
                    var zone = TimeZoneInfo.FindSystemTimeZoneById(ClockChangeTests.Zones[place]);
                    var local = new DateTime(2020, 1, 1).AddMinutes(minutes);
                    var moment = WallClock.First(local, zone);
                    var (before, shown) = (Shown(moment.AddTicks(-1)), Shown(moment));
                    return before < local
                        && local <= shown
                        && (local == shown) == (WallClock.Moments(local, zone).Count > 0)
                        && WallClock.Moments(local, zone).All(one => Shown(one) == local);

                    DateTime Shown(DateTimeOffset at) => TimeZoneInfo.ConvertTimeFromUtc(at.UtcDateTime, zone);
                }
            );

    [Fact]
    public void A_budgets_day_in_Dublin_begins_when_the_clock_there_says_so()
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Dublin");
        var begins = Calendars.Anchor(Durations.Parse("1d"), new DateTime(2025, 3, 29, 1, 30, 0), zone, 1);
        Assert.Equal(Utc("2025-03-30 01:00"), begins);
    }
}
