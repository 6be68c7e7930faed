using JasperFx.Events;
using Steady.Contracts.Incidents;
using Steady.Incidents.Response;
using Steady.Incidents.Timeline.Analysis;
using Xunit;
using static Steady.Tests.Unit.Incidents.Analysis.Told;

namespace Steady.Tests.Unit.Incidents.Analysis;

public sealed class KnowledgeTests
{
    private static readonly TimelineEntry[] Story =
    [
        Act(1, 0, "alert-fired", "Alert: checkouts fail", "prod") with
        {
            IncidentId = null,
        },
        Act(2, 1, "incident-declared", "INC-7 declared on checkout, SEV-2: Nobody can pay", "rule:alert"),
        Act(3, 2, "page-attempted", "ana was paged over phone: accepted", "rule:pager") with
        {
            Labels = new Dictionary<string, string> { ["person"] = "ana", ["delivered"] = "true" },
        },
        Act(4, 4, "incident-acknowledged", "ana took the incident.", "ana"),
        Act(5, 6, "note-added", "The disk of ledger is full", "ana"),
        Act(6, 10, "role-assigned", "cleo is commander now.", "ana") with
        {
            Labels = new Dictionary<string, string> { ["person"] = "cleo", ["role"] = "commander" },
        },
        Act(7, 12, "update-posted", "Told customers: some of you cannot pay", "ana") with
        {
            Labels = new Dictionary<string, string> { ["audience"] = "customers" },
        },
        Act(8, 13, "update-posted", "Told colleagues: the disk was full", "ana") with
        {
            Labels = new Dictionary<string, string> { ["audience"] = "colleagues" },
        },
        Act(9, 20, "incident-mitigated", "Mitigated: disk emptied", "bo"),
    ];

    [Fact]
    public void A_page_shows_what_it_is_about_and_who_comes_reads_what_was_there()
    {
        Assert.Equal([1, 2, 3], Seen.By(Story, "ana", At(3)).Select(one => one.Sequence).Order());
        Assert.Equal([1, 2, 3, 4, 5], Seen.By(Story, "ana", At(7)).Select(one => one.Sequence).Order());
        Assert.Empty(Seen.By(Story, "cleo", At(9)));
        Assert.Equal(6, Seen.By(Story, "cleo", At(10)).Count);
        Assert.Empty(Seen.By(Story, "bo", At(11)));
        Assert.Equal(9, Seen.By(Story, "bo", At(20)).Count);
    }

    [Fact]
    public void A_role_is_whoever_has_it_at_the_moment()
    {
        Assert.Equal("ana", Seen.Holder(Story, "commander", At(5)));
        Assert.Equal("cleo", Seen.Holder(Story, "commander", At(11)));
        Assert.Empty(Seen.By(Story, "role/commander", At(3)));
        Assert.Equal([1, 2, 3, 4, 5], Seen.By(Story, "role/commander", At(7)).Select(one => one.Sequence).Order());
        Assert.Empty(Seen.By(Story, "role/scribe", At(30)));
    }

    [Fact]
    public void The_public_has_seen_what_customers_were_told_and_nothing_else()
    {
        Assert.Empty(Seen.By(Story, "public", At(11)));
        Assert.Equal(7, Assert.Single(Seen.By(Story, "public", At(30))).Sequence);
    }

    [Theory]
    [InlineData("ana", true)]
    [InlineData("role/operations-lead", true)]
    [InlineData("role/king", false)]
    [InlineData("", false)]
    public void Whoever_is_asked_for_is_somebody(string who, bool understood) =>
        Assert.Equal(understood, Seen.IsUnderstood(who));

    [Fact]
    public void A_fact_was_true_then_known_then_told()
    {
        var late = Entry(20, -5, "symptom", "Payments fail") with { RecordedAt = At(15) };
        var gap = KnowledgeGaps.Of(Told.Incident, [.. Story, late], null, true);
        var fact = gap.Facts.Single(one => one.Entry == Id(20));
        Assert.Equal((At(-5), At(15), At(12)), (fact.TrueFrom, fact.KnownFrom, fact.CustomersFrom!.Value));
        var mitigated = gap.Facts.Single(one => one.Entry == Id(9));
        Assert.Null(mitigated.CustomersFrom);
        Assert.Equal(20 * 60, gap.LongestUnknownSeconds);
        Assert.Equal(17 * 60, gap.FirstToldCustomersSeconds);
    }

    [Fact]
    public void How_it_stood_depends_on_both_clocks()
    {
        IReadOnlyList<IEvent> story =
        [
            Stored(Sample.Declared with { At = Told.Noon, StartedAt = Told.Noon }, 0),
            Stored(new TaskAdded("checkout", Id(60), 1, "Call the bank", "bo", null, null, "ana", At(3)), 3),
            Stored(new Steady.Incidents.Response.IncidentAcknowledged("checkout", "ana", At(5)), 5),
            Stored(new Steady.Incidents.Response.IncidentMitigated("checkout", "Rolled back", "bo", At(9)), 9),
            Stored(
                new TimestampStated("checkout", IncidentMoment.Mitigated, At(7), "The graph says so", "ana", At(30)),
                30
            ),
        ];
        var early = State(story, Story, At(6), At(60));
        Assert.Equal((IncidentStatus.Acknowledged, false), (early.Status!.Value, early.IsMitigated));
        Assert.Equal(("ana", IncidentRole.Commander), Assert.Single(early.Roles.Select(one => (one.Person, one.Role))));
        Assert.Equal("Call the bank", Assert.Single(early.OpenTasks).Text);
        Assert.Equal(5, early.Entries);
        Assert.False(State(story, Story, At(8), At(8)).IsMitigated);
        Assert.True(State(story, Story, At(8), At(60)).IsMitigated);
        Assert.Null(State(story, Story, At(-1), At(60)).Status);
    }

    [Fact]
    public void At_ten_past_eleven_GitHub_was_yellow_and_nobody_coordinated()
    {
        var at = Published.Moment("2018-10-21T23:10:00Z");
        var entries = Published.Entries("github-2018-10-21");
        var state = State([], entries, at, Published.Moment("2020-01-01T00:00:00Z"));
        Assert.Equal(6, state.Entries);
        Assert.Equal("yellow", state.Told["severity"]);
        Assert.DoesNotContain("role/commander", state.Told.Keys);
        var nine = State(
            [],
            entries,
            Published.Moment("2018-10-22T09:00:00Z"),
            Published.Moment("2020-01-01T00:00:00Z")
        );
        Assert.Single(nine.MissedForecasts);
    }

    private static IncidentState State(
        IReadOnlyList<IEvent> story,
        IReadOnlyList<TimelineEntry> entries,
        DateTimeOffset at,
        DateTimeOffset knownAt
    ) =>
        StateAt.Of(
            story,
            Past.Of([.. entries.Where(one => one.OccurredAt <= at && one.RecordedAt <= knownAt)]),
            at,
            knownAt
        );

    private static IEvent Stored(object data, double minute)
    {
        var stored = (IEvent)Activator.CreateInstance(typeof(Event<>).MakeGenericType(data.GetType()), data)!;
        (stored.StreamId, stored.Timestamp) = (Told.Incident, At(minute));
        return stored;
    }
}
