using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Intake;
using Xunit;
using static Steady.Tests.Unit.Incidents.Sample;
using AlertFired = Steady.Incidents.Intake.AlertFired;
using AlertResolved = Steady.Incidents.Intake.AlertResolved;

namespace Steady.Tests.Unit.Incidents.Intake;

/// <summary>What is new in a delivery, whatever its order.</summary>
public sealed class HearingTests
{
    private static readonly Routes First = Routes.Of(Routes.First.Routes, Routes.First.ServiceLabels);
    private static readonly Signal Firing = new(
        new AlertKey("prod", "8a07086b74f3ba78", Noon),
        new Dictionary<string, string>
        {
            ["alertname"] = "HighErrorRate",
            ["severity"] = "critical",
            ["service"] = "checkout",
        },
        new Dictionary<string, string> { ["summary"] = "Checkouts fail" },
        "http://prometheus/graph",
        null
    );
    private static readonly Signal Over = Firing with { EndsAt = Noon.AddMinutes(4) };

    [Fact]
    public void An_alert_that_is_new_fires()
    {
        var fired = Assert.IsType<AlertFired>(Assert.Single(Hearing.Decide(null, Firing, First, Now)));
        Assert.Equal(
            ("HighErrorRate", "checkout", Severity.Sev2, "HighErrorRate: Checkouts fail", Noon, null, Now),
            (fired.Name, fired.Service, fired.Severity, fired.Title, fired.StartsAt, fired.EndsAt, fired.At)
        );
    }

    [Fact]
    public void It_is_over_once()
    {
        var alert = After(null, Firing);
        var over = Assert.IsType<AlertResolved>(Assert.Single(Hearing.Decide(alert, Over, First, Now)));
        Assert.Equal(Noon.AddMinutes(4), over.EndsAt);
        Assert.Empty(Hearing.Decide(After(alert, Over), Over with { EndsAt = Now }, First, Now));
    }

    [Fact]
    public void Another_replica_that_still_says_it_fires_does_not_bring_it_back() =>
        Assert.Empty(Hearing.Decide(After(After(null, Firing), Over), Firing, First, Now));

    [Fact]
    public void One_that_was_over_before_it_was_heard_of_is_kept_as_such()
    {
        var fired = Assert.IsType<AlertFired>(Assert.Single(Hearing.Decide(null, Over, First, Now)));
        Assert.Equal(Noon.AddMinutes(4), fired.EndsAt);
        Assert.False(Steady.Incidents.Intake.Alert.Create(fired).IsFiring);
    }

    [Fact]
    public void Order_and_repetition_change_nothing_of_what_an_alert_is_in_the_end() =>
        Gen
            .Bool.List[1, 12]
            .Sample(
                deliveries =>
                {
                    var alert = deliveries.Aggregate(
                        (Alert?)null,
                        (before, over) => After(before, over ? Over : Firing)
                    )!;
                    return alert.IsFiring == !deliveries.Contains(true)
                        && alert.EndsAt == (alert.IsFiring ? null : Over.EndsAt)
                        && alert.Fired.Title == "HighErrorRate: Checkouts fail";
                },
                print: deliveries => string.Join(", ", deliveries.Select(over => over ? "resolved" : "firing"))
            );

    [Fact]
    public void A_storm_is_told_once_for_each_service_and_name()
    {
        var one = Fired(Firing);
        AlertFired[] storm =
        [
            one,
            one with
            {
                Fingerprint = "2",
            },
            one with
            {
                Name = "Other",
            },
            one with
            {
                Service = "ledger",
            },
        ];
        Assert.Equal(
            [true, false, true, true],
            Hearing.Told(storm, new HashSet<(string, string)>()).Select(e => e.IsNews)
        );
        var known = new HashSet<(string, string)>
        {
            ("checkout", "HighErrorRate Sev2"),
            ("ledger", "HighErrorRate Sev2"),
        };
        Assert.Equal([false, false, true, false], Hearing.Told(storm, known).Select(e => e.IsNews));
        var over = Hearing.Decide(Steady.Incidents.Intake.Alert.Create(one with { IsNews = false }), Over, First, Now);
        Assert.False(Assert.IsType<AlertResolved>(Assert.Single(over)).IsNews);
    }

    [Fact]
    public void Neither_a_milder_alert_of_the_name_nor_one_that_is_over_keeps_one_that_pages_from_being_told()
    {
        var pages = Fired(Firing);
        AlertFired[] message =
        [
            pages with
            {
                Severity = null,
            },
            pages with
            {
                EndsAt = Now,
            },
            pages,
            pages with
            {
                Severity = Severity.Sev1,
            },
        ];
        Assert.Equal(
            [true, true, true, true],
            Hearing.Told(message, new HashSet<(string, string)>()).Select(e => e.IsNews)
        );
    }

    [Fact]
    public void What_makes_it_another_alert_is_sender_fingerprint_or_beginning()
    {
        var key = Firing.Key;
        Guid[] ids =
        [
            key.Id,
            (key with { Integration = "test" }).Id,
            (key with { Fingerprint = "8a07086b74f3ba79" }).Id,
            (key with { StartsAt = Noon.AddTicks(1) }).Id,
        ];
        Assert.Equal(4, ids.Distinct().Count());
        Assert.Equal(key.Id, (key with { StartsAt = Noon.ToOffset(TimeSpan.FromHours(8)) }).Id);
    }

    [Fact]
    public void A_title_stays_readable()
    {
        var told = Firing with { Annotations = new Dictionary<string, string> { ["description"] = new('x', 900) } };
        var untold = Firing with
        {
            Annotations = new Dictionary<string, string>(),
            Labels = new Dictionary<string, string>(),
        };
        Assert.Equal(200, Fired(told).Title.Length);
        Assert.Equal("alert", Fired(untold).Title);
        Assert.Equal("prod", Fired(untold).Service);
    }

    private static AlertFired Fired(Signal signal) => (AlertFired)Hearing.Decide(null, signal, First, Now)[0];

    private static Alert? After(Alert? before, Signal signal) =>
        Hearing
            .Decide(before, signal, First, Now)
            .Aggregate(
                before,
                (alert, e) =>
                    e is AlertFired fired ? Steady.Incidents.Intake.Alert.Create(fired) : alert!.Apply((AlertResolved)e)
            );
}
