using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Xunit;
using static Steady.Tests.Unit.Incidents.Paging.Pagers;

namespace Steady.Tests.Unit.Incidents.Paging;

/// <summary>Who is paged when, as timelines in minutes.</summary>
public sealed class EscalatingTests
{
    private static readonly EscalationPolicy TwoSteps = Policy([Step(5, "ana"), Step(10, "bo")]);

    [Fact]
    public void At_0_the_first_at_5_the_second_at_15_nobody_is_left() =>
        Assert.Equal(
            ["0 page ana over mail", "5 page bo over mail", "15 end: all steps were gone through and nobody took it"],
            new Pagers(TwoSteps).Until(60).Lines
        );

    [Fact]
    public void Who_takes_it_at_4_ends_it_and_nobody_else_is_paged() =>
        Assert.Equal(
            ["0 page ana over mail", "4 stop: ana has it"],
            new Pagers(TwoSteps).Taken(4, "ana").Until(60).Lines
        );

    [Fact]
    public void What_is_over_pages_nobody_and_never_did_when_it_was_over_at_once()
    {
        Assert.Equal(
            ["0 page ana over mail", "3 stop: it is over"],
            new Pagers(TwoSteps).At(3, one => one with { IsOver = true }).Until(60).Lines
        );
        var over = new Pagers(TwoSteps);
        over.At(-1, one => one with { IsOver = true });
        Assert.Empty(over.Until(60).Events);
    }

    [Fact]
    public void Rounds_are_gone_through_again_and_each_has_pages_of_its_own()
    {
        var pagers = new Pagers(Policy([Step(5, "ana"), Step(5, "bo")], repeat: 1)).Until(60);
        Assert.Equal(
            [
                "0 page ana over mail",
                "5 page bo over mail",
                "10 page ana over mail",
                "15 page bo over mail",
                "20 end: all steps were gone through and nobody took it",
            ],
            pagers.Lines
        );
        var pages = pagers.Events.OfType<StepReached>().SelectMany(step => step.Calls).Select(call => call.PageId);
        Assert.Equal(4, pages.Distinct().Count());
    }

    [Fact]
    public void An_acknowledgement_runs_out_when_nothing_is_heard_of_who_gave_it()
    {
        var pagers = new Pagers(Policy([Step(5, "ana"), Step(5, "bo")], acknowledgedFor: 30));
        pagers.Taken(2, "ana");
        // A note at 20 holds it until 50.
        pagers.At(20, one => one with { LastActAt = Noon.AddMinutes(20) });
        pagers.Until(53);
        pagers.At(54, one => one with { LastActAt = Noon.AddMinutes(54) });
        Assert.Equal(
            [
                "0 page ana over mail",
                "2 stop: ana has it",
                "50 again: ana took it, and nothing was heard for 30 minutes",
                "50 page ana over mail",
                "54 stop: ana has it",
            ],
            pagers.Until(80).Lines
        );
    }

    [Fact]
    public void Without_a_time_an_acknowledgement_holds_for_ever() =>
        Assert.Equal(2, new Pagers(TwoSteps).Taken(1, "ana").Until(10_000).Lines.Count);

    [Fact]
    public void What_is_open_again_is_escalated_again() =>
        Assert.Equal(
            ["0 page ana over mail", "1 stop: it is over", "9 again: it is open again", "9 page ana over mail"],
            new Pagers(TwoSteps)
                .At(1, one => one with { IsOver = true })
                .At(9, one => one with { IsOver = false })
                .Until(9)
                .Lines
        );

    [Fact]
    public void A_gap_in_a_schedule_is_said_and_costs_no_time() =>
        Assert.Equal(
            ["0 nobody: nobody is on call in nights", "0 page bo over mail"],
            new Pagers(Policy([Step(5, "#nights"), Step(5, "bo")])).Until(4).Lines
        );

