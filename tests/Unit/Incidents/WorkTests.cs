using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.FollowUps;
using Steady.Incidents.Response;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Incidents.Sample;
using IncidentDeclared = Steady.Incidents.Response.IncidentDeclared;
using IncidentReopened = Steady.Incidents.Response.IncidentReopened;
using IncidentSeverityChanged = Steady.Incidents.Response.IncidentSeverityChanged;
using UpdatePosted = Steady.Incidents.Response.UpdatePosted;

namespace Steady.Tests.Unit.Incidents;

/// <summary>Tasks with their reminders, and the next word that stakeholders were promised.</summary>
public sealed class WorkTests
{
    private static readonly Promises Promises = new(Severities.First.Severities);
    private static readonly TaskAdded Added = new(
        "checkout",
        Alert,
        1,
        "Call the bank",
        "bo",
        Noon.AddMinutes(20),
        null,
        "ana",
        Now
    );
    private static readonly TaskDone Done = new("checkout", 1, "Call the bank", "They know", "bo", Now);

    [Fact]
    public void A_task_is_added_once_changed_and_done_once()
    {
        var add = new AddTask("Call the bank", "bo", Noon.AddMinutes(20));
        Given<Incident>(Declared).When(i => Tasking.Add(i, Alert, add, Ana, Now)).Then(Added);
        Given<Incident>(Declared, Added).When(i => Tasking.Add(i, Alert, add, Ana, Now)).ThenNothing();
        var change = new ChangeTask("cleo", Noon.AddMinutes(30), "https://tickets/1");
        var changed = new TaskChanged(
            "checkout",
            1,
            "Call the bank",
            "cleo",
            Noon.AddMinutes(30),
            "https://tickets/1",
            "ana",
            Now
        );
        Given<Incident>(Declared, Added).When(i => Tasking.Change(i, 1, change, Ana, Now)).Then(changed);
        Given<Incident>(Declared, Added, changed).When(i => Tasking.Change(i, 1, change, Ana, Now)).ThenNothing();
        Given<Incident>(Declared, Added).When(i => Tasking.Finish(i, 1, new("They know"), Bo, Now)).Then(Done);
        Given<Incident>(Declared, Added, Done).When(i => Tasking.Finish(i, 1, new("Again"), Bo, Now)).ThenNothing();
    }

    [Fact]
    public void What_is_no_task_or_is_done_is_refused()
    {
        Given<Incident>(Declared).When(i => Tasking.Finish(i, 1, new(), Bo, Now)).ThenRefused("task-unknown");
        Given<Incident>(Declared, Added, Done).When(i => Tasking.Change(i, 1, new(), Bo, Now)).ThenRefused("task-done");
        // What was left to do when it ended may still be done.
        Given<Incident>(Declared, Added, Resolved)
            .When(i => Tasking.Finish(i, 1, new("They know"), Bo, Now))
            .Then(Done);
        var merged = new Steady.Incidents.Response.IncidentMerged("checkout", Alert, 9, "x", "bo", Noon);
        Given<Incident>(Declared, Added, merged)
            .When(i => Tasking.Finish(i, 1, new(), Bo, Now))
            .ThenRefused("incident-merged");
    }

    [Theory]
    [InlineData("https://tickets.example.org/1", true)]
    [InlineData("http://tickets/1?a=b", true)]
    [InlineData(null, true)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("tickets/1", false)]
    [InlineData("file:///etc/passwd", false)]
    [InlineData("", false)]
    public void A_link_is_an_address_that_a_browser_may_open(string? link, bool right) =>
        Assert.Equal(right, !Tasking.Check(link).Any());

