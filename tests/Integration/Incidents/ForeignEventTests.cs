using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>CloudEvents and Alertmanager's event recorder over HTTP.</summary>
public sealed class ForeignEventTests(Platform platform) : IClassFixture<Platform>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Binary_structured_and_batch_tell_the_same_event_once()
    {
        var key = await Key("ci");
        using var binary = new HttpRequestMessage(HttpMethod.Post, "/v1/intake/ci/cloudevents")
        {
            Content = new StringContent("""{"service":"told","text":"v2 is out"}""", Encoding.UTF8, "application/json"),
        };
        foreach (
            var (name, value) in new[]
            {
                ("specversion", "1.0"),
                ("id", "1"),
                ("source", "/ci"),
                ("type", "deploy"),
                ("time", "2026-11-24T12:00:00Z"),
                ("severitytext", "IN%46O"),
            }
        )
            binary.Headers.Add($"ce-{name}", value);
        Assert.Equal(HttpStatusCode.NoContent, (await Send(key, binary)).StatusCode);
        const string one =
            """{"specversion":"1.0","id":"1","source":"/ci","type":"deploy","time":"2026-11-24T12:00:00Z","data":{"service":"told","text":"v2 is out"}}""";
        Assert.Equal(HttpStatusCode.NoContent, await Post(key, "ci", "application/cloudevents+json", one));
        var other = one.Replace("\"1\"", "\"2\"", StringComparison.Ordinal);
        Assert.Equal(
            HttpStatusCode.NoContent,
            await Post(key, "ci", "application/cloudevents-batch+json", $"[{one},{other},{one}]")
        );

        var entries = await Told("told", 2);
        Assert.All(
            entries,
            one =>
                Assert.Equal(("cloudevents", "deploy", "ci", "v2 is out"), (one.Source, one.Kind, one.Actor, one.Text))
        );
        Assert.Contains(entries, one => one.Labels!.GetValueOrDefault("severitytext") == "INFO");
    }

    [Fact]
    public async Task An_alert_in_an_event_declares_an_incident_and_what_cannot_be_read_stores_nothing()
    {
        var key = await Key("watch");
        const string alert =
            """{"specversion":"1.0","id":"a","source":"/w","type":"alert","data":{"alert":{"status":"firing","labels":{"alertname":"Full","severity":"critical","service":"clouded"}}}}""";
        const string broken =
            """{"specversion":"1.0","id":"b","source":"/w","type":"alert","data":{"alert":{"status":"on"}}}""";
        Assert.Equal(
            HttpStatusCode.BadRequest,
            await Post(key, "watch", "application/cloudevents-batch+json", $"[{alert},{broken}]")
        );
        Assert.Empty((await platform.Get<Page<AlertView>>("/v1/alerts?service=clouded")).Items);
        foreach (
            var wrong in (string[])["{}", "{", """{"specversion":"0.3","id":"1","source":"/a","type":"b"}""", "[]"]
        )
            Assert.Equal(HttpStatusCode.BadRequest, await Post(key, "watch", "application/cloudevents+json", wrong));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(key, "watch", "application/cloudevents+avro", "x"));
        Assert.Equal(HttpStatusCode.BadRequest, await Post(key, "watch", "application/json", "{}"));

        Assert.Equal(HttpStatusCode.NoContent, await Post(key, "watch", "application/cloudevents+json", alert));
        await Eventually.Holds(
            async () => (await platform.Get<Page<IncidentView>>("/v1/incidents?service=clouded")).Items.Count == 1,
            "An incident of the alert's service"
        );
    }

    [Fact]
    public async Task A_key_opens_its_own_integration_until_it_is_revoked_and_a_token_does_too()
    {
        var key = await Key("mine");
        const string one = """{"specversion":"1.0","id":"1","source":"/ci","type":"deploy"}""";
        const string type = "application/cloudevents+json";
        Assert.Equal(HttpStatusCode.Forbidden, await Post(key, "yours", type, one));
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(new string('A', 32), "mine", type, one));
        Assert.Equal(HttpStatusCode.NoContent, await Post(TestTokens.With("ingest:alerts", "ci"), "mine", type, one));
        var live = (await platform.Get<Page<IntegrationKeyView>>("/v1/integrations/mine/keys")).Items.Single();
        (await platform.Ana.DeleteAsync($"/v1/integrations/mine/keys/{live.Id}", Stop)).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.Unauthorized, await Post(key, "mine", type, one));
    }

    [Fact]
    public async Task What_alertmanager_does_by_itself_is_told_once_whatever_its_deliveries_order()
    {
        var token = TestTokens.With("ingest:alerts", "alertmanager");
        var silence = new JsonObject
        {
            ["id"] = "s-1",
            ["createdBy"] = "ana",
            ["comment"] = "Being replaced",
            ["matchers"] = new JsonArray(
                new JsonObject
                {
                    ["type"] = "TYPE_EQUAL",
                    ["name"] = "service",
                    ["pattern"] = "silenced",
                    ["rendered"] = "service=\"silenced\"",
                }
            ),
        };
        var muted = new JsonObject
        {
            ["fingerprint"] = "17",
            ["labels"] = new JsonObject { ["alertname"] = "DiskFull", ["service"] = "silenced" },
        };
        var created = Event("12:00", "silenceCreated", new JsonObject { ["silence"] = silence.DeepClone() });
        var quiet = Event(
            "12:01",
            "silenceMutedAlert",
            new JsonObject { ["silence"] = silence.DeepClone(), ["mutedAlert"] = muted }
        );
        foreach (var batch in new[] { $"[{quiet},{created}]", $"[{created}]", $"{quiet}", $"[{quiet},{quiet}]" })
            Assert.Equal(
                HttpStatusCode.NoContent,
                await Post(token, "prod", "application/json", batch, "alertmanager-events")
            );

        var entries = await Told("silenced", 2);
        Assert.Equal(["silence-created", "alert-silenced"], entries.Select(one => one.Kind));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            await Post(token, "prod", "application/json", "[7]", "alertmanager-events")
        );
    }

    private static JsonObject Event(string time, string kind, JsonObject data) =>
        new()
        {
            ["@timestamp"] = $"2026-11-24T{time}:00.123456789Z",
            ["instance"] = "am-1",
            ["data"] = new JsonObject { [kind] = data },
        };

    private async Task<IReadOnlyList<TimelineEntry>> Told(string service, int count)
    {
        IReadOnlyList<TimelineEntry> found = [];
        await Eventually.Holds(
            async () =>
                (found = (await platform.Timeline($"service={service}&from=2026-11-24T00:00:00Z")).Items).Count
                >= count,
            $"{count} entries of {service}"
        );
        Assert.Equal(count, found.Count);
        return found;
    }

    private async Task<HttpStatusCode> Post(
        string key,
        string integration,
        string type,
        string body,
        string door = "cloudevents"
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v1/intake/{integration}/{door}")
        {
            Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(type)),
        };
        return (await Send(key, request)).StatusCode;
    }

    private async Task<HttpResponseMessage> Send(string key, HttpRequestMessage request)
    {
        using var client = platform.Service.Client("");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return await client.SendAsync(request, Stop);
    }

    private async Task<string> Key(string integration)
    {
        var answer = await platform.Ana.PostAsJsonAsync(
            $"/v1/integrations/{integration}/keys",
            new CreateIntegrationKey(IntegrationKind.Cloudevents),
            Json.Options,
            Stop
        );
        return (await answer.Content.ReadFromJsonAsync<NewIntegrationKey>(Json.Options, Stop))!.Key!;
    }
}
