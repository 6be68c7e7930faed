using Microsoft.Extensions.Time.Testing;
using Steady.Incidents.Intake;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;
using Alert = Steady.Incidents.Intake.Alert;
using AlertFired = Steady.Incidents.Intake.AlertFired;
using AlertResolved = Steady.Incidents.Intake.AlertResolved;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>Alerts of senders that name a trouble and not when it began.</summary>
public sealed class AlertTurnsTests
{
    private static readonly Routes First = Routes.Of(Routes.First.Routes, Routes.First.ServiceLabels);
    private static readonly PagerDutyEvent Trigger = new(
        PagerDutyAction.Trigger,
        "srv01/mysql",
        null,
        new Dictionary<string, string> { ["alertname"] = "disk", ["severity"] = "critical" },
        new Dictionary<string, string> { ["summary"] = "Full" },
        null
    );
    private static readonly PagerDutyEvent Resolve = Trigger with { Action = PagerDutyAction.Resolve };

    [Fact]
    public void At_0_it_fires_at_1_again_at_2_it_is_over_at_3_it_is_another()
    {
        var first = Signal(Trigger, null, 0, 0)!;
        var open = After(null, first);
        Assert.Null(Signal(Trigger, open, 1, 1));
        var over = After(open, Signal(Resolve, open, 1, 2)!);
        Assert.False(over.IsFiring);
        Assert.Equal(Noon.AddMinutes(2), over.EndsAt);
        Assert.Null(Signal(Resolve, over, 1, 3));
        var second = Signal(Trigger, over, 1, 3)!;
        Assert.NotEqual(first.Key.Id, second.Key.Id);
        Assert.Equal(2, second.Key.Turn);
    }

    [Fact]
    public void Two_that_come_at_once_are_the_same_alert() =>
        Assert.Equal(Signal(Trigger, null, 0, 0)!.Key.Id, Signal(Trigger, null, 0, 1)!.Key.Id);

    [Fact]
    public void What_is_over_or_seen_without_ever_having_begun_is_nothing()
    {
        Assert.Null(Signal(Resolve, null, 0, 0));
        Assert.Null(Signal(Trigger with { Action = PagerDutyAction.Acknowledge }, null, 0, 0));
    }

    [Fact]
    public void Trouble_does_not_begin_tomorrow() =>
        Assert.Equal(Noon, Signal(Trigger with { At = Noon.AddDays(1) }, null, 0, 0)!.Key.StartsAt);

    [Fact]
    public void Somebody_there_has_seen_it_once_and_not_when_it_is_over()
    {
        var open = After(null, Signal(Trigger, null, 0, 0)!);
        var seen = Assert.IsType<AlertAcknowledged>(
            Assert.Single(AlertTurns.Acknowledge(open, "prod", Noon.AddMinutes(1), Noon.AddMinutes(2)).Events)
        );
        Assert.Equal(("disk: Full", "prod", Noon.AddMinutes(1)), (seen.Title, seen.By, seen.OccurredAt));
        Assert.Empty(AlertTurns.Acknowledge(open.Apply(seen), "prod", Now, Now).Events);
        Assert.Empty(AlertTurns.Acknowledge(open with { IsFiring = false }, "prod", Now, Now).Events);
    }

    [Fact]
    public void A_key_may_send_120_at_once_and_then_two_a_second()
    {
        var clock = new FakeTimeProvider(Noon);
        var allowance = new Allowance(clock);
        for (var i = 0; i < 120; i++)
            Assert.Null(allowance.Take("key"));
        Assert.Equal(TimeSpan.FromSeconds(0.5), allowance.Take("key"));
        Assert.Null(allowance.Take("other"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(allowance.Take("key"));
        Assert.Null(allowance.Take("key"));
        Assert.NotNull(allowance.Take("key"));
        clock.Advance(TimeSpan.FromMinutes(2));
        for (var i = 0; i < 120; i++)
            Assert.Null(allowance.Take("key"));
    }

    private static Signal? Signal(PagerDutyEvent read, Alert? last, int turn, int minute) =>
        AlertTurns.Decide(read, "prod", "srv01/mysql", last, turn, Noon.AddMinutes(minute));

    private static Alert After(Alert? before, Signal heard) =>
        Hearing
            .Decide(before, heard, First, Now)
            .Aggregate(before, (alert, e) => e is AlertFired f ? Alert.Create(f) : alert!.Apply((AlertResolved)e))!;
}