    [Fact]
    public void At_20_the_time_of_a_task_passes_and_the_timeline_says_so_once()
    {
        var overdue = new TaskOverdue("checkout", 1, "Call the bank", "bo", Noon.AddMinutes(20), Noon.AddMinutes(20));
        Given<Incident>(Declared, Added).When(i => Reminding.Decide(i, Noon.AddMinutes(19))).ThenNothing();
        Given<Incident>(Declared, Added).When(i => Reminding.Decide(i, Noon.AddMinutes(20))).Then(overdue);
        Given<Incident>(Declared, Added, overdue).When(i => Reminding.Decide(i, Noon.AddMinutes(30))).ThenNothing();
        Given<Incident>(Declared, Added, Done).When(i => Reminding.Decide(i, Noon.AddMinutes(30))).ThenNothing();
        // Whose time is moved is reminded of again.
        var moved = new TaskChanged("checkout", 1, "Call the bank", "bo", Noon.AddMinutes(40), null, "ana", Now);
        Given<Incident>(Declared, Added, overdue, moved)
            .When(i => Reminding.Decide(i, Noon.AddMinutes(40)))
            .Then(overdue with { DueAt = Noon.AddMinutes(40), At = Noon.AddMinutes(40) });
    }

    [Fact]
    public void Declaring_promises_the_next_word_by_the_severity_and_what_is_only_looked_at_promises_nothing()
    {
        Assert.Equal(Now.AddMinutes(60), Declare(Severity.Sev2, triage: false).NextUpdateDueAt);
        Assert.Null(Declare(Severity.Sev4, triage: false).NextUpdateDueAt);
        Assert.Null(Declare(Severity.Sev1, triage: true).NextUpdateDueAt);
        var accepted = Triaging.Accept(Fold<Incident>(Declared with { Triage = true })!, Bo, Now, Promises);
        Assert.Equal(
            Now.AddMinutes(60),
            Assert.IsType<Steady.Incidents.Response.IncidentAccepted>(Assert.Single(accepted)).NextUpdateDueAt
        );
    }

    [Fact]
    public void A_worse_severity_promises_sooner_and_a_milder_one_keeps_what_was_promised()
    {
        var promised = Declared with { NextUpdateDueAt = Noon.AddMinutes(60) };
        Assert.Equal(Now.AddMinutes(30), Change(promised, Severity.Sev1).NextUpdateDueAt);
        Assert.Null(Change(promised, Severity.Sev3).NextUpdateDueAt);
        Assert.Null(Change(promised with { NextUpdateDueAt = Noon.AddMinutes(35) }, Severity.Sev1).NextUpdateDueAt);
        var milder = Fold<Incident>(promised, Change(promised, Severity.Sev3))!;
        Assert.Equal(Noon.AddMinutes(60), milder.Updates.DueAt);
    }

    [Fact]
    public void At_10_told_with_20_minutes_at_30_overdue_once_at_40_told_again_at_100_overdue()
    {
        var told = Told(Declared, 10, 20);
        Assert.Equal(Noon.AddMinutes(30), told.NextUpdateDueAt);
        Given<Incident>(Declared, told).When(i => Reminding.Decide(i, Noon.AddMinutes(29))).ThenNothing();
        var overdue = new UpdateOverdue("checkout", Noon.AddMinutes(30), Noon.AddMinutes(30));
        Given<Incident>(Declared, told).When(i => Reminding.Decide(i, Noon.AddMinutes(30))).Then(overdue);
        Given<Incident>(Declared, told, overdue).When(i => Reminding.Decide(i, Noon.AddMinutes(31))).ThenNothing();
        Assert.Equal(Noon.AddMinutes(30), Fold<Incident>(Declared, told, overdue)!.Updates.DueAt);

        var again = Posting.Decide(
            Fold<Incident>(Declared, told, overdue)!,
            Guid.Empty,
            Say,
            Promises,
            Bo,
            Noon.AddMinutes(40)
        );
        var second = Assert.IsType<UpdatePosted>(Assert.Single(again));
        Assert.Equal((2, Noon.AddMinutes(100)), (second.Number, second.NextUpdateDueAt));
        Given<Incident>(Declared, told, overdue, second)
            .When(i => Reminding.Decide(i, Noon.AddMinutes(100)))
            .Then(new UpdateOverdue("checkout", Noon.AddMinutes(100), Noon.AddMinutes(100)));
    }

