using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Xunit;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Who is on call when, told as rosters.</summary>
public sealed class RosteringTests
{
    [Fact]
    public void A_week_each_by_the_clock_on_the_wall() =>
        // The clocks go back on 25 October: that week has an hour more, and ends at nine as every other.
        Assert.Equal(
            [
                ("2026-10-19 07:00", "2026-10-26 08:00", "ana"),
                ("2026-10-26 08:00", "2026-11-02 08:00", "bo"),
                ("2026-11-02 08:00", "2026-11-09 08:00", "cy"),
                ("2026-11-09 08:00", "2026-11-16 08:00", "ana"),
            ],
            Told(Of(Layer(TurnUnit.Week, "2026-10-19", "ana", "bo", "cy")), "2026-10-19 07:00", "2026-11-16 08:00")
        );

    [Fact]
    public void Four_days_and_three_and_a_turn_that_nobody_has()
    {
        var layer = Layer(TurnUnit.Day, "2026-11-02", "ana", "bo") with { Lengths = [4, 3] };
        Assert.Equal(
            [
                ("2026-11-02 08:00", "2026-11-06 08:00", "ana"),
                ("2026-11-06 08:00", "2026-11-09 08:00", "bo"),
                ("2026-11-09 08:00", "2026-11-13 08:00", "ana"),
            ],
            Told(Of(layer), "2026-11-02 08:00", "2026-11-13 08:00")
        );
        var empty = layer with { Members = [new("ana"), new((string?)null)] };
        Assert.Equal(
            [("2026-11-02 08:00", "2026-11-06 08:00", "ana"), ("2026-11-06 08:00", "2026-11-09 08:00", null)],
            Told(Of(empty), "2026-11-02 08:00", "2026-11-09 08:00")
        );
    }

    [Fact]
    public void A_weekend_eats_nobodys_turn_and_neither_does_a_holiday()
    {
        var layer = Layer(TurnUnit.Day, "2026-11-05", "ana", "bo", "cy") with
        {
            Hours = [new(Workdays, "09:00", "17:00")],
            Holidays = [new DateOnly(2026, 11, 10)],
        };
        Assert.Equal(
            [
                ("2026-11-05 08:00", "2026-11-05 16:00", "ana"),
                ("2026-11-06 08:00", "2026-11-06 16:00", "bo"),
                ("2026-11-09 08:00", "2026-11-09 16:00", "cy"),
                ("2026-11-11 08:00", "2026-11-11 16:00", "ana"),
            ],
            Told(Of(layer), "2026-11-05 00:00", "2026-11-12 00:00").Where(shift => shift.Who is not null)
        );
    }

    [Fact]
    public void Whoever_joins_or_leaves_moves_nobody_elses_place()
    {
        var layer = Layer(TurnUnit.Week, "2026-11-02", "ana", "bo", "cy") with
        {
            Members =
            [
                new("ana"),
                new("bo", Until: new DateOnly(2026, 11, 23)),
                new("di", From: new DateOnly(2026, 11, 16)),
                new("cy"),
            ],
        };
        Assert.Equal(
            ["ana", "bo", "di", "cy", "ana", "di", "cy"],
            Told(Of(layer), "2026-11-02 08:00", "2026-12-21 08:00").Select(shift => shift.Who)
        );
    }

    [Fact]
    public void Sites_follow_the_sun_and_hand_over_at_their_own_hours()
    {
        var berlin = Layer(TurnUnit.Week, "2026-10-19", "ana") with { Hours = [new(Everyday, "08:00", "20:00")] };
        var tokyo = Layer(TurnUnit.Week, "2026-10-19", "kenji") with
        {
            Name = "tokyo",
            TimeZone = "Asia/Tokyo",
            Hours = [new(Everyday, "08:00", "20:00")],
        };
        var schedule = Of(berlin, tokyo);
        // In summer Berlin is from 06:00 to 18:00 UTC, in winter from 07:00: Tokyo from 23:00 to 11:00 in both.
        Assert.Equal(
            [
                ("2026-10-24 00:00", "2026-10-24 06:00", "kenji"),
                ("2026-10-24 06:00", "2026-10-24 18:00", "ana"),
                ("2026-10-24 18:00", "2026-10-24 23:00", null),
                ("2026-10-24 23:00", "2026-10-25 07:00", "kenji"),
                ("2026-10-25 07:00", "2026-10-25 19:00", "ana"),
                ("2026-10-25 19:00", "2026-10-25 23:00", null),
                ("2026-10-25 23:00", "2026-10-26 00:00", "kenji"),
            ],
            Told(schedule, "2026-10-24 00:00", "2026-10-26 00:00")
        );
    }

