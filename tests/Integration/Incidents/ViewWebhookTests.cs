using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents.Paging;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>What kept queries find is posted to a real receiver: in order, signed, at least once, and never what nobody may see.</summary>
public sealed class ViewWebhookTests : PagingStage
{
    private Uri Hook => new(receiver.Address, "/hook");

    [Fact]
    public async Task What_is_found_from_now_on_is_posted_in_order_and_signed()
    {
        var incident = await Incident("posted");
        await Note(incident, "Before");
        await Known(incident, "Before");
        await View("posted", $"incident:INC-{incident.Number} kind:note", new SetViewWebhook($"{Hook}", Secret, 2));
        foreach (var text in (string[])["One", "Two", "Three"])
            await Note(incident, text);
        await Eventually.Holds(() => Texts().Count() >= 3, "The notes");
        Assert.Equal(["One", "Two", "Three"], Texts());

        var first = receiver.At("/hook")[0];
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(first.At!, null));
        Assert.Equal(Signature.Of(Secret, first.Id!, at, first.Body), first.Signature);
        var body = JsonSerializer.Deserialize<ViewDelivered>(first.Body, Json.Options)!;
        Assert.Equal(("timeline.entries", "posted"), (body.Type, body.Data.View));
        Assert.InRange(body.Data.Entries.Count, 1, 2);
        var state = await Eventually.Answers(() => State("posted"), one => one.Delivered == 3);
        Assert.Equal(("127.0.0.1", "ana", null, "HTTP 200"), (state.Host, state.By, state.Off, state.Said));
        Assert.Equal("127.0.0.1", (await Get<SavedTimelineView>("timeline/views/posted")).Webhook);
    }

    [Fact]
    public async Task What_is_not_taken_comes_again_under_its_id_and_what_is_redacted_meanwhile_has_no_words()
    {
        receiver.Answers["/hook"] = 503;
        var incident = await Incident("again");
        await View("again", $"incident:INC-{incident.Number} kind:chat", new SetViewWebhook($"{Hook}", Secret));
        var id = await Chat(incident, "Call Zebediah.");
        await Eventually.Holds(() => receiver.At("/hook").Count == 1, "The first attempt");
        var failing = await Eventually.Answers(() => State("again"), one => one.FailingSince is not null);
        Assert.Equal(("HTTP 503", 1), (failing.Said, failing.Attempts));

        await Write($"entries/{id}/redactions", new RedactEntry("A number"));
        await Chat(incident, "All is well.");
        receiver.Answers["/hook"] = 200;
        await Eventually.Holds(
            async () => !(await Get<TimelineAnswer>($"timeline?q=entry:{id}")).Items[0].Text.Contains("Zeb"),
            "The words are gone"
        );
        clock.Move(TimeSpan.FromMinutes(1));
        await Eventually.Holds(() => Texts().Contains("All is well."), "What came after it");
        var all = receiver.At("/hook");
        Assert.Equal(all[0].Id, all[1].Id);
        Assert.NotEqual(all[0].Id, all[2].Id);
        Assert.DoesNotContain("Zebediah", all[1].Body, StringComparison.Ordinal);
        Assert.Equal(["[redacted]", "All is well."], Texts().Skip(1));
    }

    [Fact]
    public async Task Who_is_gone_is_posted_nothing_more_and_who_comes_back_has_missed_nothing()
    {
        receiver.Answers["/hook"] = 410;
        var incident = await Incident("gone");
        var query = $"incident:INC-{incident.Number} kind:note";
        await View("gone", query, new SetViewWebhook($"{Hook}", Secret));
        await Note(incident, "One");
        var off = await Eventually.Answers(() => State("gone"), one => one.Off is not null);
        Assert.Equal("its receiver says that it is gone (HTTP 410)", off.Off);
        await Note(incident, "Two");
        await Known(incident, "Two");
        clock.Move(TimeSpan.FromHours(2));
        Assert.Single(receiver.At("/hook"));

        receiver.Answers["/hook"] = 200;
        await Put("timeline/views/gone/webhook", new SetViewWebhook(Batch: 1));
        await Eventually.Holds(() => receiver.At("/hook").Count == 3, "What it missed");
        Assert.Equal(["One", "One", "Two"], Texts());

        using var removed = await Ana.DeleteAsync("/v1/timeline/views/gone/webhook", Stop);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var none = await Ana.GetAsync("/v1/timeline/views/gone/webhook", Stop);
        await TimelineStory.Refused(none, HttpStatusCode.NotFound, "not-found");
    }

    [Fact]
    public async Task A_test_message_is_signed_tells_nothing_and_what_came_of_it_is_said()
    {
        await Put("timeline/views/tried", new SetTimelineView("kind:note"));
        using var nowhere = await Ana.PostAsync("/v1/timeline/views/tried/webhook/test", null, Stop);
        await TimelineStory.Refused(nowhere, HttpStatusCode.NotFound, "not-found");
        await Put("timeline/views/tried/webhook", new SetViewWebhook($"{Hook}", Secret));

        var taken = await Test("tried");
        Assert.Equal(("tried", "127.0.0.1", true, "HTTP 200"), (taken.View, taken.Host, taken.Taken, taken.Said));
        var sent = Assert.Single(receiver.At("/hook"));
        var at = DateTimeOffset.FromUnixTimeSeconds(long.Parse(sent.At!, null));
        Assert.Equal(Signature.Of(Secret, sent.Id!, at, sent.Body), sent.Signature);
        var body = JsonSerializer.Deserialize<ViewDelivered>(sent.Body, Json.Options)!;
        Assert.Equal(("timeline.test", "tried", 0), (body.Type, body.Data.View, body.Data.Entries.Count));

        receiver.Answers["/hook"] = 410;
        Assert.Equal((false, "HTTP 410"), ((await Test("tried")) is var no ? (no.Taken, no.Said) : default));
        // Whoever tries it does not switch it off.
        var state = await State("tried");
        Assert.Equal((null, 0L, 0), (state.Off, state.Delivered, state.Attempts));
    }

    private async Task<ViewWebhookTest> Test(string view)
    {
        using var answer = await Ana.PostAsync($"/v1/timeline/views/{view}/webhook/test", null, Stop);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<ViewWebhookTest>(Json.Options, Stop))!;
    }

    [Fact]
    public async Task What_cannot_be_posted_is_told_and_nothing_is_set()
    {
        await Put("timeline/views/odd", new SetTimelineView("kind:note | first 3"));
        await Refused("odd", new SetViewWebhook($"{Hook}", Secret), HttpStatusCode.Conflict, "view-not-live");
        await Put("timeline/views/odd", new SetTimelineView("kind:note"));
        SetViewWebhook[] wrong =
        [
            new(null, Secret),
            new($"{Hook}"),
            new($"{Hook}", "whsec_short"),
            new("http://10.0.0.1/hook", Secret),
            new("https://169.254.169.254/latest", Secret),
            new("https://ana:secret@hooks.example.org/", Secret),
            new("ftp://hooks.example.org/", Secret),
        ];
        foreach (var one in wrong)
            await Refused("odd", one, HttpStatusCode.BadRequest, "malformed");
        await Refused("unknown", new SetViewWebhook($"{Hook}", Secret), HttpStatusCode.NotFound, "not-found");

        await Put("timeline/views/odd/webhook", new SetViewWebhook($"{Hook}", Secret));
        using var piped = await Ana.PutAsJsonAsync(
            "/v1/timeline/views/odd",
            new SetTimelineView("kind:note | first 3"),
            Json.Options,
            Stop
        );
        await TimelineStory.Refused(piped, HttpStatusCode.Conflict, "view-not-live");
    }

    [Fact]
    public async Task Of_private_incidents_only_who_may_see_them_is_posted_anything()
    {
        using var bo = service!.Client("incidents:read incidents:write", "bo");
        using var cleo = service.Client("incidents:read incidents:write", "cleo");
        foreach (var (who, name) in new[] { (bo, "bo"), (cleo, "cleo") })
        {
            await Put($"timeline/views/of-{name}", new SetTimelineView("service:vault"));
            var hook = new SetViewWebhook($"{new Uri(receiver.Address, $"/{name}")}", Secret);
            using var set = await who.PutAsJsonAsync($"/v1/timeline/views/of-{name}/webhook", hook, Json.Options, Stop);
            Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        }

        var declare = new DeclareIncident("vault", Severity.Sev2, "Zanzibar", Private: true);
        using var declared = await bo.PostAsJsonAsync("/v1/incidents", declare, Json.Options, Stop);
        Assert.Equal(HttpStatusCode.Created, declared.StatusCode);
        var open = await Incident("vault");
        await Eventually.Holds(() => receiver.At("/bo").Count > 0 && receiver.At("/cleo").Count > 0, "Both are told");
        await Note(open, "The last one");
        await Eventually.Holds(
            () => receiver.At("/cleo").Any(one => one.Body.Contains("The last one", StringComparison.Ordinal)),
            "Cleo has all of it"
        );
        Assert.Contains(receiver.At("/bo"), one => one.Body.Contains("Zanzibar", StringComparison.Ordinal));
        Assert.DoesNotContain(receiver.At("/cleo"), one => one.Body.Contains("Zanzibar", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_is_killed_while_it_posts_goes_on_and_loses_nothing()
    {
        await using var process = await IncidentsProcess.Begin();
        await Put(process, "timeline/views/killed", new SetTimelineView("service:killed kind:note"));
        await Put(process, "timeline/views/killed/webhook", new SetViewWebhook($"{Hook}", Secret, 3));
        using var declared = await process.Ana.PostAsJsonAsync(
            "v1/incidents",
            new DeclareIncident("killed", Severity.Sev2, "It dies"),
            Json.Options,
            Stop
        );
        var incident = (await declared.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop))!;
        var dead = new TaskCompletionSource();
        // Between what was sent and its answer.
        receiver.Before = async _ =>
        {
            if (dead.Task.IsCompleted)
                return;
            await process.Kill();
            dead.SetResult();
        };
        using var first = await process.Ana.PostAsJsonAsync(
            $"v1/incidents/{incident.Id}/notes",
            new AddNote("0"),
            Json.Options,
            Stop
        );
        Assert.Equal(HttpStatusCode.NoContent, first.StatusCode);
        await dead.Task.WaitAsync(TimeSpan.FromSeconds(30), Stop);
        await process.Start();
        foreach (var number in Enumerable.Range(1, 7))
            (
                await process.Ana.PostAsJsonAsync(
                    $"v1/incidents/{incident.Id}/notes",
                    new AddNote($"{number}"),
                    Json.Options,
                    Stop
                )
            ).EnsureSuccessStatusCode();
        await Eventually.Holds(() => Texts().Contains("7"), "All of it", TimeSpan.FromSeconds(60));
        Assert.Equal(["0", "0", "1", "2", "3", "4", "5", "6", "7"], Texts());
        Assert.Equal(receiver.At("/hook")[0].Id, receiver.At("/hook")[1].Id);
    }

    private IEnumerable<string> Texts() =>
        receiver
            .At("/hook")
            .SelectMany(one => JsonSerializer.Deserialize<ViewDelivered>(one.Body, Json.Options)!.Data.Entries)
            .Select(entry => entry.Text);

    private Task<ViewWebhookState> State(string view) => Get<ViewWebhookState>($"timeline/views/{view}/webhook");

    private async Task View(string name, string query, SetViewWebhook webhook)
    {
        await Put($"timeline/views/{name}", new SetTimelineView(query));
        await Put($"timeline/views/{name}/webhook", webhook);
    }

    private async Task<IncidentView> Incident(string name)
    {
        var command = new DeclareIncident(name, Severity.Sev2, "It hurts");
        using var answer = await Ana.PostAsJsonAsync("/v1/incidents", command, Json.Options, Stop);
        return (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options, Stop))!;
    }

    private Task Note(IncidentView incident, string text) => Write($"incidents/{incident.Id}/notes", new AddNote(text));

    private async Task<Guid> Chat(IncidentView incident, string text)
    {
        var address = $"/v1/incidents/{incident.Id}/entries";
        using var answer = await Ana.PostAsJsonAsync(address, new RecordEntry("chat", text), Json.Options, Stop);
        var ids = await answer.Content.ReadFromJsonAsync<JsonElement>(Json.Options, Stop);
        return ids.GetProperty("ids")[0].GetGuid();
    }

    private Task Known(IncidentView incident, string text) =>
        Eventually.Holds(
            async () =>
                (await Get<TimelineAnswer>($"timeline?q=incident:INC-{incident.Number}")).Items.Any(one =>
                    one.Text == text
                ),
            $"'{text}' is known"
        );

    private async Task Refused(string view, SetViewWebhook webhook, HttpStatusCode status, string code)
    {
        var address = $"/v1/timeline/views/{view}/webhook";
        using var answer = await Ana.PutAsJsonAsync(address, webhook, Json.Options, Stop);
        await TimelineStory.Refused(answer, status, code);
    }

    private static async Task Put<T>(IncidentsProcess process, string path, T document) =>
        (await process.Ana.PutAsJsonAsync($"v1/{path}", document, Json.Options, Stop)).EnsureSuccessStatusCode();
}