    [Fact]
    public void What_is_over_promises_nothing_and_may_be_told_of_once_more()
    {
        var promised = Declared with { NextUpdateDueAt = Noon.AddMinutes(60) };
        Given<Incident>(promised, Resolved).When(i => Reminding.Decide(i, Noon.AddHours(2))).ThenNothing();
        Assert.Null(Told(promised, 20, 30, Resolved).NextUpdateDueAt);
        var reopened = Reopening.Decide(Fold<Incident>(promised, Resolved)!, new("Back"), Bo, Now, Promises);
        Assert.Equal(Now.AddMinutes(60), Assert.IsType<IncidentReopened>(Assert.Single(reopened)).NextUpdateDueAt);
    }

    [Fact]
    public void An_update_that_is_sent_twice_is_told_once()
    {
        var told = Told(Declared, 10, 20);
        Given<Incident>(Declared, told).When(i => Posting.Decide(i, Alert, Say, Promises, Bo, Now)).ThenNothing();
    }

    [Fact]
    public void A_follow_up_is_overdue_when_its_day_is_over_and_that_is_said_once()
    {
        var opened = new FollowUpOpened(
            "finding",
            Alert,
            "x",
            ["checkout"],
            "Cache",
            "bo",
            new(2026, 11, 24),
            "ana",
            Noon
        );
        var midnight = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);
        var overdue = new FollowUpOverdue(["checkout"], "Cache", "bo", new(2026, 11, 24), midnight);
        Given<FollowUp>(opened).When(one => FollowingUp.Remind(one, midnight.AddTicks(-1))).ThenNothing();
        Given<FollowUp>(opened).When(one => FollowingUp.Remind(one, midnight)).Then(overdue);
        Given<FollowUp>(opened, overdue).When(one => FollowingUp.Remind(one, midnight.AddDays(1))).ThenNothing();
        Given<FollowUp>(opened with { DueOn = null }).When(one => FollowingUp.Remind(one, midnight)).ThenNothing();
        var done = new FollowUpCompleted(["checkout"], "Cached", "bo", Noon);
        Given<FollowUp>(opened, done).When(one => FollowingUp.Remind(one, midnight)).ThenNothing();
        var linked = new FollowUpLinked(["checkout"], "https://t/1", "bo", Now);
        Given<FollowUp>(opened).When(one => FollowingUp.Link(one, "https://t/1", "bo", Now)).Then(linked);
        Given<FollowUp>(opened, linked).When(one => FollowingUp.Link(one, "https://t/1", "bo", Now)).ThenNothing();
    }

    [Fact]
    public void Whatever_waits_is_due_exactly_when_the_rule_has_something_to_say() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 90], Gen.Int[0, 120])
            .Sample(
                (task, update, minute) =>
                {
                    object[] story =
                    [
                        Declared,
                        Added with
                        {
                            DueAt = Noon.AddMinutes(task),
                        },
                        Told(Declared, 0, update),
                    ];
                    var now = Noon.AddMinutes(minute);
                    var due = story.SelectMany(e => DeadlinesProjection.Of(Alert, e)).Count(one => one.At <= now);
                    Assert.Equal(due, Reminding.Decide(Fold<Incident>(story)!, now).Events.Count);
                }
            );

    private static PostUpdate Say { get; } = new("We **know**.", UpdateAudience.Customers);

    private static UpdatePosted Told(IncidentDeclared declared, int minute, int next, params object[] more) =>
        (UpdatePosted)
            Assert.Single(
                Posting.Decide(
                    Fold<Incident>([declared, .. more])!,
                    Alert,
                    Say with
                    {
                        NextUpdateMinutes = next,
                    },
                    Promises,
                    Bo,
                    Noon.AddMinutes(minute)
                )
            );

    private static IncidentDeclared Declare(Severity severity, bool triage) =>
        (IncidentDeclared)
            Assert.Single(
                Declaring.Decide(new DeclareIncident("s", severity, "t", null, triage), 7, Ana, Now, Promises)
            );

    private static IncidentSeverityChanged Change(IncidentDeclared declared, Severity severity) =>
        (IncidentSeverityChanged)
            Assert.Single(
                ChangingSeverity.Decide(
                    Fold<Incident>(declared)!,
                    new ChangeSeverity(severity, "Seen"),
                    Bo,
                    Now,
                    Promises
                )
            );
}
