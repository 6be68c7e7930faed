using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Xunit;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Turns that go to whoever has had the fewest hours, and people who only look on.</summary>
public sealed class FairTurnsTests
{
    private static readonly RotationLayer Fair = Layer(TurnUnit.Day, "2026-11-02", "ana", "bo") with
    {
        Order = TurnOrder.Fair,
        Lengths = [4, 3],
    };

    [Fact]
    public void Whoever_has_had_the_fewest_hours_is_next() =>
        // Ana has 4 days, then Bo 3 and so the next 4, then Ana 3.
        Assert.Equal(
            [
                ("2026-11-02 08:00", "2026-11-06 08:00", "ana"),
                ("2026-11-06 08:00", "2026-11-13 08:00", "bo"),
                ("2026-11-13 08:00", "2026-11-20 08:00", "ana"),
            ],
            Told(Of(Fair), "2026-11-02 08:00", "2026-11-20 08:00")
        );

    [Fact]
    public void Who_joins_begins_with_what_the_least_has_and_is_not_given_all_the_turns_before()
    {
        var layer = Layer(TurnUnit.Week, "2026-11-02", "ana", "bo") with
        {
            Order = TurnOrder.Fair,
            Members = [new("ana"), new("bo"), new("cy", From: new DateOnly(2026, 11, 30))],
        };
        Assert.Equal(
            ["ana", "bo", "ana", "bo", "ana", "bo", "cy", "ana", "bo", "cy"],
            Told(Of(layer), "2026-11-02 08:00", "2027-01-11 08:00").Select(one => one.Who)
        );
    }

    [Fact]
    public void Hours_count_and_not_turns()
    {
        // Two weekend days have more hours than two workdays.
        var layer = Layer(TurnUnit.Day, "2026-11-02", "ana", "bo") with
        {
            Order = TurnOrder.Fair,
            Hours = [new(Workdays, "09:00", "13:00"), new([DayOfWeek.Saturday, DayOfWeek.Sunday], "09:00", "21:00")],
        };
        var schedule = Of(layer);
        var hours = Rostering
            .Shifts(schedule, Utc("2026-11-02 00:00"), Utc("2027-11-01 00:00"))
            .Where(shift => shift.Person is not null)
            .GroupBy(shift => shift.Person, shift => (shift.To - shift.From).TotalHours)
            .ToDictionary(one => one.Key!, one => one.Sum());
        Assert.InRange(Math.Abs(hours["ana"] - hours["bo"]), 0, 13);
    }

    [Fact]
    public void At_no_time_is_anybody_more_than_one_turn_ahead() =>
        Gen.Select(Gen.Int[1, 6].List[1, 5], Gen.Int[2, 6], Gen.Int[1, 60])
            .Sample(
                (lengths, people, days) =>
                {
                    var layer = Layer(
                        TurnUnit.Day,
                        "2026-01-01",
                        [.. Enumerable.Range(0, people).Select(i => $"p{i}")]
                    ) with
                    {
                        Order = TurnOrder.Fair,
                        Lengths = [.. lengths],
                    };
                    var start = new DateTime(2026, 1, 1, 9, 0, 0);
                    var had = Turns
                        .Between(layer, start, start.AddDays(days))
                        .GroupBy(turn => turn.Person)
                        .ToDictionary(one => one.Key!, one => one.Sum(turn => (turn.To - turn.From).TotalDays));
                    var least = had.Count < people ? 0 : had.Values.Min();
                    return had.Values.Max() - least <= lengths.Max();
                },
                print: one => $"{string.Join("+", one.Item1)} days, {one.Item2} people, {one.Item3} days"
            );

    [Fact]
    public void A_shadow_is_listed_is_never_on_call_and_fills_no_gap()
    {
        var shadow = Layer(TurnUnit.Week, "2026-11-02", "new") with { Name = "learning", Shadow = true };
        var nights = Layer(TurnUnit.Week, "2026-11-02", "ana") with { Hours = [new(Everyday, "20:00", "08:00")] };
        var schedule = Of(shadow, nights);

        Assert.DoesNotContain(Told(schedule, "2026-11-02 00:00", "2026-11-09 00:00"), shift => shift.Who == "new");
        Assert.Contains(Told(schedule, "2026-11-03 09:00", "2026-11-03 10:00"), shift => shift.Who is null);
        var looks = Assert.Single(Rostering.Shadows(schedule, Utc("2026-11-03 09:00"), Utc("2026-11-03 10:00")));
        Assert.Equal(("new", "learning"), (looks.Claim!.Person, looks.Claim.Because));
    }
}
