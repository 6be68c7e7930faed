using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Budgets;
using Steady.LocalHosting.Processes;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// How many samples of remote-write does a CPU second take, from HTTP to the commit in PostgreSQL? The same requests go to
/// Prometheus' own receiver in the same run: 2,000 series, one sample each a request, one connection, in order. Bar:
/// 0.8 M samples per CPU second.
/// </summary>
public static class RemoteWriteIntake
{
    private const int Series = 2000;

    // The runtime compiles hot code again, faster, after some seconds: what is asked is what a server does that runs for weeks.
    private const int WarmUp = 8000;
    private const int Requests = 10_000;

    public static async Task Run(Report report)
    {
        report.Line(
            $"{Requests - WarmUp} requests of {Series} samples each after {WarmUp} to warm up, CPU of the server's process:"
        );
        report.Line("");
        await Peer(report);
        foreach (var (indicators, connections) in ((int, int)[])[(20, 1), (20, 4), (200, 4)])
            await Ours(report, indicators, connections);
    }

    // As a service's pods and routes make them: so many series, each good or bad, for so many indicators.
    private static List<byte[]> Bodies(int indicators, int connection, int connections)
    {
        var now = TimeProvider.System.GetUtcNow();
        var bodies = new List<byte[]>();
        var labels = Enumerable
            .Range(connection, Series)
            .Select(i => Labels(i * connections + connection, indicators))
            .ToList();
        for (var step = 0; step < Requests / connections; step++)
        {
            var millis = now.AddSeconds(15 * (step - Requests)).ToUnixTimeMilliseconds();
            bodies.Add(Snappier.Snappy.CompressToArray(Message(labels, step, millis)));
        }

        return bodies;
    }

    private static byte[] Message(List<byte[]> labels, int step, long millis)
    {
        var message = new WireWriter();
        for (var s = 0; s < labels.Count; s++)
        {
            var sample = new WireWriter().Fixed(1, step * 1500.0 + s).Varint(2, (ulong)millis).ToArray();
            message.Bytes(1, [.. labels[s], .. new WireWriter().Bytes(2, sample).ToArray()]);
        }

        return message.ToArray();
    }

    private static byte[] Labels(int i, int indicators)
    {
        var labels = new WireWriter();
        foreach (
            var (name, value) in ((string, string)[])
                [
                    ("__name__", "rw_requests_total"),
                    ("code", i / indicators % 100 < 99 ? "200" : "500"),
                    ("instance", string.Create(CultureInfo.InvariantCulture, $"10.1.{i / 250}.{i % 250}:8080")),
                    ("job", "checkout"),
                    ("route", string.Create(CultureInfo.InvariantCulture, $"/api/v2/orders/{i / indicators}")),
                    ("slo", string.Create(CultureInfo.InvariantCulture, $"slo-{i % indicators:D4}")),
                ]
        )
            labels.Message(1, label => label.Text(1, name).Text(2, value));
        return labels.ToArray();
    }

    private static async Task Peer(Report report)
    {
        var directory = Directory.CreateTempSubdirectory("steady-peer").FullName;
        var port = Ports.Free();
        var script = Repository.File("tests", "Benchmarks", "prometheus-receiver");
        await using (
            var peer = OwnedProcess.Start(new Launch(script, directory, port.ToString(CultureInfo.InvariantCulture)))
        )
        {
            using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
            await ServiceProcess.Answering(client, "-/ready");
            var (cpu, _, wall, samples) = await Send(client, Bodies(20, 0, 1), peer.Id, null);
            Row(
                report,
                "Prometheus 2.42's receiver (its own store included), 1 connection",
                samples,
                cpu,
                TimeSpan.Zero,
                wall
            );
        }

        Directory.Delete(directory, recursive: true);
    }

