using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Xunit;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Whose time to come is changed when a schedule is set.</summary>
public sealed class ReschedulingTests
{
    private static readonly Schedule Weekly = Of(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo"));

    [Fact]
    public void Whoever_gives_up_and_whoever_takes_over_is_named_from_when_on()
    {
        var changes = Changes(Weekly, Set(Layer(TurnUnit.Week, "2026-11-02", "cy", "bo")));
        Assert.Equal(["ana", "cy"], changes.Select(one => one.Person));
        Assert.Equal((Utc("2026-11-04 12:00"), changes[1].HoursMore), (changes[0].First, changes[0].HoursLess));
        Assert.All(changes, one => Assert.Equal(0, Math.Min(one.HoursMore, one.HoursLess)));
    }

    [Fact]
    public void What_means_the_same_changes_nobody() =>
        Assert.Empty(Changes(Weekly, Set(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo") with { Name = "renamed" })));

    [Fact]
    public void Of_a_new_schedule_everybody_in_it_is_told() =>
        Assert.Equal(
            ["ana", "bo"],
            Changes(null, Set(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo"))).Select(one => one.Person)
        );

    [Fact]
    public void A_later_hand_off_moves_an_hour_from_one_to_the_other_each_week()
    {
        var changes = Changes(Weekly, Set(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo") with { Handoff = "10:00" }));
        // Thirteen hand-overs within 92 days, seven to Bo.
        Assert.Equal(("ana", 7m, 6m), (changes[0].Person, changes[0].HoursMore, changes[0].HoursLess));
        Assert.Equal(("bo", 6m, 7m), (changes[1].Person, changes[1].HoursMore, changes[1].HoursLess));
        Assert.Equal(Utc("2026-11-09 08:00"), changes[0].First);
    }

    private static ScheduleSet Set(RotationLayer layer) =>
        new("payments", "Europe/Berlin", [layer], "So", "ana", Utc("2026-11-04 12:00"));

    private static IReadOnlyList<PersonChange> Changes(Schedule? before, ScheduleSet set) =>
        ((ScheduleSet)Assert.Single(Rescheduling.Decide(before, set).Events)).Changes!;
}
