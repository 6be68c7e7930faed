using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Experiments;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>An incident with a few entries of its own and of others, to be asked about.</summary>
internal sealed class TimelineStory(Platform platform)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<IncidentView> Story(string service)
    {
        var incident = await platform.Declare(service, Noon);
        await Note(incident, "First look", Noon.AddMinutes(1));
        await Note(incident, "Replication lag of 40 s", Noon.AddMinutes(10));
        await Note(incident, "It is over", Noon.AddMinutes(30));
        var run = Guid.CreateVersion7(Noon);
        await platform.Publish(new RunStarted(run, run, "slow", "a->b", [service], "bo", Noon.AddMinutes(2)));
        await Count(incident, 5);
        return incident;
    }

    public async Task Note(IncidentView incident, string text, DateTimeOffset at) =>
        (
            await platform.Ana.PostAsJsonAsync(
                $"/v1/incidents/{incident.Id}/notes",
                new AddNote(text, at),
                Json.Options,
                Stop
            )
        ).EnsureSuccessStatusCode();

    public async Task<IReadOnlyList<TimelineEntry>> Count(IncidentView incident, int count)
    {
        IReadOnlyList<TimelineEntry> found = [];
        await Eventually.Holds(
            async () => (found = (await Ask($"incident:{incident.Id}")).Items).Count == count,
            $"{count} entries"
        );
        return found;
    }

    public Task<TimelineAnswer> Ask(string query, string more = "") =>
        platform.Get<TimelineAnswer>(Address(query) + more);

    public static string Address(string query) =>
        string.Create(CultureInfo.InvariantCulture, $"/v1/timeline?q={Uri.EscapeDataString(query)}");

    public static async Task<JsonElement> Refused(HttpResponseMessage answer, HttpStatusCode status, string code)
    {
        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
        Assert.Equal(code, problem.GetProperty("code").GetString());
        return problem;
    }
}
