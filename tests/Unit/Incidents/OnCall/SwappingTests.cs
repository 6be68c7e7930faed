using Steady.Contracts.Incidents;
using Steady.Incidents.OnCall;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.OnCall.Rosters;

namespace Steady.Tests.Unit.Incidents.OnCall;

/// <summary>Two people take over from each other, when both want it. Ana has the week of the 2nd, Bo that of the 9th.</summary>
public sealed class SwappingTests
{
    private static readonly Actor Ana = new("ana");
    private static readonly Actor Bo = new("bo");
    private static readonly DateTimeOffset Now = Utc("2026-11-01 12:00");
    private static readonly Guid Id = Guid.Parse("01990000-0000-7000-8000-00000000000b");
    private static readonly ScheduleSet Weekly = Of(Layer(TurnUnit.Week, "2026-11-02", "ana", "bo")).Versions[0];
    private static readonly ProposeSwap Wish = new(
        "bo",
        new(Utc("2026-11-04 08:00"), Utc("2026-11-05 08:00")),
        new(Utc("2026-11-11 08:00"), Utc("2026-11-12 08:00")),
        "Concert"
    );
    private static readonly SwapProposed Proposed = new(
        "payments",
        Id,
        "bo",
        Wish.Give,
        Wish.Take,
        "Concert",
        "ana",
        Now
    );

    [Fact]
    public void It_is_asked_and_nothing_changes_yet()
    {
        Given<Schedule>(Weekly).When(s => Swapping.Propose(s, Id, Wish, Ana, Now)).Then(Proposed);
        Assert.Equal("ana", Told(Fold<Schedule>(Weekly, Proposed)!, "2026-11-04 08:00", "2026-11-05 08:00")[0].Who);
        Given<Schedule>(Weekly, Proposed).When(s => Swapping.Propose(s, Id, Wish, Ana, Now)).ThenNothing();
    }

    [Fact]
    public void A_yes_makes_both_take_over_from_each_other()
    {
        var schedule = Fold<Schedule>(Weekly, Proposed)!;
        var decision = Swapping.Accept(schedule, Id, Bo, Now);
        Assert.Equal(3, decision.Events.Count);
        var after = Fold<Schedule>([Weekly, Proposed, .. decision.Events])!;
        Assert.Equal(
            [
                ("2026-11-02 08:00", "2026-11-04 08:00", "ana"),
                ("2026-11-04 08:00", "2026-11-05 08:00", "bo"),
                ("2026-11-05 08:00", "2026-11-09 08:00", "ana"),
                ("2026-11-09 08:00", "2026-11-11 08:00", "bo"),
                ("2026-11-11 08:00", "2026-11-12 08:00", "ana"),
                ("2026-11-12 08:00", "2026-11-16 08:00", "bo"),
            ],
            Told(after, "2026-11-02 08:00", "2026-11-16 08:00")
        );
        Assert.Empty(after.Swaps);
        Assert.Empty(Swapping.Accept(after, Id, Bo, Now).Events);
        Assert.Null(Swapping.Accept(after, Id, Bo, Now).Refusal);
        Given<Schedule>([Weekly, Proposed, .. decision.Events])
            .When(s => Swapping.Decline(s, Id, Bo, Now))
            .ThenRefused("swap-closed");
    }

    [Fact]
    public void Only_whoever_is_asked_answers_and_only_whoever_asked_withdraws()
    {
        Given<Schedule>(Weekly, Proposed).When(s => Swapping.Accept(s, Id, Ana, Now)).ThenRefused("swap-not-yours");
        Given<Schedule>(Weekly, Proposed).When(s => Swapping.Decline(s, Id, Ana, Now)).ThenRefused("swap-not-yours");
        Given<Schedule>(Weekly, Proposed).When(s => Swapping.Withdraw(s, Id, Bo, Now)).ThenRefused("swap-not-yours");
        Given<Schedule>(Weekly, Proposed)
            .When(s => Swapping.Decline(s, Id, Bo, Now))
            .Then(new SwapDeclined("payments", Id, "bo", Now));
        Given<Schedule>(Weekly, Proposed)
            .When(s => Swapping.Withdraw(s, Id, Ana, Now))
            .Then(new SwapWithdrawn("payments", Id, "ana", Now));
        Given<Schedule>(Weekly, Proposed, new SwapDeclined("payments", Id, "bo", Now))
            .When(s => Swapping.Accept(s, Id, Bo, Now))
            .ThenRefused("swap-closed");
        Given<Schedule>(Weekly).When(s => Swapping.Withdraw(s, Id, Ana, Now)).ThenRefused("swap-closed");
    }

    [Fact]
    public void People_swap_what_they_have()
    {
        Given<Schedule>(Weekly)
            .When(s => Swapping.Propose(s, Id, Wish with { Give = Wish.Take, Take = Wish.Give }, Ana, Now))
            .ThenRefused("swap-shift");
        Given<Schedule>(Weekly)
            .When(s => Swapping.Propose(s, Id, Wish with { With = "ana" }, Ana, Now))
            .ThenRefused("swap-self");
        Given<Schedule>(Weekly)
            .When(s => Swapping.Propose(s, Id, Wish with { Take = new(Wish.Take.To, Wish.Take.From) }, Ana, Now))
            .ThenRefused("swap-span");
    }

    [Fact]
    public void What_has_changed_meanwhile_is_looked_at_again_before_a_yes_counts()
    {
        Given<Schedule>(Weekly, Proposed, Override("cy", "2026-11-11 10:00", "2026-11-11 12:00"))
            .When(s => Swapping.Accept(s, Id, Bo, Now))
            .ThenRefused("swap-shift");
        Given<Schedule>(Weekly, Proposed)
            .When(s => Swapping.Accept(s, Id, Bo, Utc("2026-11-04 09:00")))
            .ThenRefused("swap-past");
        Assert.Empty(Fold<Schedule>(Weekly, Proposed)!.View(Utc("2026-11-04 09:00")).Swaps);
        Assert.Single(Fold<Schedule>(Weekly, Proposed)!.View(Now).Swaps);
    }
}
