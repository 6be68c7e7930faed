using System.Diagnostics;
using System.Net.Http.Json;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// From an alert that Alertmanager sends to the webhook of who is on call: 200 alerts of 200 services, five a second; alone, and beside a
/// storm of 2,000 alerts a second. Bar: page attempted p99 at most 5 s.
/// </summary>
public static class PageDelay
{
    private const int Alerts = 200;
    private const int PerSecond = 5;

    public static async Task Run(Report report)
    {
        using var pager = new PageReceiver();
        var allowed = new Dictionary<string, string> { ["Paging__AllowedNetworks"] = "127.0.0.1/32" };
        await using var incidents = await ServiceProcess.Start("Incidents", "paging", allowed);
        await SetUp(incidents.Client, pager);
        await Drive(incidents.Client, pager, "warm");
        report.Percentiles(
            "Alert sent to page received, alone (bar p99 ≤ 5000)",
            await Drive(incidents.Client, pager, "alone")
        );
        var storm = AlertStorm.Drive(incidents, "storm", Alerts / PerSecond);
        var beside = await Drive(incidents.Client, pager, "beside");
        report.Percentiles("Alert sent to page received, beside a storm of 2,000 alerts/s (bar p99 ≤ 5000)", beside);
        report.Percentiles("The storm's messages answered", await storm);
    }

    /// <summary>Everything pages one person.</summary>
    internal static async Task SetUp(HttpClient client, PageReceiver pager)
    {
        await Set(
            client,
            "contacts/ana",
            new SetContact(
                [new("phone", ChannelKind.Webhook, pager.Address, "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")],
                "Measured"
            )
        );
        await Set(
            client,
            "escalation-policies/all",
            new SetEscalationPolicy(["*"], [new([new(Contact: "ana")], 60)], 0, null, "Measured")
        );
    }

    private static async Task<IReadOnlyList<double>> Drive(HttpClient client, PageReceiver pager, string name)
    {
        var sent = new List<Task<double>>();
        using var tick = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / PerSecond));
        while (sent.Count < Alerts && await tick.WaitForNextTickAsync())
            sent.Add(One(client, pager, $"{name}-{sent.Count}"));
        return await Task.WhenAll(sent);
    }

    private static async Task<double> One(HttpClient client, PageReceiver pager, string service)
    {
        var (begun, received) = (Stopwatch.GetTimestamp(), pager.Expect(service));
        var alert = new
        {
            status = "firing",
            labels = new
            {
                alertname = "Broken",
                severity = "critical",
                service,
            },
            startsAt = TimeProvider.System.GetUtcNow(),
        };
        using var answer = await client.PostAsJsonAsync(
            "v1/intake/prod/alertmanager",
            new { version = "4", alerts = new[] { alert } }
        );
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(begun, await received).TotalMilliseconds;
    }

    private static async Task Set<T>(HttpClient client, string path, T document)
    {
        using var answer = await client.PutAsJsonAsync($"v1/{path}", document, Json.Options);
        answer.EnsureSuccessStatusCode();
    }
}