    [Fact]
    public void When_nobody_can_be_paged_it_ends_at_once_and_says_so_however_often_it_repeats() =>
        Assert.Equal(
            [
                "0 nobody: nobody is on call in nights",
                "0 nobody: nobody is on call in days",
                "0 end: nobody could be paged",
            ],
            new Pagers(Policy([Step(5, "#nights"), Step(5, "#days")], repeat: 9)).Until(60).Lines
        );

    [Fact]
    public void Who_is_on_call_is_asked_as_the_step_is_reached()
    {
        var onCall = "ana";
        var pagers = new Pagers(Policy([Step(5, "#nights"), Step(5, "#nights")]), Everybody(_ => onCall));
        pagers.Until(4);
        onCall = "bo";
        Assert.Equal(["0 page ana over mail", "5 page bo over mail"], pagers.Until(6).Lines);
    }

    [Fact]
    public void Channels_have_their_time_and_a_step_waits_from_the_first_of_them()
    {
        var reach = Everybody(null, ("ana", new ChannelView("phone", ChannelKind.Webhook, AfterMinutes: 3)));
        Assert.Equal(
            ["0 page ana over mail", "3 page ana over phone", "5 page bo over mail"],
            new Pagers(TwoSteps, reach).Until(6).Lines
        );
    }

    [Fact]
    public void A_channel_that_is_off_is_not_used_and_who_is_on_call_twice_is_paged_once()
    {
        var reach = Everybody(_ => "ana", ("ana", new ChannelView("old", ChannelKind.Slack, IsOff: true)));
        var both = Policy([new([new("days"), new("nights"), new(Contact: "ana")], 5)]);
        Assert.Equal(["0 page ana over mail"], new Pagers(both, reach).Until(1).Lines);
    }

    [Fact]
    public void Conditions_are_judged_as_the_step_is_reached()
    {
        var policy = Policy([
            Step(5, "ana"),
            Step(5, "director", new StepCondition([Severity.Sev1])),
            Step(5, "bo", new StepCondition(BurnAtLeast: 14.4m)),
            Step(5, "cy", new StepCondition(Hours: [new([DayOfWeek.Tuesday], "12:00", "13:00")], TimeZone: "Etc/UTC")),
        ]);
        Assert.Equal(["0 page ana over mail", "5 page cy over mail"], new Pagers(policy).Until(9).Lines);
        Assert.Equal(
            ["0 page ana over mail", "5 page director over mail", "10 page bo over mail", "15 page cy over mail"],
            new Pagers(policy).At(3, one => one with { Severity = Severity.Sev1, Burn = 14.4m }).Until(19).Lines
        );
    }

    [Fact]
    public void Hours_end_when_the_clock_says_so_and_may_go_over_midnight()
    {
        var night = new StepCondition(Hours: [new([DayOfWeek.Monday], "22:00", "12:00")], TimeZone: "Etc/UTC");
        // Noon of Tuesday is the end of Monday's night.
        Assert.Equal(
            ["0 page bo over mail"],
            new Pagers(Policy([Step(5, "ana", night), Step(5, "bo")])).Until(1).Lines
        );
        var longer = night with { Hours = [new([DayOfWeek.Monday], "22:00", "12:01")] };
        Assert.Equal(["0 page ana over mail"], new Pagers(Policy([Step(5, "ana", longer)])).Until(1).Lines);
    }

    [Fact]
    public void Without_a_policy_nobody_is_paged_and_that_is_said_once()
    {
        var pagers = new Pagers(null);
        pagers.At(0, one => one).At(1, one => one).Until(60);
        Assert.Equal(["0 no policy"], pagers.Lines);
    }

    [Fact]
    public void Somebody_in_a_hurry_gets_the_next_step_at_once_and_all_anew_when_none_is_left()
    {
        var pagers = new Pagers(TwoSteps);
        pagers.Hurry(1, "ana");
        pagers.Until(20);
        pagers.Hurry(30, "ana");
        Assert.Equal(
            [
                "0 page ana over mail",
                "1 page bo over mail",
                "11 end: all steps were gone through and nobody took it",
                "30 again: It burns",
                "30 page ana over mail",
            ],
            pagers.Lines
        );
    }

