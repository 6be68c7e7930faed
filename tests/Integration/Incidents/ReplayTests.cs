using System.Net;
using System.Net.Http.Json;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Timeline.Replay;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>A story is watched as it went: what was known beside what was so, over HTTP.</summary>
public sealed class ReplayTests(Platform platform) : IClassFixture<Platform>
{
    private readonly DateTimeOffset noon = TimeProvider.System.GetUtcNow().AddHours(-2);
    private readonly TimelineStory story = new(platform);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_fog_tells_by_when_it_was_recorded_and_hindsight_by_when_it_happened()
    {
        var incident = await Corrected("replayed");
        var told = await Watch($"incident=INC-{incident.Number}&speed=3600&skip=idle");
        Assert.Equal(["hello", "end"], [told[0].Type, told[^1].Type]);
        var frames = told.Where(one => one.Type == "entry").Select(one => one.Read<ReplayFrame>()).ToList();
        Assert.Equal(frames.Count, told[0].Read<ReplayHello>().Frames);
        Assert.Equal(frames.Select(one => one.At).Order(), frames.Select(one => one.At));
        var first = frames.First(one => one.Entry?.Text == "First look");
        Assert.Equal(ReplayLane.Hindsight, first.Lane);
        Assert.Equal(noon.AddMinutes(1), first.At, TimeSpan.FromMilliseconds(1));

        var deploys = frames.Where(one => one.Entry?.Kind == "deploy").ToList();
        Assert.Equal(
            [
                (ReplayLane.Hindsight, ReplayChange.Appears, "release-8 went out."),
                (ReplayLane.Fog, ReplayChange.Appears, "release-7 went out."),
                (ReplayLane.Fog, ReplayChange.Replaces, "release-8 went out."),
            ],
            deploys.Select(one => (one.Lane, one.Change, one.Entry!.Text))
        );
        var vanished = Assert.Single(frames, one => one.Change == ReplayChange.Vanishes);
        Assert.Equal(("Another cluster", null), (Text(frames, vanished), vanished.Entry));

        var end = told[^1].Read<ReplayClock>();
        Assert.Equal((end.Known, end.Known, 0), (end.Known, end.Happened, end.Unknown));
        var dark = told.Where(one => one.Type == "clock")
            .Select(one => one.Read<ReplayClock>())
            .Max(one => one.Unknown);
        Assert.True(dark >= 2, "What had happened and nobody had recorded is counted");

        var fog = await Watch($"incident=INC-{incident.Number}&speed=3600&skip=idle&lane=fog");
        Assert.All(
            fog.Where(one => one.Type == "entry"),
            one => Assert.Equal(ReplayLane.Fog, one.Read<ReplayFrame>().Lane)
        );
    }

    [Fact]
    public async Task Whoever_comes_back_goes_on_there_although_more_was_recorded_meanwhile()
    {
        var incident = await Corrected("resumed");
        var aside = await platform.Declare("resumed-aside", noon);
        await story.Note(aside, "Written aside", noon.AddMinutes(2));
        await Eventually.Holds(
            async () => (await story.Ask($"incident:INC-{aside.Number} text:aside")).Items.Count >= 1,
            "The note aside"
        );
        var address = $"q={Uri.EscapeDataString($"incident:INC-{incident.Number}")}&speed=3600&skip=idle";
        var whole = await Watch(address);
        await Say($"/v1/incidents/{aside.Id}/merge", new MergeIncident($"{incident.Id}", "One outage"));
        await story.Note(incident, "Written meanwhile", noon.AddMinutes(2));
        await Eventually.Holds(
            async () => (await story.Ask($"incident:INC-{incident.Number} text:meanwhile")).Items.Count == 1,
            "The new note"
        );
        var places = Enumerable.Range(0, whole.Count - 1).Where(i => whole[i].Type == "entry" || i == 0);
        foreach (var i in places)
        {
            var rest = await Watch(address.Replace("3600", "3000", StringComparison.Ordinal), whole[i].Id);
            Assert.Equal("hello", rest[0].Type);
            Assert.Equal(
                whole.Skip(i + 1).Where(one => one.Type == "entry").Select(one => one.Id),
                rest.Where(one => one.Type == "entry").Select(one => one.Id)
            );
        }

        using var over = await Send(address, whole[^1].Id);
        Assert.Equal(HttpStatusCode.NoContent, over.StatusCode);
        using var other = await Send("q=kind:note", whole[1].Id);
        await TimelineStory.Refused(other, HttpStatusCode.BadRequest, "malformed");
    }

