using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What is remembered of timelines is no older than they are.</summary>
public sealed class StoriesTests(Platform platform) : IClassFixture<Platform>
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
