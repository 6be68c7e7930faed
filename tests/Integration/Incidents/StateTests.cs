using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>How an incident stands follows from its whole timeline as it is, though little of it is read and that is remembered.</summary>
public sealed class StateTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task How_it_stands_follows_what_is_written_amended_and_redacted()
    {
        var incident = await platform.Declare("remembered", Noon);
        await Stands(incident.Id, null);
        var id = await Write(incident.Id, "yellow");
        await Stands(incident.Id, "yellow");
        await Post($"/v1/entries/{id}/amendments", new AmendEntry("Worse", Labels: Labels("red")));
        await Stands(incident.Id, "red");
        await Post($"/v1/entries/{id}/redactions", new RedactEntry("It names a customer"));
        await Stands(incident.Id, null);
        await Write(incident.Id, "green");
        await Stands(incident.Id, "green");
        await Post("/v1/people/ana/redactions", new RedactEntry("She asked for it"));
        await Stands(incident.Id, null);
    }

    [Fact]
    public async Task Its_revision_is_another_one_once_something_was_written()
    {
        var (one, other) = (await platform.Declare("revised", Noon), await platform.Declare("beside", Noon));
        var id = await Write(one.Id, "yellow");
        await Stands(one.Id, "yellow");
        var before = await Revision(one.Id);
        await Write(other.Id, "red");
        await Stands(other.Id, "red");
        Assert.Equal(before, await Revision(one.Id));
        await Post($"/v1/entries/{id}/retractions", new RetractEntry("Something else"));
        await Stands(one.Id, null);
        Assert.NotEqual(before, await Revision(one.Id));
    }

    [Fact]
    public async Task How_it_stood_as_it_was_known_is_what_the_timeline_said_then()
    {
        var incident = await platform.Declare("known", Noon);
        Guid[] ids =
        [
            await Write(incident.Id, "yellow"),
            await Write(incident.Id, "green"),
            await Write(incident.Id, "red"),
        ];
        await Stands(incident.Id, "red");
        await Post($"/v1/entries/{ids[2]}/amendments", new AmendEntry("Less", Labels: Labels("white")));
        await Stands(incident.Id, "white");
        await Post($"/v1/entries/{ids[2]}/retractions", new RetractEntry("Something else"));
        await Stands(incident.Id, "green");
        var all = (await platform.Timeline($"incident={incident.Id}&limit=500")).Items;
        var versions = await platform.Get<EntryHistory>($"/v1/entries/{ids[2]}/versions");
        var moments = all.Concat(versions.Versions.Select(one => one.Entry))
            .SelectMany(one => new[] { one.RecordedAt, one.RecordedAt.AddTicks(-1) })
            .Distinct()
            .ToList();
        var told = new HashSet<string?>();
        foreach (var moment in moments)
        {
            var known = $"knownAt={moment:yyyy-MM-ddTHH:mm:ss.fffffffZ}";
            var entries = (await platform.Timeline($"incident={incident.Id}&limit=500&{known}")).Items;
            var state = await platform.Get<IncidentState>($"/v1/incidents/{incident.Id}/state?{known}");
            var expected = StateAt.Of([], Past.Of(entries), state.At, moment);
            Assert.Equal(expected.Entries, state.Entries);
            Assert.Equal(expected.Told, state.Told);
            told.Add(state.Told.GetValueOrDefault("severity"));
        }

        Assert.Superset(new HashSet<string?> { null, "yellow", "green", "red", "white" }, told);
    }

    private async Task<long> Revision(Guid incident) =>
        (await platform.Get<IncidentState>($"/v1/incidents/{incident}/state")).Revision;

    [Fact]
    public async Task What_is_read_of_a_timeline_says_as_much_as_all_of_it()
    {
        const int Seed = 20261130;
        TestContext.Current.TestOutputHelper!.WriteLine($"Seed {Seed}");
        var random = new Random(Seed);
        var incident = await platform.Declare("read", Noon);
        RecordEntry[] written = [.. Enumerable.Range(0, 400).Select(_ => Any(random))];
        using var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident.Id}/entries:batch",
            written,
            Json.Options,
            Stop
        );
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        var all = await Eventually.Answers(
            async () => (await platform.Timeline($"incident={incident.Id}&limit=500")).Items,
            items => items.Count > written.Length
        );
        var missed = 0;
        foreach (var minute in new[] { -1, 0, 7, 120, 333, 600, 5_000 })
        {
            var at = Noon.AddMinutes(minute);
            var state = await platform.Get<IncidentState>(
                $"/v1/incidents/{incident.Id}/state?at={at:yyyy-MM-ddTHH:mm:ssZ}"
            );
            var expected = StateAt.Of([], Past.Of([.. all.Where(one => one.OccurredAt <= at)]), at, state.KnownAt);
            Assert.Equal(expected.Entries, state.Entries);
            Assert.Equal(expected.Told, state.Told);
            Assert.Equal(
                expected.MissedForecasts.Select(one => (one.Id, one.Explanation)),
                state.MissedForecasts.Select(one => (one.Id, one.Explanation))
            );
            missed += state.MissedForecasts.Count;
        }

        Assert.True(missed > 50, $"Only {missed} promises were not kept: the test says little.");
    }

    private static RecordEntry Any(Random random)
    {
        // What is over is rarely over: most promises are broken first.
        var kinds = random.Next(60) == 0 ? Ends : Kinds;
        var (kind, at) = (kinds[random.Next(kinds.Length)], Noon.AddMinutes(random.Next(600)));
        var labels = random.Next(8) switch
        {
            0 => Labels("yellow"),
            1 => new() { ["role"] = "scribe", ["author"] = $"p{random.Next(3)}" },
            2 => new() { ["eta"] = $"{at.AddMinutes(random.Next(60)):O}" },
            3 => new() { ["etaHours"] = "1.5" },
            _ => [],
        };
        return new RecordEntry(
            kind,
            Sayings[random.Next(Sayings.Length)],
            at,
            Source: $"source-{random.Next(4)}",
            Labels: labels
        );
    }

    private static readonly string[] Ends = ["mitigate", "recover", "resolve"];

    private static readonly string[] Kinds =
    [
        "role",
        "comms",
        "status",
        "note",
        "chat",
        "symptom",
        "diagnose",
        "deploy",
    ];

    private static readonly string[] Sayings =
    [
        "We expect to be back in 20 minutes",
        "ETA two hours",
        "Estimated at 1 h",
        "It should be over in three hours",
        "Service WILL BE back within 45 min",
        "Looking at the replicas",
        "beta of the new pool, 3 hours old",
    ];

    private static Dictionary<string, string> Labels(string severity) => new() { ["severity"] = severity };

    private async Task Stands(Guid incident, string? severity)
    {
        // Twice: read, and remembered.
        for (var i = 0; i < 2; i++)
            await Eventually.Holds(
                async () =>
                    (await platform.Get<IncidentState>($"/v1/incidents/{incident}/state")).Told.GetValueOrDefault(
                        "severity"
                    ) == severity,
                $"The severity told is {severity ?? "none"}"
            );
    }

    private async Task<Guid> Write(Guid incident, string severity)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident}/entries",
            new RecordEntry("symptom", "It hurts", Noon.AddMinutes(1), Source: "support", Labels: Labels(severity)),
            Json.Options,
            Stop
        );
        return (await answer.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options, Stop))!.Ids.Single();
    }

    private async Task Post<T>(string address, T command)
    {
        using var answer = await platform.Ana.PostAsJsonAsync(address, command, Json.Options, Stop);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
    }
}
