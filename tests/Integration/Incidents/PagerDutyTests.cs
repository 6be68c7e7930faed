using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>PagerDuty's Events v2 over HTTP: a sender changes the host and the key.</summary>
public sealed class PagerDutyTests(Platform platform) : IClassFixture<Platform>
{
    private readonly HttpClient sender = platform.Service.Client("");

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_trouble_is_triggered_seen_resolved_and_comes_again()
    {
        var key = await Key("pd");
        for (var i = 0; i < 2; i++)
        {
            var (status, answer) = await Send("/v2/enqueue", Event(key, "trigger", "srv01/mysql"));
            Assert.Equal(HttpStatusCode.Accepted, status);
            Assert.Equal(
                """{"status":"success","message":"Event processed","dedup_key":"srv01/mysql"}""",
                answer.ToJsonString()
            );
        }

        var alert = Assert.Single(await Alerts("service=datapipe"));
        Assert.Equal(
            ("pd", "disk: DISK at 99%", Severity.Sev2, AlertStatus.Firing),
            (alert.Integration, alert.Title, alert.Severity, alert.Status)
        );
        await Eventually.Holds(
            async () => (await platform.Get<Page<IncidentView>>("/v1/incidents?service=datapipe")).Items.Count == 1,
            "An incident on the service that the details name"
        );

        await Send("/v2/enqueue", Event(key, "acknowledge", "srv01/mysql"));
        Assert.NotNull(Assert.Single(await Alerts("service=datapipe")).AcknowledgedAt);
        var incident = (await platform.Get<Page<IncidentView>>("/v1/incidents?service=datapipe")).Items[0];
        Assert.Null(incident.Lead);
        await Eventually.Holds(
            async () =>
                (await platform.Timeline($"incident=INC-{incident.Number}")).Items.Any(entry =>
                    entry is { Kind: "alert-acknowledged", Actor: "pd" }
                ),
            "That somebody there has seen it, on the incident's timeline"
        );

        await Send("/v2/enqueue", Event(key, "resolve", "srv01/mysql"));
        await Send("/v2/enqueue", Event(key, "resolve", "srv01/mysql"));
        Assert.Equal(AlertStatus.Resolved, Assert.Single(await Alerts("service=datapipe")).Status);
        await Send("/v2/enqueue", Event(key, "trigger", "srv01/mysql"));
        Assert.Equal(2, (await Alerts("service=datapipe")).Count);
        Assert.Single(await Alerts("service=datapipe&status=firing"));
    }

