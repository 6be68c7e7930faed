using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Incidents that companies have published, imported through the door: what is known of them by hand comes out again.</summary>
public sealed class PublishedTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("aws-s3-2017-02-28", 1)]
    [InlineData("cloudflare-2019-07-02", 0)]
    [InlineData("cloudflare-2025-11-18", 1)]
    [InlineData("datadog-2023-03-08", 0)]
    [InlineData("github-2018-10-21", 1)]
    [InlineData("gitlab-2017-01-31", 5)]
    [InlineData("sre-book-shakespeare", 3)]
    public async Task A_published_timeline_comes_out_in_its_order_with_its_contradictions(
        string name,
        int contradictions
    )
    {
        var file = Read(name);
        var incident = await platform.Declare(
            name,
            file.GetProperty("events")[0].GetProperty("at").GetDateTimeOffset()
        );
        var entries = file.GetProperty("events").EnumerateArray().Select(Entry).Concat(Beside(name)).ToArray();
        using var written = await platform.Ana.PostAsJsonAsync(
            $"/v1/incidents/{incident.Id}/entries:batch",
            entries,
            Json.Options,
            Stop
        );
        Assert.True(written.IsSuccessStatusCode, await written.Content.ReadAsStringAsync(Stop));

        var address = $"/v1/incidents/{incident.Id}";
        var order = await Eventually.Answers(
            async () => (await platform.Get<TimelineOrder>($"{address}/order")).Items,
            items => items.Count == entries.Length + 1
        );
        var golden = Read("golden").GetProperty("incidents").EnumerateArray().Single(one => Text(one, "id") == name);
        var rows = order
            .Where(one =>
                one.Entry.Source != "incidents" && !one.Entry.Source.StartsWith("beside", StringComparison.Ordinal)
            )
            .ToList();
        Assert.Equal(golden.GetProperty("events").GetInt32(), rows.Count);
        Assert.Equal(golden.GetProperty("first").GetDateTimeOffset(), rows.Min(one => one.Entry.OccurredAt));
        Assert.Equal(golden.GetProperty("last").GetDateTimeOffset(), rows.Max(one => one.Entry.OccurredAt));
        Assert.DoesNotContain(order, one => one.AgainstClock);

        var found = await platform.Get<ContradictionList>($"{address}/contradictions");
        Assert.True(
            found.Items.Count == contradictions,
            string.Join('\n', found.Items.Select(one => $"{one.Kind}: {one.Explanation}"))
        );
        var diff = await platform.Get<IncidentDiff>($"/v1/incidents/diff?left={incident.Id}&right={incident.Id}");
        Assert.True(diff.IsEmpty);
    }

    private static RecordEntry Entry(JsonElement row) =>
        new(
            Text(row, "kind")!,
            Text(row, "label")!,
            row.GetProperty("at").GetDateTimeOffset(),
            Source: Text(row, "src"),
            SourceId: row.GetProperty("n").ToString(),
            Author: Text(row, "actor"),
            Precision: Text(row, "precision") == "approx" ? EntryPrecision.Approx : null,
            Labels: row.TryGetProperty("etaHours", out var hours)
                ? new Dictionary<string, string> { ["etaHours"] = hours.ToString() }
                : null
        );

    // What GitLab's two accounts state of the data that was lost stands beside their rows.
    private static IEnumerable<RecordEntry> Beside(string name)
    {
        if (name != "gitlab-2017-01-31")
            yield break;
        foreach (var lost in Read(name).GetProperty("statedBySource").GetProperty("lossWindow").EnumerateArray())
            yield return new RecordEntry(
                "context",
                $"The data that was lost ends at {lost[2]}",
                lost[2].GetDateTimeOffset(),
                Source: $"beside {lost[0]}",
                Labels: new Dictionary<string, string> { ["fact"] = "end of the data-loss window" }
            );
    }

    private static JsonElement Read(string name)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Repository.File("tests", "Unit", "Incidents", "Data", "Timelines", $"{name}.json"))
        );
        return document.RootElement.Clone();
    }

    private static string? Text(JsonElement element, string member) =>
        element.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