    [Theory]
    [InlineData("", "malformed")]
    [InlineData("incident=INC-1&q=kind:note", "malformed")]
    [InlineData("q=kind:note+|+first+1", "malformed")]
    [InlineData("q=similar+INC-1", "malformed")]
    [InlineData("q=kid:note", "query-malformed")]
    [InlineData("q=kind:note&lane=left", "malformed")]
    [InlineData("q=kind:note&skip=all", "malformed")]
    [InlineData("q=kind:note&speed=0", null)]
    [InlineData("q=kind:note&speed=3601", null)]
    public async Task What_cannot_be_replayed_is_told_with_what_would_be(string query, string? code)
    {
        using var answer = await Send(query, null);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        if (code is not null)
            await TimelineStory.Refused(answer, HttpStatusCode.BadRequest, code);
    }

    [Fact]
    public async Task No_more_than_so_many_watch_at_once_and_who_leaves_makes_room()
    {
        var incident = await Corrected("crowded");
        var seats = platform.Service.Services.GetRequiredService<ReplaySeats>();
        var taken = Enumerable.Range(0, ReplaySeats.All - 1).Select(_ => seats.Take()).ToList();
        var address = $"incident=INC-{incident.Number}&speed=1";
        var last = await Send(address, null);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        using var refused = await Send(address, null);
        await TimelineStory.Refused(refused, HttpStatusCode.TooManyRequests, "replays-at-limit");
        Assert.Equal(TimeSpan.FromSeconds(10), refused.Headers.RetryAfter!.Delta);
        last.Dispose();
        await Eventually.Holds(
            async () =>
            {
                using var again = await Send(address, null);
                return again.StatusCode == HttpStatusCode.OK;
            },
            "A seat is free again"
        );
        taken.ForEach(seat => seat!.Dispose());
    }