    [Fact]
    public async Task The_same_dedup_key_under_another_key_is_another_trouble_and_what_never_began_is_dropped()
    {
        var (one, other) = (await Key("one"), await Key("other"));
        await Send("/v2/enqueue", Event(one, "trigger", "same", "service-of-one"));
        var (status, _) = await Send("/v2/enqueue", Event(other, "resolve", "same"));
        Assert.Equal(HttpStatusCode.Accepted, status);
        Assert.Equal(AlertStatus.Firing, Assert.Single(await Alerts("service=service-of-one")).Status);

        var (_, made) = await Send("/v2/enqueue", Event(other, "trigger", null, "service-of-other"));
        Assert.Equal(32, made["dedup_key"]!.GetValue<string>().Length);
        Assert.Equal(
            made["dedup_key"]!.GetValue<string>(),
            Assert.Single(await Alerts("service=service-of-other")).Labels["dedup_key"]
        );
        await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Send("/v2/enqueue", Event(one, "trigger", "at-once", "at-once")))
        );
        Assert.Single(await Alerts("service=at-once"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_as_pagerduty_says_it()
    {
        var key = await Key("wrong");
        var (status, answer) = await Send("/v2/enqueue", Event("x", "trigger", "a"));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid event"), (status, answer["status"]!.GetValue<string>()));
        Assert.Single(answer["errors"]!.AsArray());
        (status, answer) = await Send("/v2/enqueue", Event(new string('A', 32), "trigger", "a"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        (status, answer) = await Send("/v2/enqueue", Event(key, "shout", "a"));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("event_action", answer["errors"]![0]!.GetValue<string>(), StringComparison.Ordinal);
        using var broken = new StringContent("{\"routing_key\":", Encoding.UTF8, "application/json");
        Assert.Equal(HttpStatusCode.BadRequest, (await sender.PostAsync("/v2/enqueue", broken, Stop)).StatusCode);
        using var large = new StringContent(
            $"{{\"x\":\"{new string('x', 530_000)}\"}}",
            Encoding.UTF8,
            "application/json"
        );
        Assert.Equal(
            HttpStatusCode.RequestEntityTooLarge,
            (await sender.PostAsync("/v2/enqueue", large, Stop)).StatusCode
        );
    }

    [Fact]
    public async Task Too_many_of_one_key_are_asked_to_come_again_and_another_key_is_not()
    {
        var (wild, calm) = (await Key("wild"), await Key("calm"));
        HttpResponseMessage? last = null;
        for (var i = 0; i < 200 && last?.StatusCode != HttpStatusCode.TooManyRequests; i++)
            last = await sender.PostAsJsonAsync("/v2/enqueue", Event(wild, "resolve", "nothing"), Stop);
        Assert.Equal(HttpStatusCode.TooManyRequests, last!.StatusCode);
        Assert.Equal(1, last.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        var said = await last.Content.ReadAsStringAsync(Stop);
        Assert.Contains("120 events a minute", said, StringComparison.Ordinal);
        Assert.Contains("wild", said, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Accepted, (await Send("/v2/enqueue", Event(calm, "resolve", "nothing"))).Status);
    }

    [Fact]
    public async Task A_change_is_an_entry_of_its_service_once()
    {
        var change = new JsonObject
        {
            ["routing_key"] = await Key("ci"),
            ["payload"] = new JsonObject
            {
                ["summary"] = "Build 2 is out",
                ["timestamp"] = "2026-11-24T08:42:58.315+0000",
                ["source"] = "pipeline",
                ["custom_details"] = new JsonObject { ["service"] = "changed", ["build_number"] = "2" },
            },
            ["links"] = new JsonArray(new JsonObject { ["href"] = "https://ci.example/2", ["text"] = "Build" }),
        };
        for (var i = 0; i < 2; i++)
        {
            var (status, answer) = await Send("/v2/change/enqueue", change);
            Assert.Equal(HttpStatusCode.Accepted, status);
            Assert.Equal("""{"status":"success","message":"Change event processed"}""", answer.ToJsonString());
        }

        TimelineEntry? entry = null;
        await Eventually.Holds(
            async () =>
                (entry = (await platform.Timeline("service=changed&from=2026-11-24T00:00:00Z")).Items.SingleOrDefault())
                    is not null,
            "The change on the timeline of its service"
        );
        Assert.Equal(
            ("pagerduty", "change", "ci", "Build 2 is out – Build: https://ci.example/2", "2"),
            (entry!.Source, entry.Kind, entry.Actor, entry.Text, entry.Labels!["build_number"])
        );
    }

    private static JsonObject Event(string key, string action, string? dedupKey, string service = "datapipe")
    {
        var body = new JsonObject
        {
            ["routing_key"] = key,
            ["event_action"] = action,
            ["payload"] = new JsonObject
            {
                ["summary"] = "DISK at 99%",
                ["severity"] = "critical",
                ["source"] = "prod-datapipe03.example.com",
                ["class"] = "disk",
                ["custom_details"] = new JsonObject { ["service"] = service },
            },
        };
        if (dedupKey is not null)
            body["dedup_key"] = dedupKey;
        return body;
    }

    private async Task<(HttpStatusCode Status, JsonNode Answer)> Send(string path, JsonObject body)
    {
        using var answer = await sender.PostAsJsonAsync(path, body.DeepClone(), Stop);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync(Stop))!);
    }

    private async Task<string> Key(string integration)
    {
        var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/integrations/{integration}/keys",
            new CreateIntegrationKey(IntegrationKind.Pagerduty),
            Json.Options,
            Stop
        );
        return (await answer.Content.ReadFromJsonAsync<NewIntegrationKey>(Json.Options, Stop))!.Key!;
    }

    private async Task<IReadOnlyList<AlertView>> Alerts(string query) =>
        (await platform.Get<Page<AlertView>>($"/v1/alerts?{query}")).Items;
}