    [Fact]
    public void Begun_anew_over_the_head_of_who_has_it_goes_on_until_that_person_acts()
    {
        var pagers = new Pagers(TwoSteps).Taken(1, "ana");
        pagers.Hurry(10, "bo");
        pagers.Until(16);
        pagers.At(17, one => one with { LastActAt = Noon.AddMinutes(17) });
        Assert.Equal(
            [
                "0 page ana over mail",
                "1 stop: ana has it",
                "10 again: It burns",
                "10 page ana over mail",
                "15 page bo over mail",
                "17 stop: ana has it",
            ],
            pagers.Until(60).Lines
        );
    }

    [Fact]
    public void A_policy_that_comes_later_serves_who_asks_for_it()
    {
        var pagers = new Pagers(null).Until(1);
        Assert.Equal("escalation-unrouted", Escalating.Hurry(pagers.Escalation, null, "x", "ana", Noon).Refusal!.Code);
        pagers.Hurry(5, "ana", TwoSteps);
        Assert.Equal(["0 no policy", "5 page ana over mail", "10 page bo over mail"], pagers.Until(11).Lines);
    }

    [Fact]
    public void Who_looks_late_takes_the_step_then_and_gives_it_its_whole_time()
    {
        var pagers = new Pagers(TwoSteps);
        pagers.Until(0);
        // The server was away from minute 1 to 20.
        pagers.Ask(Noon.AddMinutes(20));
        Assert.Equal(["0 page ana over mail", "20 page bo over mail"], pagers.Lines);
        Assert.Equal(Noon.AddMinutes(30), pagers.Escalation.NextAt);
    }

    [Fact]
    public void Asked_again_at_any_time_it_pages_nobody_twice_for_a_step()
    {
        var moments = Gen.Int[0, 90].Array[0, 60];
        var taken = Gen.Int[0, 90];
        Gen.Select(moments, taken, Gen.Int[0, 3])
            .Sample(
                (extra, takenAt, repeat) =>
                {
                    var policy = Policy([Step(5, "ana"), Step(7, "#nights"), Step(9, "bo")], repeat, 20);
                    var pagers = new Pagers(policy, Everybody(_ => "cy"));
                    foreach (var minute in extra.Append(takenAt).Order())
                    {
                        if (minute == takenAt)
                            pagers.Taken(minute, "ana");
                        else
                            pagers.At(minute, one => one);
                    }

                    var pages = pagers.Events.OfType<StepReached>().SelectMany(step => step.Calls).ToList();
                    Assert.Equal(pages.Count, pages.Select(page => page.PageId).Distinct().Count());
                    // While somebody has it nobody is paged: 20 minutes from when it was taken.
                    Assert.DoesNotContain(
                        pages,
                        page => page.DueAt > Noon.AddMinutes(takenAt) && page.DueAt < Noon.AddMinutes(takenAt + 20)
                    );
                }
            );
    }

    [Fact]
    public void A_preview_says_what_will_happen()
    {
        var policy = Policy([Step(5, "#nights"), Step(10, "bo")], repeat: 1);
        var preview = Previewing.Of(policy, Severity.Sev1, 0, Noon, _ => Everybody(_ => "ana"));
        var pagers = new Pagers(policy, Everybody(_ => "ana")).Until(100);
        Assert.Equal(
            pagers.Lines.SkipLast(1),
            preview.Calls.Select(call => $"{(int)(call.At - Noon).TotalMinutes} page {call.Person} over {call.Channel}")
        );
        Assert.Equal(
            (Noon.AddMinutes(30), (2, 2)),
            (preview.ExhaustedAt, (preview.Calls[^1].Round, preview.Calls[^1].Step))
        );

        var nobody = Previewing.Of(policy, Severity.Sev1, 0, Noon, _ => new Reach(_ => null, _ => []));
        Assert.Empty(nobody.Calls);
        Assert.Equal(["nobody is on call in nights (step 1)", "bo has no channel (step 2)"], nobody.Unreachable);
    }
}
