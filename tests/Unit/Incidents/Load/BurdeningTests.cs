using CsCheck;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Load;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Load;

/// <summary>What incidents cost people, by the clock on their walls.</summary>
public sealed class BurdeningTests
{
    private const string Berlin = "Europe/Berlin";

    // A Tuesday, 12:00 UTC: one in the afternoon in Berlin.
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly Guid One = Guid.Parse("01990000-0000-7000-8000-000000000001");
    private static readonly Guid Two = Guid.Parse("01990000-0000-7000-8000-000000000002");
    private static readonly Guid Three = Guid.Parse("01990000-0000-7000-8000-000000000003");

    [Fact]
    public void Pages_and_minutes_count_by_the_hour_of_the_person()
    {
        // 02:00 UTC is 03:00 in Berlin and 20:00 the day before in Chicago.
        var night = Noon.AddHours(-10);
        var burden = Week(
            pages: [new("ana", One, night), new("ana", Two, Noon), new("bo", One, night)],
            work: [new("ana", One, night, night.AddMinutes(30)), new("bo", One, night.AddHours(1), night.AddHours(3))]
        );
        var ana = Burdening.Of("ana", Berlin, burden);
        Assert.Equal((new ByHour(1, 0, 1), new ByHour(0, 0, 30)), (ana.Pages, ana.IncidentMinutes));
        Assert.Equal(1, ana.Unanswered);
        var bo = Burdening.Of("bo", "America/Chicago", burden);
        Assert.Equal((new ByHour(0, 1, 0), new ByHour(0, 60, 60)), (bo.Pages, bo.IncidentMinutes));
        Assert.Equal(0, bo.Unanswered);
    }

    [Fact]
    public void Weekends_are_late_and_a_night_goes_over_midnight()
    {
        var zone = WallClock.Zone(Berlin)!;
        // Friday 17:00 to Saturday 10:00 in Berlin.
        var friday = new DateTimeOffset(2026, 11, 27, 16, 0, 0, TimeSpan.Zero);
        Assert.Equal(new ByHour(60, 240 + 180, 540), Burdening.Minutes(friday, friday.AddHours(17), zone));
    }

    [Fact]
    public void Two_incidents_at_once_are_one_persons_time_once()
    {
        var burden = Week(
            work:
            [
                new("ana", One, Noon, Noon.AddMinutes(60)),
                new("ana", Two, Noon.AddMinutes(30), Noon.AddMinutes(90)),
                new("ana", Three, Noon.AddMinutes(40), Noon.AddMinutes(50)),
            ]
        );
        Assert.Equal(90, Burdening.Of("ana", Berlin, burden).IncidentMinutes.Total);
    }

    [Fact]
    public void A_shift_is_heavy_with_three_incidents_in_twelve_hours_and_not_with_three_in_a_week()
    {
        var week = new OnShift("ana", Noon, Noon.AddDays(7));
        PersonLoad With(double second, double third) =>
            Burdening.Of(
                "ana",
                Berlin,
                Week(
                    pages:
                    [
                        new("ana", One, Noon),
                        new("ana", Two, Noon.AddHours(second)),
                        new("ana", Three, Noon.AddHours(third)),
                    ],
                    shifts: [week]
                )
            );
        Assert.Equal((1, 1), (With(6, 12).Shifts, With(6, 12).HeavyShifts));
        Assert.Equal(0, With(6, 12.1).HeavyShifts);
        Assert.Contains("shifts", With(1, 2).Warnings);
    }

    [Fact]
    public void Shares_are_of_the_time_asked_for_and_warn_above_the_guides()
    {
        var burden = Week(
            work: [new("ana", One, Noon, Noon.AddHours(21))],
            shifts: [new("ana", Noon, Noon.AddHours(42)), new("bo", Noon, Noon.AddHours(43))]
        );
        var ana = Burdening.Of("ana", Berlin, burden);
        Assert.Equal((42m, 0.25m, 0.525m), (ana.OnCallHours, ana.OnCallShare, ana.OperationsShare));
        Assert.Equal(["operations"], ana.Warnings);
        Assert.Equal(["on-call"], Burdening.Of("bo", Berlin, burden).Warnings);
    }

    [Fact]
    public void A_team_is_its_members_and_its_mean_counts_those_whom_nothing_fell_on()
    {
        var burden = Week(pages: [new("ana", One, Noon)], work: [new("ana", One, Noon, Noon.AddHours(8))]);
        var ana = Burdening.Of("ana", Berlin, burden);
        var team = Burdening.Of("pay", ["ana", "bo"], [ana, Burdening.Of("cy", Berlin, burden)]);
        Assert.Equal(["ana"], team.People);
        Assert.Equal((1m, 0.1m), (team.Pages.Total, team.OperationsShare));
    }

    [Fact]
    public void Every_minute_has_one_kind_whatever_clocks_do()
    {
        var zones = new[]
        {
            Berlin,
            "Europe/Dublin",
            "Australia/Lord_Howe",
            "America/St_Johns",
            "Asia/Kathmandu",
            "Africa/Cairo",
        };
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 366 * 24 * 60], Gen.Int[0, 5 * 24 * 60])
            .Sample(
                (which, start, length) =>
                {
                    var from = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(start);
                    var minutes = Burdening.Minutes(from, from.AddMinutes(length), WallClock.Zone(zones[which])!);
                    Assert.Equal(length, minutes.Total);
                    Assert.True(minutes.Working <= 9 * 60 * ((length / 1440) + 2));
                }
            );
    }

    private static Burden Week(
        IReadOnlyList<PagedOnce>? pages = null,
        IReadOnlyList<Worked>? work = null,
        IReadOnlyList<OnShift>? shifts = null
    ) => new(Noon.AddDays(-3), Noon.AddDays(4), pages ?? [], work ?? [], shifts ?? []);
}