    [Fact]
    public async Task What_is_redacted_while_it_runs_is_not_told_and_stands_in_no_page()
    {
        var incident = await platform.Declare("hushed", noon);
        var id = await Write(incident, new RecordEntry("chat", "Call Zebediah.", noon.AddMinutes(3)));
        await Eventually.Holds(
            async () => (await story.Ask($"incident:INC-{incident.Number} text:Zebediah")).Items.Count == 1,
            "The chat"
        );
        var page = $"/v1/timeline/replay.html?incident=INC-{incident.Number}";
        Assert.Contains("Zebediah", await platform.Ana.GetStringAsync(page, Stop), StringComparison.Ordinal);

        using var running = await Send($"incident=INC-{incident.Number}&speed=60&lane=fog", null);
        await using var told = Read(running).GetAsyncEnumerator(Stop);
        Assert.True(await told.MoveNextAsync());
        var address = $"/v1/entries/{id}/redactions";
        using var redacted = await platform.Ana.PostAsJsonAsync(address, new RedactEntry("So"), Json.Options, Stop);
        Assert.Equal(HttpStatusCode.NoContent, redacted.StatusCode);
        await Eventually.Holds(
            async () => !(await platform.Ana.GetStringAsync(page, Stop)).Contains("Zebediah", StringComparison.Ordinal),
            "The page has it no more"
        );
        Assert.DoesNotContain(await Watch($"incident=INC-{incident.Number}&speed=3600&skip=idle"), HasName);

        static bool HasName(Told one) => one.Data.Contains("Zebediah", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_a_private_incident_nobody_else_is_shown_a_frame_not_even_in_the_middle()
    {
        using var bo = platform.Service.Client("incidents:read incidents:write", "bo");
        using var cleo = platform.Service.Client("incidents:read", "cleo");
        var declare = new DeclareIncident("vaulted", Severity.Sev2, "Zanzibar", noon);
        using var declared = await bo.PostAsJsonAsync("/v1/incidents", declare, Json.Options, Stop);
        var incident = (await declared.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop))!;
        await story.Count(incident, 1);
        var address = "q=service:vaulted&speed=3600";
        using var running = await Send(address, null, cleo);
        Assert.Equal(HttpStatusCode.OK, running.StatusCode);
        await using var told = Read(running).GetAsyncEnumerator(Stop);
        Assert.True(await told.MoveNextAsync());
        using var hidden = await bo.PostAsJsonAsync(
            $"/v1/incidents/{incident.Id}/privacy",
            new SetPrivacy(true, "Found out"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, hidden.StatusCode);
        var after = await Watch(address, null, cleo);
        Assert.DoesNotContain(after, one => one.Type == "entry");
        Assert.Contains(await Watch(address, null, bo), one => one.Type == "entry");
        using var unknown = await Send($"incident=INC-{incident.Number}", null, cleo);
        await TimelineStory.Refused(unknown, HttpStatusCode.NotFound, "not-found");
    }

    private async Task<IncidentView> Corrected(string service)
    {
        var incident = await platform.Declare(service, noon);
        await story.Note(incident, "First look", noon.AddMinutes(1));
        var deploy = await Write(incident, new RecordEntry("deploy", "release-7 went out.", noon.AddMinutes(-5)));
        var wrong = await Write(incident, new RecordEntry("symptom", "Another cluster", noon.AddMinutes(3)));
        await story.Count(incident, 4);
        await Say($"/v1/entries/{deploy}/amendments", new AmendEntry("Wrong number", "release-8 went out."));
        await Say($"/v1/entries/{wrong}/retractions", new RetractEntry("It was another one"));
        await Eventually.Holds(
            async () =>
                (await story.Ask($"incident:INC-{incident.Number}")).Items is var all
                && all.Any(one => one.Text == "release-8 went out.")
                && all.All(one => one.Text != "Another cluster"),
            "The corrections"
        );
        return incident;
    }

    private async Task<Guid> Write(IncidentView incident, RecordEntry entry)
    {
        var address = $"/v1/incidents/{incident.Id}/entries";
        using var answer = await platform.Ana.PostAsJsonAsync(address, entry, Json.Options, Stop);
        var ids = await answer.Content.ReadFromJsonAsync<JsonElement>(Json.Options, Stop);
        return ids.GetProperty("ids")[0].GetGuid();
    }

    private async Task Say(string address, object command) =>
        (await platform.Ana.PostAsJsonAsync(address, command, Json.Options, Stop)).EnsureSuccessStatusCode();

    private async Task<List<Told>> Watch(string query, string? after = null, HttpClient? who = null)
    {
        using var answer = await Send(query, after, who);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Stop));
        return await Read(answer).ToListAsync(Stop);
    }

    private async Task<HttpResponseMessage> Send(string query, string? after, HttpClient? who = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/timeline/replay?{query}");
        if (after is not null)
            request.Headers.Add("Last-Event-ID", after);
        return await (who ?? platform.Ana).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
    }

    private static async IAsyncEnumerable<Told> Read(HttpResponseMessage answer)
    {
        var stream = await answer.Content.ReadAsStreamAsync(Stop);
        await foreach (var one in SseParser.Create(stream).EnumerateAsync(Stop))
            yield return new Told(one.EventType, one.EventId!, one.Data);
    }

    private static string Text(IEnumerable<ReplayFrame> frames, ReplayFrame of) =>
        frames.First(one => one.EntryId == of.EntryId && one.Entry is not null).Entry!.Text;

    private sealed record Told(string Type, string Id, string Data)
    {
        public T Read<T>() => JsonSerializer.Deserialize<T>(Data, Json.Options)!;
    }
}
