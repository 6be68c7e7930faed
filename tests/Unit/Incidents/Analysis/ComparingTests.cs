using CsCheck;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Xunit;
using static Steady.Tests.Unit.Incidents.Analysis.Told;

namespace Steady.Tests.Unit.Incidents.Analysis;

public sealed class ComparingTests
{
    private static readonly Guid Other = Id(77);
    private static readonly string[] Kinds = ["symptom", "alert", "action", "comms", "mitigate"];

    [Fact]
    public void An_incident_does_not_differ_from_itself() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 4].Select(kind => Kinds[kind]), Gen.Int[0, 5])
            .Array[0, 40]
            .Sample(drawn =>
            {
                var entries = drawn
                    .Select((one, i) => Entry(i + 1, one.Item1, one.Item2, $"step {one.Item3} of it"))
                    .ToList();
                var diff = Diffing.Of(Side(Incident, entries), Side(Incident, entries), IncidentMoment.Declared, []);
                Assert.True(diff.IsEmpty);
                Assert.Empty(diff.Added.Concat(diff.Missing).Concat(diff.Faster).Concat(diff.Slower));
                Assert.Empty(diff.SamePeople);
                Assert.Equal(entries.Count, diff.Same);
            });

    [Fact]
    public void Public_timelines_do_not_differ_from_themselves_and_do_from_each_other()
    {
        foreach (var name in Published.Names)
        {
            var side = Side(Published.IdOf(name, 0), Published.Entries(name));
            Assert.True(Diffing.Of(side, side, IncidentMoment.Declared, []).IsEmpty);
            var other = Side(Published.IdOf("x", 0), Published.Entries(Published.Names[0]));
            if (name != Published.Names[0])
                Assert.False(Diffing.Of(side, other, IncidentMoment.Declared, []).IsEmpty);
        }
    }

    [Fact]
    public void What_one_had_and_the_other_had_not_and_what_came_sooner_or_later_stands_out()
    {
        var left = Side(
            Incident,
            [
                Entry(1, 0, "alert", "checkout burns its budget"),
                Entry(2, 2, "page", "ana was paged"),
                Entry(3, 30, "mitigate", "Rolled back"),
                Entry(4, 40, "resolve", "All is well"),
            ]
        );
        var right = Side(
            Other,
            [
                Entry(11, 0, "alert", "checkout burns its budget"),
                Entry(12, 1, "decision", "We wait"),
                Entry(13, 10, "mitigate", "Rolled back"),
                Entry(14, 90, "resolve", "All is well"),
            ]
        );
        var diff = Diffing.Of(left, right, IncidentMoment.Declared, []);
        Assert.Equal("We wait", Assert.Single(diff.Added).Right!.Text);
        Assert.Equal("ana was paged", Assert.Single(diff.Missing).Left!.Text);
        Assert.Equal(20 * 60, Assert.Single(diff.Faster).FasterBySeconds);
        Assert.Equal(-50 * 60, Assert.Single(diff.Slower).FasterBySeconds);
        Assert.Equal(1, diff.Same);
    }

    [Fact]
    public void Each_incidents_own_service_is_laid_beside_the_others()
    {
        var left = Side(Incident, [Entry(1, 0, "alert", "Alert")]);
        var right = Side(Other, [Entry(2, 0, "alert", "Alert") with { Services = ["search"] }]) with
        {
            Service = "search",
        };
        Assert.True(Diffing.Of(left, right, IncidentMoment.Declared, []).IsEmpty);
    }

    [Fact]
    public void People_failed_actions_and_follow_ups_that_come_again_are_named()
    {
        var left = Side(
            Incident,
            [
                Act(1, 0, "incident-acknowledged", "ana took the incident."),
                Entry(2, 5, "action", "Restarted the gateway; did not help"),
            ]
        );
        var right = Side(
            Other,
            [
                Act(11, 1000, "incident-acknowledged", "ana took the incident.") with
                {
                    IncidentId = Other,
                },
                Entry(12, 1005, "action", "Gateway restarted, no effect") with
                {
                    IncidentId = Other,
                },
            ]
        ) with
        {
            StartedAt = At(1000),
            Moments = new Dictionary<IncidentMoment, DateTimeOffset> { [IncidentMoment.Declared] = At(1000) },
        };
        var followUp = new FollowUpView(
            Id(5),
            1,
            "incident",
            Incident,
            "INC-7",
            ["checkout"],
            "Alert on the disk",
            "bo",
            null,
            "ana",
            At(60),
            null,
            null,
            null
        );
        var diff = Diffing.Of(left, right, IncidentMoment.Declared, [followUp]);
        Assert.Equal(["ana"], diff.SamePeople);
        Assert.Equal(Id(2), Assert.Single(diff.SameFailedActions).Left.Id);
        Assert.Equal("open", Assert.Single(diff.FollowUps).Standing);
    }

    [Fact]
    public void The_most_alike_stands_first_and_says_why()
    {
        var subject = Of(1, "disk full on the ledger database", ["checkout"], "alert", "page", "mitigate");
        var similar = new Similarity(
            subject,
            [
                Of(2, "certificate of search expired", ["search"], "deploy", "alert"),
                Of(3, "ledger database out of disk space", ["checkout"], "alert", "page", "mitigate"),
                Of(4, "slow payments", ["checkout"], "note"),
            ]
        ).Most(3, number => $"{number}");
        Assert.Equal([Id(3), Id(4)], similar.Select(one => one.Incident));
        var parts = similar[0].Parts.ToDictionary(part => part.Name);
        Assert.True(parts["text"].Score > 0.5m);
        Assert.Equal(1, parts["services"].Score);
        Assert.Equal(["checkout"], parts["services"].Because);
        Assert.Equal(["alert > page > mitigate"], parts["course"].Because);
        Assert.Equal(similar[0].Score, Math.Round(similar[0].Parts.Sum(part => part.Score * part.Weight), 3), 2);
    }

    private static Traits Of(int number, string text, string[] services, params string[] course) =>
        new(Id(number), [.. Vocabulary.Of(text).Select(Traits.NumberOf)], [], course, services);

    private static DiffSide Side(Guid incident, IReadOnlyList<TimelineEntry> entries) =>
        new(
            incident,
            "checkout",
            Told.Noon,
            new Dictionary<IncidentMoment, DateTimeOffset> { [IncidentMoment.Declared] = Told.Noon },
            entries
        );
}
