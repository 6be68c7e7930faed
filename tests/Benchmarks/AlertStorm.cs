using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// A storm: 2,000 new alerts a second for a minute, fifty to a message, as Alertmanager groups them. How long until each message is
/// answered, counted from when it was due; are all of them there; how long until the incident? Bar: p99 at most 50 ms.
/// </summary>
public static class AlertStorm
{
    private const int PerMessage = 50;
    private const int PerSecond = 2000 / PerMessage;
    private const int Seconds = 60;

    public static async Task Run(Report report)
    {
        await using var incidents = await ServiceProcess.Start("Incidents", "alerts");
        // The code that is asked for is compiled, and compiled again, before anything is measured.
        await Drive(incidents, "warm", 30);
        var begun = Stopwatch.GetTimestamp();
        var declared = Declared(incidents.Client, "storm", begun);
        var (cpu, answers) = (Cpu(incidents.Id), await Drive(incidents, "storm", Seconds));
        report.Percentiles($"2,000 alerts/s for {Seconds} s, message answered (bar p99 ≤ 50)", answers);
        report.Line(FormattableString.Invariant($"First alert to incident: {await declared:F0} ms"));
        var used = (Cpu(incidents.Id) - cpu) / (PerSecond * PerMessage * Seconds);
        report.Line(FormattableString.Invariant($"CPU of the service: {used.TotalMicroseconds:F0} µs an alert"));

        await using var source = NpgsqlDataSource.Create(incidents.Database);
        await using var count = source.CreateCommand(
            "select count(*) from incidents.mt_doc_alert where service = 'storm'"
        );
        report.Line($"Sent {PerSecond * PerMessage * Seconds}, kept {await count.ExecuteScalarAsync()}.");
    }

    // As many as are due, however long the others take: a sender does not wait for us.
    internal static async Task<List<double>> Drive(ServiceProcess incidents, string service, int seconds)
    {
        var sent = new List<Task<double>>();
        var begun = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (sent.Count < seconds * PerSecond && await tick.WaitForNextTickAsync())
        {
            while (sent.Count < seconds * PerSecond && Due(sent.Count) <= Stopwatch.GetElapsedTime(begun))
                sent.Add(Send(incidents.Client, Message(service, sent.Count), begun, Due(sent.Count)));
        }

        return [.. await Task.WhenAll(sent)];
    }

    private static TimeSpan Due(int message) => TimeSpan.FromSeconds((double)message / PerSecond);

    private static async Task<double> Send(HttpClient client, JsonObject message, long begun, TimeSpan due)
    {
        // As Alertmanager does: what is not taken is sent again.
        while (true)
        {
            using var answer = await client.PostAsJsonAsync("v1/intake/prod/alertmanager", message);
            if (answer.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                answer.EnsureSuccessStatusCode();
                break;
            }

            await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System);
        }

        return (Stopwatch.GetElapsedTime(begun) - due).TotalMilliseconds;
    }

    private static JsonObject Message(string service, int number)
    {
        var now = TimeProvider.System.GetUtcNow().ToString("O");
        var alerts = Enumerable
            .Range(0, PerMessage)
            .Select(i => new JsonObject
            {
                ["status"] = "firing",
                ["labels"] = new JsonObject
                {
                    ["alertname"] = $"Broken{i % 5}",
                    ["severity"] = "critical",
                    ["service"] = service,
                    ["pod"] = $"pod-{number}-{i}",
                },
                ["annotations"] = new JsonObject { ["summary"] = "Everything is broken" },
                ["startsAt"] = now,
                ["generatorURL"] = "http://prometheus:9090/graph?g0.expr=up",
            });
        return new JsonObject { ["version"] = "4", ["alerts"] = new JsonArray([.. alerts]) };
    }

    private static async Task<double> Declared(HttpClient client, string service, long begun)
    {
        await Eventually.Holds(
            async () =>
                (await client.GetFromJsonAsync<Page<IncidentView>>($"v1/incidents?service={service}", Json.Options))
                    is { Items.Count: > 0 },
            "The incident",
            TimeSpan.FromSeconds(180)
        );
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    private static TimeSpan Cpu(int process) => Process.GetProcessById(process).TotalProcessorTime;
}