    private static async Task Ours(Report report, int indicators, int connections)
    {
        await using var budgets = await ServiceProcess.Start("Budgets", "rw");
        var client = budgets.Client;
        await Parallel.ForAsync(
            0,
            indicators,
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            (i, _) => Define(client, i)
        );
        await using var source = NpgsqlDataSource.Create(budgets.Database);
        var all = Enumerable.Range(0, connections).Select(c => Bodies(indicators, c, connections)).ToList();
        var results = await Task.WhenAll(all.Select(bodies => Send(client, bodies, budgets.Id, source, connections)));
        var (cpu, store, wall) = (results.Max(r => r.Cpu), results.Max(r => r.Store), results.Max(r => r.Wall));
        Row(
            report,
            $"Budgets, {indicators} indicators, {connections} connection(s)",
            results.Sum(r => r.Samples),
            cpu,
            store,
            wall
        );
    }

    private static async ValueTask Define(HttpClient client, int i)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"slo-{i:D4}");
        var document = $$$"""
            {"apiVersion":"openslo/v1","kind":"SLO","metadata":{"name":"{{{name}}}"},"spec":{"service":"checkout",
             "indicatorRef":"{{{name}}}","timeWindow":[{"duration":"30d","isRolling":true}],"budgetingMethod":"Occurrences",
             "objectives":[{"target":0.95}]}}
            """;
        var content = new StringContent(document, new MediaTypeHeaderValue("application/json"));
        (await client.PostAsync("v1/objectives", content)).EnsureSuccessStatusCode();
        var all = $$"""rw_requests_total{slo="{{name}}"}""";
        var terms = new SetSource(
            SourceOrigin.RemoteWrite,
            new CounterTerms(all.Replace("}", ",code!~\"5..\"}", StringComparison.Ordinal), Total: all)
        );
        var answer = await client.PutAsJsonAsync($"v1/slis/{name}/source", terms, Json.Options);
        answer.EnsureSuccessStatusCode();
    }

    private static async Task<(TimeSpan Cpu, TimeSpan Store, TimeSpan Wall, long Samples)> Send(
        HttpClient client,
        List<byte[]> bodies,
        int process,
        NpgsqlDataSource? store,
        int connections = 1
    )
    {
        var (cpu, used, watch, samples) = (TimeSpan.Zero, TimeSpan.Zero, new Stopwatch(), 0L);
        for (var i = 0; i < bodies.Count; i++)
        {
            if (i == WarmUp / connections)
            {
                (cpu, used) = (Cpu(process), await StoreCpu(store));
                watch.Start();
            }

            using var content = new ByteArrayContent(bodies[i]);
            content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
            content.Headers.ContentEncoding.Add("snappy");
            using var answer = await client.PostAsync("api/v1/write", content);
            answer.EnsureSuccessStatusCode();
            samples += watch.IsRunning ? Series : 0;
        }

        return (Cpu(process) - cpu, await StoreCpu(store) - used, watch.Elapsed, samples);
    }

    private static void Row(Report report, string what, long samples, TimeSpan cpu, TimeSpan store, TimeSpan wall)
    {
        var more =
            store == TimeSpan.Zero
                ? ""
                : Say(
                    $"; with PostgreSQL's {store.TotalSeconds:F2} s: {samples / (cpu + store).TotalSeconds / 1e6:F2} M"
                );
        report.Line(
            Say(
                $"- {what}: {samples / cpu.TotalSeconds / 1e6:F2} M samples per CPU second ({cpu.TotalSeconds:F2} s for {samples / 1e6:F1} M){more}; {samples / wall.TotalSeconds / 1e3:F0} k a second"
            )
        );
    }

    private static string Say(FormattableString text) => FormattableString.Invariant(text);

    private static TimeSpan Cpu(int process) => Process.GetProcessById(process).TotalProcessorTime;

    // Sessions of this run's database; what the server writes behind them is theirs too, and counted with them.
    private static async Task<TimeSpan> StoreCpu(NpgsqlDataSource? database)
    {
        if (database is null)
            return TimeSpan.Zero;
        await using var sessions = database.CreateCommand("select pid from pg_stat_activity");
        await using var rows = await sessions.ExecuteReaderAsync();
        var total = TimeSpan.Zero;
        while (await rows.ReadAsync())
            total += Cpu(rows.GetInt32(0));
        return total;
    }
}