    [Fact]
    public void Hours_may_go_past_midnight_and_to_its_end()
    {
        var night = Layer(TurnUnit.Week, "2026-11-02", "ana") with
        {
            Hours = [new([DayOfWeek.Friday], "22:00", "06:00"), new([DayOfWeek.Sunday], "12:00", "24:00")],
        };
        Assert.Equal(
            [("2026-11-06 21:00", "2026-11-07 05:00", "ana"), ("2026-11-08 11:00", "2026-11-08 23:00", "ana")],
            Told(Of(night), "2026-11-06 00:00", "2026-11-10 00:00").Where(shift => shift.Who is not null)
        );
    }

    [Fact]
    public void The_last_override_counts_and_the_turn_goes_on_behind_it()
    {
        var schedule = Of(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo"))
            .Apply(Override("cy", "2026-11-03 10:00", "2026-11-03 16:00"))
            .Apply(Override("di", "2026-11-03 12:00", "2026-11-03 14:00"));
        Assert.Equal(
            [
                ("2026-11-03 08:00", "2026-11-03 10:00", "ana"),
                ("2026-11-03 10:00", "2026-11-03 12:00", "cy"),
                ("2026-11-03 12:00", "2026-11-03 14:00", "di"),
                ("2026-11-03 14:00", "2026-11-03 16:00", "cy"),
                ("2026-11-03 16:00", "2026-11-03 18:00", "ana"),
            ],
            Told(schedule, "2026-11-03 08:00", "2026-11-03 18:00")
        );
        var back = schedule.Apply(
            new OverrideCancelled("payments", schedule.Overrides[0].OverrideId, "ana", Utc("2026-11-03 09:00"))
        );
        Assert.Equal("ana", Told(back, "2026-11-03 10:00", "2026-11-03 12:00")[0].Who);
    }

    [Fact]
    public void A_change_says_who_is_on_call_from_then_on_and_not_before()
    {
        var schedule = Of(Layer(TurnUnit.Week, "2026-11-02", "ana"))
            .Apply(
                new ScheduleSet(
                    "payments",
                    "Europe/Berlin",
                    [Layer(TurnUnit.Week, "2026-11-02", "bo")],
                    "Ana left",
                    "cy",
                    Utc("2026-11-04 12:00")
                )
            );
        Assert.Equal(
            [("2026-11-03 00:00", "2026-11-04 12:00", "ana"), ("2026-11-04 12:00", "2026-11-06 00:00", "bo")],
            Told(schedule, "2026-11-03 00:00", "2026-11-06 00:00")
        );
    }

    [Fact]
    public void Nobody_is_on_call_before_the_first_turn() =>
        Assert.Equal(
            [("2026-11-01 00:00", "2026-11-02 08:00", null), ("2026-11-02 08:00", "2026-11-03 00:00", "ana")],
            Told(Of(Layer(TurnUnit.Month, "2026-11-02", "ana")), "2026-11-01 00:00", "2026-11-03 00:00")
        );

    [Fact]
    public void Months_that_begin_on_the_31st_end_on_the_last_day_of_shorter_ones() =>
        Assert.Equal(
            ["2027-01-31 08:00", "2027-02-28 08:00", "2027-03-31 07:00", "2027-04-30 07:00", "2027-05-31 07:00"],
            Told(Of(Layer(TurnUnit.Month, "2027-01-31", "ana", "bo")), "2027-01-31 08:00", "2027-06-01 00:00")
                .Select(shift => shift.From)
        );

    [Fact]
    public void What_cannot_be_is_refused_at_its_field()
    {
        var wrong = new SetSchedule(
            "Europe/Berlin",
            [
                Layer(TurnUnit.Day, "1999-12-31", "ana") with
                {
                    Handoff = "9",
                    Lengths = [0],
                    TimeZone = "CET+1",
                    Members = [new("ana", new DateOnly(2026, 2, 1), new DateOnly(2026, 2, 1))],
                    Hours = [new([DayOfWeek.Monday], "24:00", "25:00")],
                },
                Layer(TurnUnit.Day, "2026-01-01", "bo"),
            ],
            "Try"
        );
        Assert.Equal(
            [
                "layers[0].timeZone",
                "layers[0].handoff",
                "layers[0].start",
                "layers[0].lengths",
                "layers[0].members[0].until",
                "layers[0].hours[0].from",
                "layers[0].hours[0].to",
                "layers",
            ],
            Scheduling.Check(wrong).Select(one => one.Field)
        );
    }
}
