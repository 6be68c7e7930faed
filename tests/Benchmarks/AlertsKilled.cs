using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// Alerts of 60 services, sent as Alertmanager does (what is not answered with success is sent again), while the service and the
/// database are killed and the broker goes away. Is each alert there once, has each service one incident, and was each incident paged?
/// </summary>
public static class AlertsKilled
{
    private const int Services = 60;
    private const int PerMessage = 20;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    public static async Task Run(Report report)
    {
        using var pager = new PageReceiver();
        var allowed = new Dictionary<string, string> { ["Paging__AllowedNetworks"] = "127.0.0.1/32" };
        await using var incidents = await ServiceProcess.Start("Incidents", "killed", allowed);
        await PageDelay.SetUp(incidents.Client, pager);
        var killing = Kill(incidents);
        var (resent, paged) = (0, new List<Task<long>>());
        for (var service = 0; service < Services; service++)
        {
            paged.Add(pager.Expect($"s-{service}"));
            resent += await Send(incidents.Client, $"s-{service}");
            await Task.Delay(Pause, TimeProvider.System);
        }

        var killed = await killing;
        report.Line($"{killed}; {resent} messages had to be sent again.");
        await Task.WhenAll(paged).WaitAsync(TimeSpan.FromMinutes(3), TimeProvider.System);
        await using var database = NpgsqlDataSource.Create(incidents.Database);
        async Task<long> Count(string sql)
        {
            await using var command = database.CreateCommand(sql);
            return (long)(await command.ExecuteScalarAsync())!;
        }

        var alerts = await Count("select count(*) from incidents.mt_doc_alert where service like 's-%'");
        var declared = await Count(
            "select count(*) from incidents.mt_events where type = 'incident_declared.v1' and data->>'service' like 's-%'"
        );
        var asked = await Count("select count(*) from incidents.mt_events where type = 'page_requested.v1'");
        report.Line($"Alerts sent {Services * PerMessage}, kept {alerts}.");
        report.Line($"Services {Services}, incidents declared {declared}, pages asked for {asked}.");
        var ids = pager.Ids.ToList();
        report.Line(
            $"Pages received {ids.Count}, of {ids.Distinct().Count()} ids; one id twice is a page that was on its way when it was killed."
        );
        if (
            alerts != Services * PerMessage
            || declared != Services
            || asked != Services
            || ids.Distinct().Count() != Services
        )
            throw new InvalidOperationException("Something was lost or doubled.");
    }

    private static async Task<string> Kill(ServiceProcess incidents)
    {
        var (crashes, restarts) = (0, 0);
        await using var database = NpgsqlDataSource.Create(incidents.Database + ";Pooling=false");
        for (var round = 0; round < 3; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await incidents.Crash();
            restarts++;
            await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
            await using var find = database.CreateCommand(
                "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() limit 1"
            );
            if (await find.ExecuteScalarAsync() is not int pid)
                continue;
            // The server ends all its sessions, and replays its log.
            using var session = Process.GetProcessById(pid);
            session.Kill();
            crashes++;
        }

        var broker = Servers.NativeRabbit!;
        await broker.Kill();
        await Task.Delay(TimeSpan.FromSeconds(2), TimeProvider.System);
        await broker.Start(default);
        return $"Service killed {restarts} times, database {crashes} times, broker once";
    }

    private static async Task<int> Send(HttpClient client, string service)
    {
        var alerts = Enumerable
            .Range(0, PerMessage)
            .Select(i => new
            {
                status = "firing",
                labels = new
                {
                    alertname = "Broken",
                    severity = "critical",
                    service,
                    pod = $"pod-{i}",
                },
                startsAt = DateTimeOffset.UnixEpoch.AddYears(56),
            });
        var message = new { version = "4", alerts };
        for (var again = 0; ; again++)
        {
            try
            {
                using var answer = await client.PostAsJsonAsync("v1/intake/prod/alertmanager", message);
                if (answer.StatusCode == HttpStatusCode.NoContent)
                    return again;
            }
            catch (HttpRequestException)
            {
                // Killed while it was asked.
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
