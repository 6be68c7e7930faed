using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Integration.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Who sees a private incident, who has read of it, and what others hear of it.</summary>
public sealed class PrivateIncidentTests(PrivateStage stage) : IClassFixture<PrivateStage>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_of_a_list_are_as_long_as_without_it()
    {
        var service = "pages-of-a-list";
        var open = new List<long>();
        for (var i = 0; i < 3; i++)
        {
            open.Add((await stage.Declare(service, isPrivate: false)).Number);
            await stage.Declare(service);
        }

        var (found, next) = (new List<long>(), "");
        while (next is not null)
        {
            var page = await PrivateStage.Get<Page<IncidentView>>(
                stage.Cleo,
                $"incidents?service={service}&limit=1{(next is "" ? "" : $"&after={next}")}"
            );
            Assert.Single(page.Items);
            found.AddRange(page.Items.Select(one => one.Number));
            next = page.Next;
        }

        Assert.Equal(open.AsEnumerable().Reverse(), found);
    }

    [Fact]
    public async Task Nothing_is_merged_into_what_one_must_not_see()
    {
        var (own, hidden) = (await stage.Declare("merged", isPrivate: false), await stage.Declare("merged-into"));
        await Alike($"INC-{hidden.Number}", "INC-987654321");
        await Alike($"{hidden.Id}", PrivateStage.Nothing);

        async Task Alike(string into, string unknown)
        {
            Assert.Equal(await Merge(unknown), await Merge(into));
        }

        async Task<string> Merge(string into)
        {
            using var answer = await stage.Cleo.PostAsJsonAsync(
                $"/v1/incidents/{own.Id}/merge",
                new MergeIncident(into, "One outage"),
                Json.Options,
                Stop
            );
            var problem = await answer.Content.ReadFromJsonAsync<JsonElement>(Stop);
            return PrivateStage.Unnamed($"{answer.StatusCode} {problem.GetProperty("detail")}", into);
        }
    }

    [Fact]
    public async Task What_is_part_of_it_is_as_private_and_whoever_had_a_part_in_that_sees_all()
    {
        var (part, whole) = (
            await stage.Declare("part", isPrivate: false),
            await stage.Declare("whole", isPrivate: false)
        );
        using var eve = stage.Person("eve");
        await PrivateStage.Post(eve, $"incidents/{part.Id}/acknowledge", new { });
        await PrivateStage.Post(stage.Bo, $"incidents/{part.Id}/merge", new MergeIncident($"{whole.Id}", "One outage"));
        await PrivateStage.Post(stage.Bo, $"incidents/{whole.Id}/privacy", new SetPrivacy(true, "Found out"));

        foreach (var id in new[] { part.Id, whole.Id })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stage.Cleo.GetAsync($"/v1/incidents/{id}", Stop)).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await eve.GetAsync($"/v1/incidents/{id}", Stop)).StatusCode);
        }

        await PrivateStage.Post(stage.Bo, $"incidents/{whole.Id}/privacy", new SetPrivacy(false, "No secret"));
        Assert.Equal(HttpStatusCode.OK, (await stage.Cleo.GetAsync($"/v1/incidents/{part.Id}", Stop)).StatusCode);
    }

    [Fact]
    public async Task Who_is_added_asked_or_paged_sees_it_and_who_is_removed_no_longer()
    {
        var incident = await stage.Declare("people");
        using var fay = stage.Person("fay");
        using var dan = stage.Person("dan");
        Assert.False(await Sees(fay));
        await PrivateStage.Post(stage.Bo, $"incidents/{incident.Id}/people", new ChangePeople("Knows it", ["fay"]));
        Assert.True(await Sees(fay));
        await PrivateStage.Post(stage.Bo, $"incidents/{incident.Id}/people", new ChangePeople("Left", Remove: ["fay"]));
        Assert.False(await Sees(fay));
        await PrivateStage.Post(
            stage.Bo,
            $"incidents/{incident.Id}/roles",
            new StaffRole(IncidentRole.SubjectExpert, "fay")
        );
        Assert.True(await Sees(fay));
        Assert.False(await Sees(dan));
        await PrivateStage.Post(stage.Bo, $"incidents/{incident.Id}/page", new PageSomebody("Help", Contact: "dan"));
        Assert.True(await Sees(dan));
        Assert.True(await Sees(stage.Platform.Ana));
        var people = await PrivateStage.Get<Page<IncidentPersonView>>(dan, $"incidents/{incident.Id}/people");
        Assert.Equal(
            [("bo", "declared it"), ("dan", "was paged"), ("fay", "has a role")],
            people.Items.Select(one => (one.Person, one.Because))
        );

        async Task<bool> Sees(HttpClient who) =>
            (await who.GetAsync($"/v1/incidents/INC-{incident.Number}", Stop)).StatusCode == HttpStatusCode.OK;
    }

    [Fact]
    public async Task Each_read_of_it_is_kept_and_none_of_what_is_public()
    {
        var (secret, open) = (await stage.Declare("audited"), await stage.Declare("audited", isPrivate: false));
        await stage.Platform.Ana.GetAsync($"/v1/incidents/INC-{secret.Number}", Stop);
        await stage.Bo.GetAsync("/v1/incidents?service=audited", Stop);
        await stage.Bo.GetAsync($"/v1/incidents/{secret.Id}/response", Stop);
        await stage.Cleo.GetAsync($"/v1/incidents/{secret.Id}", Stop);
        await stage.Bo.GetAsync($"/v1/incidents/{open.Id}", Stop);

        var reads = await PrivateStage.Get<Page<IncidentRead>>(stage.Bo, $"incidents/{secret.Id}/reads?limit=3");
        var older = await PrivateStage.Get<Page<IncidentRead>>(
            stage.Bo,
            $"incidents/{secret.Id}/reads?after={reads.Next}"
        );
        // Whoever listens to the feed in another test still hears of it for a moment.
        Assert.Equal(
            [("bo", "reads"), ("bo", "response"), ("bo", "incidents"), ("ana", "incident")],
            reads.Items.Concat(older.Items).Select(one => (one.Person, one.What)).Where(one => one.What != "feed")
        );
        Assert.Empty((await PrivateStage.Get<Page<IncidentRead>>(stage.Bo, $"incidents/{open.Id}/reads")).Items);
    }

    [Fact]
    public async Task The_feed_tells_it_to_those_who_may_know_and_for_the_console_only_that_something_was()
    {
        var secret = await stage.Declare("fed");
        var last = await stage.Declare("fed", isPrivate: false);
        using var relay = stage.Platform.Service.Client("incidents:read incidents:relay", "service:web");

        var cleos = await Feed(stage.Cleo);
        var bos = await Feed(stage.Bo);
        var console = (await Feed(relay))
            .Split('\n')
            .Where(line => line.Contains($"{secret.Id}", StringComparison.Ordinal));

        Assert.DoesNotContain($"{secret.Id}", cleos, StringComparison.Ordinal);
        Assert.Contains($"{secret.Id}", bos, StringComparison.Ordinal);
        Assert.DoesNotContain("\"seenBy\"", bos, StringComparison.Ordinal);
        var told = Assert.Single(console);
        Assert.Contains("\"seenBy\":[\"bo\"]", told, StringComparison.Ordinal);
        Assert.DoesNotContain(PrivateStage.Word, told, StringComparison.Ordinal);

        async Task<string> Feed(HttpClient who)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/feed");
            request.Headers.Add("Last-Event-ID", "0");
            using var answer = await who.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Stop);
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync(Stop));
            var heard = new List<string>();
            while (!heard.Any(line => line.Contains($"{last.Id}", StringComparison.Ordinal)))
                heard.Add((await reader.ReadLineAsync(Stop))!);
            return string.Join('\n', heard);
        }
    }

    [Fact]
    public async Task Other_services_hear_that_there_is_one_and_no_word_of_it()
    {
        string[] exchanges =
        [
            "incidents.incident-declared",
            "incidents.update-posted",
            "incidents.incident-severity-changed",
            "incidents.incident-mitigated",
            "incidents.incident-resolved",
        ];
        await using var ear = await Ear.On(stage.Platform.Bus, exchanges);
        var incident = await stage.Told(service: "announced");
        var heard = await ear.Heard(
            exchanges.Length,
            about: one => one.GetProperty("incidentId").GetString() == $"{incident.Id}"
        );
        Assert.All(heard, one => Assert.DoesNotContain(PrivateStage.Word, one.GetRawText(), StringComparison.Ordinal));
        Assert.Equal(0, heard[0].GetProperty("number").GetInt64());
        Assert.Equal("Private incident", heard[^1].GetProperty("title").GetString());
    }

    [Fact]
    public async Task An_alert_declares_an_incident_of_its_own_beside_it()
    {
        var secret = await stage.Declare("alerted");
        await PrivateStage.Post(
            stage.Platform.Ana,
            "intake/prod/alertmanager",
            new
            {
                version = "4",
                alerts = new[]
                {
                    new
                    {
                        status = "firing",
                        labels = new
                        {
                            alertname = "Broken",
                            severity = "critical",
                            service = "alerted",
                        },
                        annotations = new { summary = "It hurts" },
                        startsAt = TimeProvider.System.GetUtcNow(),
                    },
                },
            }
        );
        var own = await Eventually.Answers(
            async () => (await PrivateStage.Get<Page<IncidentView>>(stage.Cleo, "incidents?service=alerted")).Items,
            found => found.Count == 1
        );
        Assert.NotEqual(secret.Id, own[0].Id);
        Assert.False(own[0].Private);
    }
}
