using Steady.Contracts.Experiments;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.GameDays;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.GameDays;

public sealed class GameDayTests
{
    private static readonly GameDayPlan Production = Plan with { Environment = "production" };
    private static readonly Guid Another = Guid.Parse("01990000-0000-7000-8000-0000000000c2");

    [Fact]
    public void A_run_starts_when_it_is_go_approved_announced_and_time() =>
        Given<GameDay>(Ready).When(day => Call(day, "cleo", Inside)).Then(Called);

    [Theory]
    [InlineData("window", -1)]
    [InlineData("window", 2)]
    public void Outside_the_window_nothing_starts(string missing, int hours) =>
        Missing(Fold<GameDay>(Ready)!, Inside.AddHours(hours), missing);

    [Fact]
    public void One_no_go_of_an_observer_is_a_no_go() =>
        Missing(Fold<GameDay>([.. Ready, Vote("finn", false)])!, Inside, "votes");

    [Fact]
    public void Somebody_who_must_vote_and_has_not_holds_it_up() =>
        Missing(
            Fold<GameDay>([.. Ready, new RoleAssigned("joe", GameDayRole.Operator, "ana", Before)])!,
            Inside,
            "votes"
        );

    [Fact]
    public void A_person_may_think_again() =>
        Given<GameDay>([.. Ready, Vote("bo", false), Vote("bo", true)])
            .When(day => Call(day, "cleo", Inside))
            .Then(Called);

    [Fact]
    public void An_announcement_that_is_not_acknowledged_holds_it_up() =>
        Missing(Fold<GameDay>([.. Ready, Announced(2, Inside)])!, Inside, "announcements");

    [Fact]
    public void Without_any_announcement_nothing_starts() =>
        Missing(
            Fold<GameDay>([Planned, Asked, Granted, Vote("bo", true), Vote("cleo", true), Vote("eli", true)])!,
            Inside,
            "announcements"
        );

    [Fact]
    public void Another_plan_takes_approval_votes_and_acknowledgements_with_it()
    {
        var day = Fold<GameDay>([.. Ready, new GameDayReplanned(About, Plan, "ana", Inside.AddHours(-1))])!;
        Assert.Equal(
            ["approval", "votes", "announcements"],
            Readiness.Of(day, Inside).Where(check => !check.Ready).Select(check => check.Kind)
        );
    }

    [Fact]
    public void Only_commander_and_operator_start_a_run() =>
        Given<GameDay>(Ready).When(day => Call(day, "dana", Inside)).ThenRefused("gameday-role-missing");

    [Fact]
    public void What_is_not_on_the_agenda_is_not_started() =>
        Given<GameDay>(Ready)
            .When(day => Calling.Decide(day, "other", true, Run, "cleo", Inside))
            .ThenRefused("gameday-not-on-agenda");

    [Fact]
    public void A_draft_is_not_started() =>
        Given<GameDay>(Ready)
            .When(day => Calling.Decide(day, "slow-ledger", false, Run, "cleo", Inside))
            .ThenRefused("design-not-frozen");

    [Fact]
    public void A_repeated_call_is_one_run() =>
        Given<GameDay>([.. Ready, Called]).When(day => Call(day, "cleo", Inside)).ThenNothing();

    [Fact]
    public void One_game_day_holds_several_runs() =>
        Given<GameDay>([.. Ready, Called])
            .When(day => Calling.Decide(day, "slow-ledger", true, Another, "bo", Inside))
            .Then(new AgendaRunCalled(About, Another, "slow-ledger", "bo", Inside));

    [Theory]
    [InlineData("ana", "staging")] // planned it
    [InlineData("eli", "staging")] // owner
    [InlineData("team-shop", "staging")] // owns an experiment of the agenda
    [InlineData("bo", "production")] // commands it
    public void Whoever_has_an_interest_cannot_approve(string person, string environment) =>
        Given<GameDay>(Planned with { Plan = Plan with { Environment = environment } }, Asked)
            .When(day => Approving.Answer(day, new(true), ["team-shop"], person, Before))
            .ThenRefused("approval-not-yours");

