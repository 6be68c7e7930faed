using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Xunit;

namespace Steady.Tests.Unit.Incidents.Analysis;

/// <summary>What is known of published incidents by hand is what the analysis says of them.</summary>
public sealed class PublishedTimelinesTests
{
    private static readonly DateTimeOffset Later = Published.Moment("2030-01-01T00:00:00Z");

    // The rows that contradict each other, by their numbers; a promise by itself. Eleven in all, and nothing else.
    private static readonly (string Name, ContradictionKind Kind, int[] Rows)[] Known =
    [
        ("gitlab-2017-01-31", ContradictionKind.DifferentTimes, [2, 3]),
        ("gitlab-2017-01-31", ContradictionKind.DifferentTimes, [5, 6]),
        ("gitlab-2017-01-31", ContradictionKind.DifferentTimes, [7, 9]),
        ("gitlab-2017-01-31", ContradictionKind.DifferentTimes, [11, 12]),
        ("gitlab-2017-01-31", ContradictionKind.DifferentTimes, [101, 102]),
        ("github-2018-10-21", ContradictionKind.MissedForecast, [12, 14]),
        ("cloudflare-2025-11-18", ContradictionKind.DifferentTimes, [2, 3]),
        ("aws-s3-2017-02-28", ContradictionKind.SharedFault, [2, 3]),
        ("sre-book-shakespeare", ContradictionKind.DifferentTimes, [19, 22]),
        ("sre-book-shakespeare", ContradictionKind.DifferentTimes, [18, 20]),
        ("sre-book-shakespeare", ContradictionKind.DifferentPeople, [24, 25]),
    ];

    [Fact]
    public void All_eleven_published_contradictions_are_found_and_no_others()
    {
        var expected = Known.Select(one => $"{one.Name} {one.Kind} {string.Join(",", one.Rows)}").Order();
        var found = Published.Names.SelectMany(name => Found(name, Told(name)).Select(one => $"{name} {one}")).Order();
        Assert.Equal(expected, found);
    }

    [Theory]
    [InlineData("2017-02-05T00:00:00Z", 6, 0)]
    [InlineData("2017-02-11T00:00:00Z", 12, 4)]
    public void Before_the_second_account_was_published_nothing_contradicted_the_first(
        string knownAt,
        int rows,
        int contradictions
    )
    {
        var known = Published
            .Entries("gitlab-2017-01-31")
            .Where(one => one.RecordedAt <= Published.Moment(knownAt))
            .ToList();
        Assert.Equal(rows, known.Count);
        Assert.Equal(contradictions, Found("gitlab-2017-01-31", known).Count());
    }

    [Fact]
    public void As_many_rows_share_a_moment_as_were_counted_by_hand()
    {
        foreach (var golden in Published.Read("golden").GetProperty("incidents").EnumerateArray())
        {
            var name = golden.GetProperty("id").GetString()!;
            var entries = Published.Entries(name);
            Assert.Equal(golden.GetProperty("events").GetInt32(), entries.Count);
            // By the moment alone, whatever precision is claimed.
            var exact = Ordering.Of([.. entries.Select(one => one with { Precision = null, OccurredUntil = null })]);
            Assert.Equal(golden.GetProperty("ties").GetInt32(), exact.Count(one => one.OrderUnknown));
            Assert.Equal(Published.Moment(golden.GetProperty("first").GetString()!), exact[0].Entry.OccurredAt);
            Assert.Equal(Published.Moment(golden.GetProperty("last").GetString()!), exact[^1].Entry.OccurredAt);
        }
    }

    [Fact]
    public void What_led_to_the_impact_is_the_deploy_and_before_it_the_merge()
    {
        const string name = "cloudflare-2019-07-02";
        var entries = Published.Entries(name);
        var graph = new CausalGraph(entries, CausalEdges.Of(entries, Surroundings.None));
        var page = Published.IdOf(name, 4);
        var causes = graph.Causes(page, 3).Nodes.Select(one => one.Entry.Id).ToList();
        Assert.Contains(Published.IdOf(name, 3), causes);
        Assert.Contains(Published.IdOf(name, 1), causes);
        Assert.Equal(CausalDirection.Cause, graph.Path(Published.IdOf(name, 1), Published.IdOf(name, 3)).Direction);
    }

    [Fact]
    public void A_missed_promise_is_one_as_soon_as_its_moment_has_passed()
    {
        var entries = Published.Entries("github-2018-10-21");
        Assert.Empty(Forecasts("2018-10-22T08:50:00Z"));
        Assert.Single(Forecasts("2018-10-22T09:00:00Z"));

        IEnumerable<ContradictionView> Forecasts(string at)
        {
            var moment = Published.Moment(at);
            return Contradictions.Find([.. entries.Where(one => one.OccurredAt <= moment)], [], moment);
        }
    }

    private static IReadOnlyList<TimelineEntry> Told(string name) =>
        name == "gitlab-2017-01-31"
            ?
            [
                .. Published.Entries(name),
                // What each account states of the data that was lost, beside its rows.
                Published.Stated(name, 101, "notes", "end of the data-loss window", "2017-01-31T23:25:00Z"),
                Published.Stated(name, 102, "pm", "end of the data-loss window", "2017-02-01T00:00:00Z"),
            ]
            : Published.Entries(name);

    private static IEnumerable<string> Found(string name, IReadOnlyList<TimelineEntry> entries)
    {
        var rows = entries.ToDictionary(one => one.Id, one => one.Sequence);
        return Contradictions
            .Find(entries, [], Later)
            .Select(one => $"{one.Kind} {string.Join(",", one.Claims.Select(claim => rows[claim.Entry]).Order())}");
    }
}
