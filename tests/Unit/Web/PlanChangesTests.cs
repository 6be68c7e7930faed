using Steady.Contracts.Experiments;
using Steady.Web.Drawing;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class PlanChangesTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly GameDayPlan Plan = Experiments.GameDays.Plan;

    [Fact]
    public void What_somebody_else_changed_is_said_one_by_one()
    {
        var now = Plan with
        {
            Title = "How slow may it be?",
            Environment = "sandbox",
            Window = Plan.Window with { From = new TimeOnly(15, 0) },
            Agenda = [.. Plan.Agenda, new AgendaItem("Lunch")],
            Roles = [.. Plan.Roles.Skip(1), new RoleHolder("hana@shop.example", GameDayRole.Commander)],
        };

        Assert.Equal(
            [
                "It is called “How slow may it be?” now.",
                "It takes place in sandbox now.",
                "It is on 3 Dec 2026 from 15:00 until 16:00 (Europe/Berlin) now.",
                "The agenda is now: Briefing (10 min), A slow ledger (20 min), Lunch.",
                "bo is commander no longer.",
                "hana is commander now.",
            ],
            PlanChanges.Between(Plan, now)
        );
    }

    [Fact]
    public void Where_the_plan_says_the_same_the_day_has_gone_on() =>
        Assert.Equal(
            ["The plan still says what you began with: there was a vote, an answer or an announcement."],
            PlanChanges.Between(Plan, Plan with { Agenda = [.. Plan.Agenda] })
        );

    [Fact]
    public void What_a_change_takes_with_it_is_said_before()
    {
        var day = Day with
        {
            Approval = new GameDayApproval(ApprovalState.Granted, "ana", At, At.AddDays(1), "gwen", null, At),
            Votes = [new GameDayVote("bo", true, null, At), new GameDayVote("cleo", true, null, At)],
            Announcements =
            [
                new(1, "ops", "Slow.", ["hana"], "bo", At, [new Acknowledgement("hana", At)], [], null, "ana", At),
            ],
        };

        Assert.Equal(
            "A change takes this with it, because it was about the plan before: the approval, 2 votes, 1 acknowledgement.",
            PlanChanges.Voids(day)
        );
        Assert.Null(PlanChanges.Voids(Day));
    }

    private static GameDayView Day { get; } =
        new(
            Guid.Empty,
            1,
            Plan,
            At,
            At.AddHours(2),
            GameDayState.Planned,
            false,
            [],
            null,
            [],
            [],
            [],
            [],
            [],
            "ana",
            At,
            null,
            null,
            null
        );
}