    [Fact]
    public void Somebody_else_approves() =>
        Given<GameDay>(Planned, Asked)
            .When(day => Approving.Answer(day, new(true, "Go ahead."), ["team-shop"], "gwen", Before))
            .Then(Granted);

    [Fact]
    public void A_commander_may_approve_outside_production() =>
        Given<GameDay>(Planned, Asked)
            .When(day => Approving.Answer(day, new(true, "Go ahead."), [], "bo", Before))
            .Then(Granted with { By = "bo" });

    [Fact]
    public void Whoever_approved_and_then_took_command_in_production_has_not_approved()
    {
        var day = Fold<GameDay>(
            Planned with
            {
                Plan = Production,
            },
            Asked,
            Granted,
            new RoleAssigned("gwen", GameDayRole.Commander, "ana", Before)
        )!;
        Missing(day, Inside, "approval", "votes", "announcements");
        Assert.Equal(["gwen"], day.With(GameDayRole.Commander));
    }

    [Fact]
    public void An_old_request_cannot_be_answered_and_an_old_approval_does_not_count()
    {
        Given<GameDay>(Planned, Asked)
            .When(day => Approving.Answer(day, new(true), [], "gwen", Asked.ExpiresAt))
            .ThenRefused("approval-not-open");
        var late = Fold<GameDay>([.. Ready])!;
        Assert.Contains(Readiness.Of(late, Asked.ExpiresAt), check => check is { Kind: "approval", Ready: false });
        Given<GameDay>(Planned, Asked, Granted, Told, Known)
            .When(day => Overdue.Decide(day, Asked.ExpiresAt))
            .Then(new ApprovalLapsed(About, Asked.ExpiresAt));
    }

    [Fact]
    public void A_no_needs_a_reason()
    {
        Given<GameDay>(Planned, Asked)
            .When(day => Approving.Answer(day, new(false), [], "gwen", Before))
            .ThenRefused("reason-missing");
        Given<GameDay>(Planned).When(day => Voting.Decide(day, new(false), "bo", Before)).ThenRefused("reason-missing");
    }

    [Fact]
    public void Who_has_no_role_does_not_vote_and_who_does_not_write_takes_no_notes()
    {
        Given<GameDay>(Planned)
            .When(day => Voting.Decide(day, new(true), "hana", Before))
            .ThenRefused("gameday-role-missing");
        Given<GameDay>(Planned)
            .When(day => Writing.Decide(day, new("Seen."), "bo", Before))
            .ThenRefused("gameday-role-missing");
        Given<GameDay>(Planned)
            .When(day => Writing.Decide(day, new("Seen."), "dana", Before))
            .Then(new NoteTaken("Seen.", "dana", Before));
    }

    [Fact]
    public void What_nobody_acknowledged_in_time_escalates_once()
    {
        var escalated = new AnnouncementEscalated(
            About,
            1,
            "ops",
            "Checkout may be slow.",
            ["hana"],
            "ivo",
            Told.DueAt
        );
        Given<GameDay>(Planned, Told).When(day => Overdue.Decide(day, Told.DueAt.AddTicks(-1))).ThenNothing();
        Given<GameDay>(Planned, Told).When(day => Overdue.Decide(day, Told.DueAt)).Then(escalated);
        Given<GameDay>(Planned, Told, escalated).When(day => Overdue.Decide(day, Told.DueAt.AddDays(1))).ThenNothing();
        Given<GameDay>(Planned, Told, Known).When(day => Overdue.Decide(day, Told.DueAt)).ThenNothing();
        Given<GameDay>(Planned, Told)
            .When(day => Acknowledging.Decide(day, 1, "ivo", Before))
            .ThenRefused("announcement-not-yours");
        Given<GameDay>(Planned, Told, escalated)
            .When(day => Acknowledging.Decide(day, 1, "ivo", Inside))
            .Then(new AnnouncementAcknowledged(About, 1, "ivo", Inside));
        var spokenFor = Fold<GameDay>(Planned, Told, escalated, new AnnouncementAcknowledged(About, 1, "ivo", Inside))!;
        Assert.Empty(spokenFor.Announcements[0].Waiting);
    }

