using Steady.Contracts.Incidents;
using Steady.Web.Drawing;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

/// <summary>A week of on-call, as a picture and in the clock of a wall.</summary>
public sealed class WeekTests
{
    private static readonly LocalZone Berlin = LocalZone.Of("Europe/Berlin");
    private static readonly Week Week = new(2026, 48);
    private static readonly DateTimeOffset Monday = new(2026, 11, 22, 23, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("2026-W48", "2026-11-23")]
    [InlineData("2026-W53", "2026-12-28")]
    [InlineData("2027-W01", "2027-01-04")]
    public void A_week_is_read_as_its_number_says(string text, string monday)
    {
        Assert.Equal(monday, $"{Week.Read(text)!.Monday:yyyy-MM-dd}");
        Assert.Equal(text, Week.Of(Week.Read(text)!.Monday.AddDays(6)).Name);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("2026-48")]
    [InlineData("2026-W54")]
    [InlineData("2027-W53")]
    [InlineData("1999-W01")]
    [InlineData("2026-W00")]
    [InlineData("-2026-W10")]
    public void What_is_no_week_is_none(string? text) => Assert.Null(Week.Read(text));

    [Fact]
    public void The_wall_decides_where_a_week_begins_and_how_long_it_is()
    {
        Assert.Equal(Monday, Week.From(Berlin));
        var spring = Week.Of(new DateOnly(2026, 3, 29));
        Assert.Equal(TimeSpan.FromHours(167), spring.To(Berlin) - spring.From(Berlin));
        Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 0, 0, TimeSpan.Zero), Berlin.Read("2026-03-29T02:30"));
        Assert.Equal("UTC+01:00", Berlin.Offset(Monday));
        Assert.Equal(LocalZone.Utc, LocalZone.Of("Nowhere/At all", null));
    }

    [Fact]
    public void Bars_lie_where_their_hours_are_and_gaps_are_bars_of_nobody()
    {
        var plan = Plan(
            new Shift(Monday.AddDays(-3), Monday.AddDays(1), "ana", "eu"),
            new Shift(Monday.AddDays(1), Monday.AddDays(2), "ana", "eu"),
            new Shift(Monday.AddDays(2), Monday.AddDays(4), null, null),
            new Shift(Monday.AddDays(4), Monday.AddDays(9), "bo", "override")
        );
        var grid = DrawWeek.Of([plan], Week, Berlin, Monday.AddDays(3.5));

        var day = (WeekGrid.Right - WeekGrid.Gutter) / 7;
        var bars = Assert.Single(grid.Lanes).Bars;
        Assert.Equal(["ana", null, "bo"], bars.Select(bar => bar.Person));
        Assert.Equal([0, 2, 4], bars.Select(bar => Math.Round((bar.X - WeekGrid.Gutter) / day, 3)));
        Assert.Equal("nobody", bars[1].Label);
        Assert.Equal("override", bars[2].Detail);
        Assert.Equal("nobody, Wed 25 Nov 00:00 to Fri 27 Nov 00:00", bars[1].Title);
        Assert.Equal(WeekGrid.Gutter + 3.5 * day, grid.Now!.Value, 3);
        Assert.Equal("Thu 26", Assert.Single(grid.Days, one => one.IsToday).Name);
        Assert.Null(DrawWeek.Of([plan], Week.Plus(1), Berlin, Monday).Now);
    }

    [Fact]
    public void A_name_is_cut_to_what_has_room()
    {
        var plan = Plan(
            new Shift(Monday, Monday.AddHours(1), "konstantin", "eu"),
            new Shift(Monday.AddHours(1), Monday.AddHours(7), "konstantin", "us"),
            new Shift(Monday.AddHours(7), Monday.AddHours(20), "konstantin@example.org", "eu")
        );
        var bars = DrawWeek.Of([plan], Week, Berlin, Monday).Lanes[0].Bars;

        Assert.Equal([null, "k", "konsta…"], bars.Select(bar => bar.Label));
        Assert.All(bars, bar => Assert.StartsWith("konstantin,", bar.Title, StringComparison.Ordinal));
    }

    [Fact]
    public void Handovers_are_changes_of_person_within_the_time_that_is_asked_for()
    {
        var plan = Plan(
            new Shift(Monday.AddDays(-1), Monday, "ana", "eu"),
            new Shift(Monday, Monday.AddDays(1), "ana", "override"),
            new Shift(Monday.AddDays(1), Monday.AddDays(2), "bo", "eu"),
            new Shift(Monday.AddDays(2), Monday.AddDays(9), null, null)
        );
        var handovers = DrawWeek.Handovers([plan], Monday, Monday.AddDays(7));

        Assert.Equal([("ana", "bo"), ("bo", null)], handovers.Select(one => (one.From!, one.To)));
    }

    [Fact]
    public void Nights_are_counted_by_person_and_week_and_what_is_not_known_is_no_zero()
    {
        var nights = OnCallReader.Count(
            [Week, Week.Plus(1), Week.Plus(2)],
            [Report(("ana", 1)), null, Report(("bo", 3))]
        );

        Assert.Equal(["bo", "ana"], nights.People.Select(one => one.Person));
        Assert.Equal([0, null, 3], nights.People[0].Pages);
    }

    [Fact]
    public void A_shift_survives_its_way_through_a_form()
    {
        var choice = new SwapChoice("pay|ments", "bo|x@example.org", Monday, Monday.AddHours(8));

        Assert.Equal(choice, SwapChoice.Read(choice.Value));
        Assert.Null(SwapChoice.Read("2026|x"));
    }

    private static SchedulePreview Plan(params Shift[] shifts) =>
        new("payments", "Europe/Berlin", shifts, [], new Dictionary<string, decimal>(), []);

    private static LoadReport Report(params (string Person, int Nights)[] people) =>
        new(
            Monday,
            Monday,
            [
                .. people.Select(one => new PersonLoad(
                    one.Person,
                    "UTC",
                    new ByHour(9, 9, one.Nights),
                    0,
                    ByHour.None,
                    0,
                    0,
                    0,
                    0,
                    0,
                    []
                )),
            ],
            [],
            []
        );
}
