using System.Globalization;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Incidents;

/// <summary>A rule of a real Prometheus, through a real Alertmanager, to an incident and back.</summary>
public sealed class AlertmanagerTests(Platform platform) : IClassFixture<Platform>
{
    // Prometheus finds its Alertmanagers some seconds after it has begun, and says again only after a minute.
    private const string Resend = "--rules.alert.resend-delay=1s";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_rule_that_fires_declares_an_incident_and_its_end_is_on_the_timeline()
    {
        var (prometheus, alertmanager) = (Program("prometheus"), Program("prometheus-alertmanager"));
        var directory = Directory.CreateTempSubdirectory("steady-alertmanager").FullName;
        var (own, its) = ($"127.0.0.1:{Ports.Free()}", $"127.0.0.1:{Ports.Free()}");
        var until = TimeProvider.System.GetUtcNow().AddSeconds(20);
        await Write(directory, until, its, await PagerDutyKey());
        await using (var alerts = Start(alertmanager, directory, its, "alertmanager.yml", "--cluster.listen-address="))
        await using (var rules = Start(prometheus, directory, own, "prometheus.yml", Resend))
        {
            AlertView? alert = null;
            await Eventually.Holds(
                async () =>
                    (alert = (await platform.Get<Page<AlertView>>("/v1/alerts?service=shop")).Items.SingleOrDefault())
                        is { Status: AlertStatus.Resolved },
                "The alert fired and is over",
                TimeSpan.FromSeconds(60)
            );
            Assert.Equal(("ShopDown: Nobody can buy", Severity.Sev2), (alert!.Title, alert.Severity));
            Assert.Equal(16, alert.Fingerprint.Length);
            Assert.InRange(alert.EndsAt!.Value, until.AddSeconds(-1), until.AddSeconds(10));
            var incident = Assert.Single((await platform.Get<Page<IncidentView>>("/v1/incidents?service=shop")).Items);
            Assert.Equal((alert.Id, alert.StartsAt), (incident.AlertId!.Value, incident.StartedAt));
            await Eventually.Holds(
                async () =>
                    (await platform.Timeline($"incident=INC-{incident.Number}")).Items.Any(entry =>
                        entry is { Kind: "alert-resolved", Text: "Alert over: ShopDown: Nobody can buy" }
                    ),
                "The end of the alert on the timeline of its incident"
            );
            // The same Alertmanager takes us for PagerDuty: one event for its group, with a key that it has made.
            AlertView? paged = null;
            await Eventually.Holds(
                async () =>
                    (
                        paged = (
                            await platform.Get<Page<AlertView>>("/v1/alerts?service=shop-pager")
                        ).Items.SingleOrDefault()
                    )
                        is { Status: AlertStatus.Resolved },
                "What Alertmanager sends to PagerDuty fired and is over"
            );
            Assert.Equal(("pager", Severity.Sev2), (paged!.Integration, paged.Severity));
            Assert.Equal(64, paged.Labels["dedup_key"].Length);
        }

        Directory.Delete(directory, recursive: true);
    }

    private static OwnedProcess Start(
        string program,
        string directory,
        string address,
        string settings,
        params string[] more
    ) =>
        OwnedProcess.Start(
            new Launch(
                program,
                [
                    $"--config.file={settings}",
                    $"--storage{(more.Contains(Resend) ? ".tsdb" : "")}.path=data-{settings}",
                    $"--web.listen-address={address}",
                    .. more,
                ]
            )
            {
                Directory = directory,
                LogFile = Path.Combine(directory, $"{settings}.log"),
            }
        );

    private async Task<string> PagerDutyKey()
    {
        var answer = await platform.Ana.PostAsJsonAsync(
            "/v1/integrations/pager/keys",
            new CreateIntegrationKey(IntegrationKind.Pagerduty),
            Json.Options,
            Stop
        );
        return (await answer.Content.ReadFromJsonAsync<NewIntegrationKey>(Json.Options, Stop))!.Key!;
    }

    private async Task Write(string directory, DateTimeOffset until, string alertmanager, string key)
    {
        var end = until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        await Settings(
            "rules.yml",
            $$"""
            groups:
              - name: shop
                rules:
                  - alert: ShopDown
                    expr: vector(time()) < {{end}}
                    labels: { severity: critical, service: shop }
                    annotations: { summary: Nobody can buy }
            """
        );
        await Settings(
            "prometheus.yml",
            $$"""
            global: { evaluation_interval: 1s }
            rule_files: [rules.yml]
            alerting:
              alertmanagers:
                - static_configs: [{ targets: ["{{alertmanager}}"] }]
            """
        );
        await Settings(
            "alertmanager.yml",
            $$"""
            route: { receiver: steady, group_wait: 1s, group_interval: 2s, repeat_interval: 1h }
            receivers:
              - name: steady
                webhook_configs:
                  - url: {{platform.Service.Address}}v1/intake/prod/alertmanager
                    http_config: { authorization: { credentials: "{{TestTokens.With(
                "ingest:alerts",
                "alertmanager"
            )}}" } }
                pagerduty_configs:
                  - url: {{platform.Service.Address}}v2/enqueue
                    routing_key: {{key}}
                    severity: critical
                    class: ShopDown
                    details: { service: shop-pager }
            """
        );

        Task Settings(string name, string text) => File.WriteAllTextAsync(Path.Combine(directory, name), text, Stop);
    }

    // Found, or the test is skipped with a sentence.
    private static string Program(string name)
    {
        if (Tool.Find(name) is { } found)
            return found;
        Servers.Absent($"{name} is not installed. Debian: apt-get install {name}.");
        return "";
    }
}
