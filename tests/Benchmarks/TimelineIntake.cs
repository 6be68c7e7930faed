using System.Diagnostics;
using System.Net.Http.Json;
using JasperFx.Events.Daemon;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Timeline;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// Evidence at 2,000 entries a second, sealed, twenty to a message: how long until a message is answered, and until its
/// entries are seen? Then: how long does it take to write all timelines anew, and to prove the log?
/// </summary>
public static class TimelineIntake
{
    private const int PerMessage = 20;
    private const int PerSecond = 2000 / PerMessage;
    private const int Seconds = 30;
    private const string Mark = $"{IncidentsSchema.Name}.{TimelineTablesSchema.Mark}";

    public static async Task Run(Report report)
    {
        var database = await Servers.NewDatabase("timeline_intake");
        await using var service = await Harness.Start(
            typeof(IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = database,
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("timeline_intake"),
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
        await using var source = NpgsqlDataSource.Create(database);
        report.Percentiles("floor: twenty rows in one plain insert", await Floor(source));
        await Drive(service.Admin, source, 10);
        var (answered, seen) = await Drive(service.Admin, source, Seconds);
        report.Percentiles($"2,000 entries/s for {Seconds} s, message answered (bar p99 ≤ 50)", answered);
        report.Percentiles("message sent to its entries seen (bar p99 ≤ 1,000)", seen);
        await Rebuild(report, service, source);
        var begun = Stopwatch.GetTimestamp();
        var proof = (await service.Admin.GetFromJsonAsync<TimelineProof>("/v1/timeline/proof", Json.Options))!;
        report.Line(
            FormattableString.Invariant(
                $"Proof of {proof.Events:N0} events: {Stopwatch.GetElapsedTime(begun).TotalSeconds:F2} s, {(proof.Holds ? "it holds" : "it does not hold")} (bar: 10 s for 1 M)"
            )
        );
    }

    private static async Task Rebuild(Report report, Harness service, NpgsqlDataSource source)
    {
        var count = await Count(source);
        var daemon = service
            .Services.GetRequiredService<Marten.Events.Daemon.Coordination.IProjectionCoordinator>()
            .DaemonForMainDatabase();
        var begun = Stopwatch.GetTimestamp();
        await daemon.RebuildProjectionAsync("timeline-entries", TimeSpan.FromMinutes(10), CancellationToken.None);
        var took = Stopwatch.GetElapsedTime(begun);
        report.Line(
            FormattableString.Invariant(
                $"Rebuild of {count:N0} entries: {took.TotalSeconds:F1} s, {count / took.TotalSeconds:F0} a second (bar: 1 M in 300 s, 3,333 a second); {await Count(source):N0} after it"
            )
        );
    }

    // As many as are due, however long the others take: a sender does not wait for us.
    private static async Task<(List<double> Answered, List<double> Seen)> Drive(
        HttpClient client,
        NpgsqlDataSource source,
        int seconds
    )
    {
        var before = await Count(source);
        var total = seconds * PerSecond;
        var sent = new List<Task<double>>();
        var seen = new List<double>();
        var begun = Stopwatch.GetTimestamp();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (seen.Count < total && await tick.WaitForNextTickAsync())
        {
            while (sent.Count < total && Due(sent.Count) <= Stopwatch.GetElapsedTime(begun))
                sent.Add(Send(client, sent.Count, begun));
            var visible = Math.Min(total, (await Count(source) - before) / PerMessage);
            while (seen.Count < visible)
                seen.Add((Stopwatch.GetElapsedTime(begun) - Due(seen.Count)).TotalMilliseconds);
        }

        return ([.. await Task.WhenAll(sent)], seen);
    }

    private static TimeSpan Due(int message) => TimeSpan.FromSeconds((double)message / PerSecond);

    private static async Task<double> Send(HttpClient client, int number, long begun)
    {
        var entries = Enumerable
            .Range(0, PerMessage)
            .Select(i => new RecordEntry(
                "chat",
                $"Message {number}, line {i}: the ledger answers again.",
                Services: [$"s{i % 5}"],
                Source: "room",
                Author: "bo"
            ));
        using var answer = await client.PostAsJsonAsync("/v1/entries:batch", entries, Json.Options);
        answer.EnsureSuccessStatusCode();
        return (Stopwatch.GetElapsedTime(begun) - Due(number)).TotalMilliseconds;
    }

    private static async Task<long> Count(NpgsqlDataSource source)
    {
        // Every event is an entry here, and the mark is written with the rows: nothing has to be counted.
        await using var count = source.CreateCommand($"select coalesce((select seq from {Mark}), 0)");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task<IReadOnlyList<double>> Floor(NpgsqlDataSource source)
    {
        await using var create = source.CreateCommand(
            "create table plain (id uuid primary key, at timestamptz, text text)"
        );
        await create.ExecuteNonQueryAsync();
        var times = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            var begun = Stopwatch.GetTimestamp();
            await using var insert = source.CreateCommand(
                "insert into plain select gen_random_uuid(), now(), 'the ledger answers again' from generate_series(1, 20)"
            );
            await insert.ExecuteNonQueryAsync();
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        return times;
    }
}
