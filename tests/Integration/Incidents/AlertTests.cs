using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>Alerts over HTTP, until they are an incident.</summary>
public sealed class AlertTests(Platform platform) : IClassFixture<Platform>
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_alert_that_pages_is_an_incident_of_its_service_and_one_that_does_not_is_none()
    {
        await Send("prod", One("critical", "checkout", "firing"), One("warning", "search", "firing", "Slow"));

        var incident = await Incident("checkout");
        var alert = Assert.Single(await Alerts("service=checkout"));
        Assert.Equal(
            ("HighErrorRate: It hurts", Severity.Sev2, "rule:alert"),
            (incident.Title, incident.Severity, incident.DeclaredBy)
        );
        Assert.Equal((alert.Id, Noon), (incident.AlertId!.Value, incident.StartedAt));
        var recorded = Assert.Single(await Alerts("service=search&status=firing"));
        Assert.Null(recorded.Severity);
        Assert.Empty((await platform.Get<Page<IncidentView>>("/v1/incidents?service=search")).Items);
        await Eventually.Holds(
            async () =>
                (await platform.Timeline("service=search&from=2026-11-24T00:00:00Z")).Items.Any(entry =>
                    entry is { Kind: "alert-fired", Text: "Alert: Slow: It hurts", Actor: "prod" }
                ),
            "The recorded alert on the timeline of its service"
        );
    }

    [Fact]
    public async Task Repetitions_both_replicas_and_a_wrong_order_make_one_alert()
    {
        await Task.WhenAll(
            Enumerable
                .Range(0, 6)
                .Select(i => Send("pair", One("critical", "ledger", i % 2 == 0 ? "firing" : "resolved")))
        );
        await Send("pair", One("critical", "ledger", "firing"));

        var alert = Assert.Single(await Alerts("service=ledger"));
        Assert.Equal((AlertStatus.Resolved, Noon.AddMinutes(4)), (alert.Status, alert.EndsAt));
        Assert.InRange((await platform.Events(alert.Id)).Count, 1, 2);
    }

    [Fact]
    public async Task A_message_that_begins_with_what_is_over_or_mild_still_declares_and_the_worst_says_how_bad_it_is()
    {
        await Send("prod", One("major", "mixed", "resolved", pod: "a"), One("warning", "mixed", "firing", pod: "b"));
        await Send("prod", One("warning", "mixed", "firing", pod: "c"), One("major", "mixed", "firing", pod: "d"));
        Assert.Equal(Severity.Sev3, (await Incident("mixed")).Severity);

        await Send("prod", One("critical", "mixed", "firing", pod: "e"));

        await Eventually.Holds(
            async () => (await Incident("mixed")).Severity == Severity.Sev2,
            "The worse alert of the same name says how bad it is"
        );
    }

    [Fact]
    public async Task A_pair_that_sends_the_same_many_at_once_is_answered_and_kept_once()
    {
        var alerts = Enumerable.Range(0, 20).Select(i => One("warning", "twice", "firing", pod: $"pod-{i}")).ToList();
        await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => Send("pair", [.. alerts.Select(one => one.DeepClone().AsObject())]))
        );
        Assert.Equal(20, (await Alerts("service=twice")).Count);
    }

    [Fact]
    public async Task What_was_over_before_it_was_heard_of_wakes_nobody()
    {
        await Send("prod", One("critical", "mail", "resolved"));
        await Send("prod", One("critical", "after-mail", "firing"));
        await Incident("after-mail");

        Assert.Equal(AlertStatus.Resolved, Assert.Single(await Alerts("service=mail")).Status);
        Assert.Empty((await platform.Get<Page<IncidentView>>("/v1/incidents?service=mail")).Items);
    }

    [Fact]
    public async Task A_storm_is_one_incident_and_none_of_its_alerts_is_lost()
    {
        for (var message = 0; message < 10; message++)
        {
            var alerts = Enumerable
                .Range(0, 1000)
                .Select(i => One("critical", "storm", "firing", $"Name{i % 3}", $"pod-{message}-{i}"));
            await Send("storm", [.. alerts]);
        }

        var seen = new HashSet<Guid>();
        for (string? next = ""; next is not null; )
        {
            var page = await platform.Get<Page<AlertView>>(
                $"/v1/alerts?service=storm&limit=500{(next == "" ? "" : $"&after={next}")}"
            );
            seen.UnionWith(page.Items.Select(alert => alert.Id));
            next = page.Next;
        }

        Assert.Equal(10_000, seen.Count);
        var incident = await Incident("storm");
        // The last of each name has been looked at when an alert behind all of them has.
        await Send("storm", One("critical", "after-storm", "firing"));
        await Incident("after-storm", TimeSpan.FromSeconds(120));
        Assert.Single((await platform.Get<Page<IncidentView>>("/v1/incidents?service=storm")).Items);
        await Eventually.Holds(
            async () => (await platform.Events(incident.Id)).Count == 3,
            "One event for each name on the incident"
        );
    }

    [Fact]
    public async Task Routes_are_a_document_that_keeps_its_past()
    {
        var first = await platform.Get<AlertRoutesView>("/v1/alert-routes");
        Assert.Equal((0, null), (first.Version, first.SetBy));
        var mine = new SetAlertRoutes(
            [.. first.Routes.Prepend(new(AlertAction.Declare, Severity.Sev1, ["team=\"pay\""], "payments"))],
            first.ServiceLabels,
            "Payments pages itself."
        );
        var wrong = mine with { Routes = [new(AlertAction.Declare, null, ["x"])] };

        var refused = await platform.Ana.PutAsJsonAsync("/v1/alert-routes", wrong, Json.Options, Stop);
        var set = await platform.Ana.PutAsJsonAsync("/v1/alert-routes", mine, Json.Options, Stop);
        using var late = new HttpRequestMessage(HttpMethod.Put, "/v1/alert-routes")
        {
            Content = JsonContent.Create(mine, options: Json.Options),
        };
        late.Headers.TryAddWithoutValidation("If-Match", "\"0\"");
        var stale = await platform.Ana.SendAsync(late, Stop);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var errors = JsonNode.Parse(await refused.Content.ReadAsStringAsync(Stop))!["errors"]!.AsObject();
        Assert.Equal(["routes[0].matchers[0]", "routes[0].severity"], errors.Select(one => one.Key).Order());
        Assert.Equal(HttpStatusCode.NoContent, set.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.StatusCode);
        Assert.Equal(
            (1, "ana"),
            ((await platform.Get<AlertRoutesView>("/v1/alert-routes")) is var now ? now.Version : 0, now.SetBy)
        );
        var alert = One("info", "any", "firing");
        alert["labels"]!["team"] = "pay";
        await Send("prod", alert);
        Assert.Equal(Severity.Sev1, (await Incident("payments")).Severity);
    }

    [Fact]
    public async Task A_message_that_cannot_be_read_is_refused_whole_and_a_foreign_token_too()
    {
        var broken = One("critical", "broken", "firing");
        broken["status"] = "on";
        var refused = await Post(platform.Ana, "prod", One("critical", "broken", "firing"), broken);
        using var other = platform.Service.Client("ingest:alerts", integration: "other");
        using var own = platform.Service.Client("ingest:alerts", integration: "prod-eu");

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("alerts[1].status", await refused.Content.ReadAsStringAsync(Stop), StringComparison.Ordinal);
        Assert.Empty(await Alerts("service=broken"));
        Assert.Equal(HttpStatusCode.Forbidden, (await Post(other, "prod-eu", One("info", "eu", "firing"))).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Post(own, "prod-eu", One("info", "eu", "firing"))).StatusCode);
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await Post(platform.Ana, "a%20b", One("info", "eu", "firing"))).StatusCode
        );
        var text = new StringContent("{\"version\":", new MediaTypeHeaderValue("application/json"));
        Assert.Equal(
            HttpStatusCode.BadRequest,
            (await platform.Ana.PostAsync("/v1/intake/prod/alertmanager", text, Stop)).StatusCode
        );
    }

    private static JsonObject One(
        string severity,
        string service,
        string status,
        string name = "HighErrorRate",
        string pod = "pod-1"
    ) =>
        new()
        {
            ["status"] = status,
            ["labels"] = new JsonObject
            {
                ["alertname"] = name,
                ["severity"] = severity,
                ["service"] = service,
                ["pod"] = pod,
            },
            ["annotations"] = new JsonObject { ["summary"] = "It hurts" },
            ["startsAt"] = Noon.ToString("O"),
            ["endsAt"] = status == "firing" ? "0001-01-01T00:00:00Z" : Noon.AddMinutes(4).ToString("O"),
            ["generatorURL"] = "http://prometheus/graph",
        };

    private async Task Send(string integration, params JsonObject[] alerts)
    {
        var answer = await Post(platform.Ana, integration, alerts);
        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
    }

    private static Task<HttpResponseMessage> Post(HttpClient client, string integration, params JsonObject[] alerts) =>
        client.PostAsJsonAsync(
            $"/v1/intake/{integration}/alertmanager",
            new JsonObject { ["version"] = "4", ["alerts"] = new JsonArray([.. alerts]) },
            Stop
        );

    private async Task<IReadOnlyList<AlertView>> Alerts(string query) =>
        (await platform.Get<Page<AlertView>>($"/v1/alerts?{query}")).Items;

    private async Task<IncidentView> Incident(string service, TimeSpan? within = null)
    {
        IReadOnlyList<IncidentView> found = [];
        await Eventually.Holds(
            async () =>
                (found = (await platform.Get<Page<IncidentView>>($"/v1/incidents?service={service}")).Items).Count > 0,
            $"An incident on {service}",
            within ?? TimeSpan.FromSeconds(30)
        );
        return found[0];
    }
}