    [Fact]
    public void An_announcement_is_acknowledged_by_whom_it_waits_for()
    {
        Given<GameDay>(Planned, Told).When(day => Acknowledging.Decide(day, 1, "hana", Before)).Then(Known);
        Given<GameDay>(Planned, Told, Known).When(day => Acknowledging.Decide(day, 1, "hana", Before)).ThenNothing();
        Given<GameDay>(Planned)
            .When(day => Acknowledging.Decide(day, 1, "hana", Before))
            .ThenRefused("announcement-unknown");
    }

    [Fact]
    public void Only_the_commander_ends_it_and_only_when_nothing_runs()
    {
        var end = new ConcludeGameDay("It holds 200 ms.");
        Given<GameDay>([.. Ready, Called])
            .When(day => Concluding.Decide(day, [], end, "bo", Inside))
            .Then(new GameDayConcluded(About, end.Summary, "bo", Inside));
        Given<GameDay>(Ready)
            .When(day => Concluding.Decide(day, [], end, "cleo", Inside))
            .ThenRefused("gameday-role-missing");
        Given<GameDay>(Ready)
            .When(day => Concluding.Decide(day, ["slow-ledger"], end, "bo", Inside))
            .ThenRefused("gameday-run-active");
    }

    [Fact]
    public void After_the_end_nothing_is_changed()
    {
        object[] over = [.. Ready, new GameDayConcluded(About, "It holds.", "bo", Inside)];
        Given<GameDay>(over).When(day => Call(day, "cleo", Inside)).ThenRefused("gameday-over");
        Given<GameDay>(over).When(day => Voting.Decide(day, new(true), "bo", Inside)).ThenRefused("gameday-over");
        Given<GameDay>(over).When(day => Overdue.Decide(day, Inside.AddDays(9))).ThenNothing();
    }

    [Fact]
    public void The_plan_changes_until_something_was_run()
    {
        Given<GameDay>(Ready).When(day => Planning.Decide(day, Plan, "ana", Inside)).ThenNothing();
        Given<GameDay>(Ready)
            .When(day => Planning.Decide(day, Production, "ana", Inside))
            .Then(new GameDayReplanned(GameDay.Of(Production), Production, "ana", Inside));
        Given<GameDay>([.. Ready, Called])
            .When(day => Planning.Decide(day, Production, "ana", Inside))
            .ThenRefused("gameday-begun");
    }

    [Fact]
    public void A_surprise_is_drawn_by_a_seed_that_is_kept_under_all_that_a_game_day_asks_for()
    {
        string[] lots = ["slow-ledger", "lost-ledger"];
        Assert.Equal(lots.Order(), Enumerable.Range(0, 20).Select(seed => Drawing.Draw(lots, seed)).Distinct().Order());
        var seed = Enumerable.Range(0, 20).First(number => Drawing.Draw(lots, number) == "slow-ledger");
        Given<GameDay>(Ready)
            .When(day => Drawing.Decide(day, lots, seed, Run, "cleo", Inside))
            .Then(new SurpriseDrawn(Run, lots, seed, "slow-ledger", "cleo", Inside), Called);
        Given<GameDay>([.. Ready, Called])
            .When(day => Drawing.Decide(day, lots, seed + 1, Run, "cleo", Inside))
            .ThenNothing();
        Given<GameDay>(Planned)
            .When(day => Drawing.Decide(day, lots, seed, Run, "cleo", Inside))
            .ThenRefused("gameday-not-ready");
        Given<GameDay>(Ready)
            .When(day => Drawing.Decide(day, [], seed, Run, "cleo", Inside))
            .ThenRefused("gameday-nothing-to-draw");
    }

    private static Steady.Kernel.Decision Call(GameDay day, string by, DateTimeOffset now) =>
        Calling.Decide(day, "slow-ledger", true, Run, by, now);

    private static void Missing(GameDay day, DateTimeOffset now, params string[] kinds)
    {
        Assert.Equal(kinds, Readiness.Of(day, now).Where(check => !check.Ready).Select(check => check.Kind));
        Assert.Equal("gameday-not-ready", Call(day, day.With(GameDayRole.Operator).First(), now).Refusal?.Code);
    }
}
