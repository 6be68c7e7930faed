using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Queries that are kept, and what they find from now on.</summary>
public sealed class TimelineViewTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private readonly TimelineStory story = new(platform);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_query_is_kept_under_a_name_and_asked_by_it()
    {
        var incident = await story.Story("kept");
        const string Address = "/v1/timeline/views/notes-of-kept";
        var set = new SetTimelineView($"incident:INC-{incident.Number} kind:note", "What people wrote");
        using var first = await platform.Ana.PutAsJsonAsync(Address, set, Json.Options, Stop);
        Assert.Equal((HttpStatusCode.NoContent, "\"1\""), (first.StatusCode, first.Headers.ETag?.Tag));
        using var again = await platform.Ana.PutAsJsonAsync(Address, set, Json.Options, Stop);
        Assert.Equal("\"1\"", again.Headers.ETag?.Tag);

        var view = await platform.Get<SavedTimelineView>(Address);
        Assert.Equal(("notes-of-kept", 1, set.Query, "ana"), (view.Name, view.Version, view.Query, view.By));
        Assert.Equal(3, (await platform.Get<TimelineAnswer>("/v1/timeline?view=notes-of-kept")).Items.Count);

        using var wrong = await platform.Ana.PutAsJsonAsync(
            Address,
            set with
            {
                Query = "kid:note",
            },
            Json.Options,
            Stop
        );
        await TimelineStory.Refused(wrong, HttpStatusCode.BadRequest, "query-malformed");
        using var name = await platform.Ana.PutAsJsonAsync("/v1/timeline/views/No", set, Json.Options, Stop);
        await TimelineStory.Refused(name, HttpStatusCode.BadRequest, "malformed");
        Assert.Equal(HttpStatusCode.NoContent, (await platform.Ana.DeleteAsync(Address, Stop)).StatusCode);
        await TimelineStory.Refused(await platform.Ana.GetAsync(Address, Stop), HttpStatusCode.NotFound, "not-found");
        await TimelineStory.Refused(
            await platform.Ana.GetAsync("/v1/timeline?view=notes-of-kept", Stop),
            HttpStatusCode.NotFound,
            "not-found"
        );
    }

    [Fact]
    public async Task What_a_query_finds_from_now_on_is_told_once_also_to_who_comes_back()
    {
        var incident = await platform.Declare("lively", Noon);
        await story.Count(incident, 1);
        var query = $"incident:INC-{incident.Number} kind:note -text:secret";
        using var live = await Live(query, null);
        Assert.Equal("hello", (await live.Next()).Type);
        await story.Note(incident, "One", Noon.AddMinutes(1));
        await story.Note(incident, "A secret", Noon.AddMinutes(1));
        await story.Note(incident, "Two", Noon);
        var (one, two) = (await live.Next(), await live.Next());
        Assert.Equal(("One", "Two"), (one.Entry!.Text, two.Entry!.Text));

        using var back = await Live(query, one.Id);
        Assert.Equal("hello", (await back.Next()).Type);
        Assert.Equal(two, await back.Next());

        using var pipes = await platform.Ana.GetAsync("/v1/timeline/live?q=kind:note+|+first+1", Stop);
        await TimelineStory.Refused(pipes, HttpStatusCode.BadRequest, "malformed");
        using var wrong = await platform.Ana.GetAsync("/v1/timeline/live?q=kid:note", Stop);
        await TimelineStory.Refused(wrong, HttpStatusCode.BadRequest, "query-malformed");
    }

    private async Task<LiveReader> Live(string query, string? after)
    {
        var address = $"/v1/timeline/live?q={Uri.EscapeDataString(query)}";
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        return new LiveReader(await platform.Ana.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop));
    }

    private sealed record Told(string Type, string Id, TimelineEntry? Entry)
    {
        public bool Equals(Told? other) => other is not null && (Id, Entry?.Id) == (other.Id, other.Entry?.Id);

        public override int GetHashCode() => Id.GetHashCode(StringComparison.Ordinal);
    }

    private sealed class LiveReader(HttpResponseMessage answer) : IDisposable
    {
        private IAsyncEnumerator<SseItem<string>>? items;

        public async Task<Told> Next()
        {
            items ??= SseParser
                .Create(await answer.Content.ReadAsStreamAsync(Stop))
                .EnumerateAsync(Stop)
                .GetAsyncEnumerator(Stop);
            Assert.True(await items.MoveNextAsync());
            var (type, id, data) = (items.Current.EventType, items.Current.EventId!, items.Current.Data);
            return new Told(
                type,
                id,
                data is "" or "null" ? null : JsonSerializer.Deserialize<TimelineEntry>(data, Json.Options)
            );
        }

        public void Dispose() => answer.Dispose();
    }
}
