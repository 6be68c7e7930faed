using System.Globalization;
using Steady.Budgets.Gates;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class FreezingTests
{
    private static readonly CalendarFreeze Friday = Of("2026-11-27 00:00", "2026-11-30 08:00", "Europe/Berlin");
    private static readonly CalendarFreeze Weekend = Of("fri 16:00", "mon 08:00", "America/New_York");

    [Theory]
    [InlineData("2026-11-26T22:59:59Z", null)]
    [InlineData("2026-11-26T23:00:00Z", "2026-11-30T07:00:00Z")]
    [InlineData("2026-11-30T06:59:59Z", "2026-11-30T07:00:00Z")]
    [InlineData("2026-11-30T07:00:00Z", null)]
    public void A_freeze_holds_between_two_moments_of_its_place(string now, string? until) =>
        Assert.Equal(Moment(until), Freezing.Until(Friday, At(now)));

    [Theory]
    [InlineData("2026-11-27T20:59:59Z", null)]
    [InlineData("2026-11-27T21:00:00Z", "2026-11-30T13:00:00Z")] // winter: 16:00 is 21:00 UTC
    [InlineData("2026-11-29T12:00:00Z", "2026-11-30T13:00:00Z")]
    [InlineData("2026-11-30T13:00:00Z", null)]
    [InlineData("2026-07-03T20:00:00Z", "2026-07-06T12:00:00Z")] // summer: 16:00 is 20:00 UTC
    [InlineData("2026-11-01T12:00:00Z", "2026-11-02T13:00:00Z")] // the clock goes back within it
    public void A_weekly_freeze_follows_the_wall_clock(string now, string? until) =>
        Assert.Equal(Moment(until), Freezing.Until(Weekend, At(now)));

    [Theory]
    [InlineData("2026-11-24T10:00:00Z", "2026-11-27T21:00:00Z")]
    [InlineData("2026-11-28T10:00:00Z", "2026-12-04T21:00:00Z")]
    public void The_next_freeze_is_known(string now, string next) =>
        Assert.Equal(Moment(next), Freezing.Next(Weekend, At(now)));

    [Fact]
    public void A_freeze_of_the_past_never_comes_again() =>
        Assert.Null(Freezing.Next(Friday, At("2026-12-01T00:00:00Z")));

    [Fact]
    public void A_time_that_the_clock_jumps_over_is_the_moment_of_the_jump() =>
        Assert.Equal(
            Moment("2026-03-29T02:00:00Z"),
            Freezing.Until(Of("2026-03-29 02:30", "2026-03-29 04:00", "Europe/Berlin"), At("2026-03-29T01:00:00Z"))
        );

    private static CalendarFreeze Of(string from, string to, string zone) =>
        new("frozen", from, to, zone, GateVerdict.Deny, [], []);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);

    private static DateTimeOffset? Moment(string? text) => text is null ? null : At(text);
}
