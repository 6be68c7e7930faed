using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Timeline.Analysis;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// How long do conclusions take, over HTTP: two incidents of 500 entries laid beside each other, the incidents most like one
/// among ten thousand, causes five steps deep, and the contradictions of 500 entries from two accounts? Beside them the same
/// server answering a small read.
/// </summary>
public static class TimelineAnalysis
{
    private const int Incidents = 10_000;
    private const int Entries = 500;
    private const int Many = 10_000;
    private const int Requests = 100;

    private static readonly string[] Kinds =
    [
        "alert",
        "symptom",
        "action",
        "diagnose",
        "deploy",
        "comms",
        "mitigate",
        "note",
    ];

    private static readonly string[] Words =
    [
        "payment",
        "queue",
        "disk",
        "replica",
        "gateway",
        "certificate",
        "index",
        "cache",
        "region",
        "login",
        "search",
        "memory",
        "restarted",
        "rolled back",
        "full",
        "slow",
        "errors",
        "timeouts",
        "scaled",
        "drained",
    ];

    // As the projection writes them: 150 words out of 3,000, twelve categories, one of forty services.
    private const string Fill = $$"""
        insert into incidents.{{IncidentTraitsProjection.Table}} (incident_id, parts, words, labels, course, services)
        select gen_random_uuid(), '{}', array(select (random() * 3000)::int + n * 0 from generate_series(1, 150)),
          array['team=t' || n % 30, 'region=r' || n % 5],
          array(select (array['alert','page','ack','action','deploy','mitigate','resolve','note'])[1 + (random() * 7)::int + n * 0]
            from generate_series(1, 12)),
          array['s' || n % 40]
        from generate_series(1, @incidents) n
        """;

    public static async Task Run(Report report)
    {
        var database = await Servers.NewDatabase("analysis");
        await using var service = await Harness.Start(
            typeof(IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = database,
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("analysis"),
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
        await using (var source = NpgsqlDataSource.Create(database))
        {
            await using var fill = source.CreateCommand(Fill);
            fill.Parameters.AddWithValue("incidents", Incidents);
            await fill.ExecuteNonQueryAsync();
        }

        var (left, _) = await Prepare(service.Admin, "s1", 1, Entries);
        var (right, last) = await Prepare(service.Admin, "s2", 2, Entries);
        var (large, _) = await Prepare(service.Admin, "s3", 3, Many);
        report.Line(
            string.Create(CultureInfo.InvariantCulture, $"{Incidents:N0} incidents; two of {Entries} entries.")
        );
        await Compare(report, service.Admin, "floor: one incident by id", $"/v1/incidents/{left.Id}");
        await Compare(report, service.Admin, "diff", $"/v1/incidents/diff?left={left.Id}&right={right.Id}");
        await Compare(report, service.Admin, "similar, top 5", $"/v1/incidents/{left.Id}/similar?k=5");
        await Compare(report, service.Admin, "causes, depth 5", $"/v1/entries/{last}/causes?depth=5");
        await Compare(report, service.Admin, "contradictions", $"/v1/incidents/{left.Id}/contradictions");
        await Compare(report, service.Admin, "order", $"/v1/incidents/{left.Id}/order");
        await Compare(report, service.Admin, "state", $"/v1/incidents/{left.Id}/state");
        var at = Uri.EscapeDataString(large.StartedAt.AddHours(5).ToString("O"));
        var state = $"/v1/incidents/{large.Id}/state?at={at}";
        await Compare(report, service.Admin, "state of 10,000 entries, remembered", state);
        var now = TimeProvider.System.GetUtcNow();
        await Compare(
            report,
            service.Admin,
            "state of 10,000 entries, cold: as of another moment each time",
            i => $"{state}&knownAt={Uri.EscapeDataString(now.AddMilliseconds(i).ToString("O"))}",
            Requests
        );
        await Compare(
            report,
            service.Admin,
            "contradictions of 10,000",
            $"/v1/incidents/{large.Id}/contradictions",
            20
        );
        report.Line(
            "Bars: diff ≤ 200 ms, similar ≤ 250 ms, causes depth 5 ≤ 100 ms, state of one incident ≤ 80 ms cold and ≤ 20 ms remembered."
        );
    }

    private static async Task<(IncidentView Incident, Guid Last)> Prepare(
        HttpClient client,
        string service,
        int seed,
        int count
    )
    {
        var started = TimeProvider.System.GetUtcNow().AddHours(-10);
        var answer = await client.PostAsJsonAsync(
            "/v1/incidents",
            new DeclareIncident(service, Severity.Sev2, "Nobody can pay", started),
            Json.Options
        );
        var incident = (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options))!;
        var drawn = new Random(seed);
        var entries = Enumerable
            .Range(0, count)
            .Select(i => new RecordEntry(
                Kinds[drawn.Next(Kinds.Length)],
                $"{Words[drawn.Next(Words.Length)]} {Words[drawn.Next(Words.Length)]} {Words[drawn.Next(Words.Length)]}",
                started.AddMinutes(i * 500.0 / count),
                Source: i % 2 == 0 ? "notes" : "report"
            ))
            .ToArray();
        var written = await client.PostAsJsonAsync($"/v1/incidents/{incident.Id}/entries:batch", entries, Json.Options);
        var ids = (await written.Content.ReadFromJsonAsync<RecordedEntries>(Json.Options))!.Ids;
        await Eventually.Holds(
            async () =>
                (await client.GetFromJsonAsync<TimelineOrder>($"/v1/incidents/{incident.Id}/order", Json.Options))!
                    .Items
                    .Count > count,
            "All entries stand"
        );
        return (incident, ids[^1]);
    }

    private static Task Compare(
        Report report,
        HttpClient client,
        string what,
        string address,
        int requests = Requests
    ) => Compare(report, client, what, _ => address, requests);

    private static async Task Compare(
        Report report,
        HttpClient client,
        string what,
        Func<int, string> address,
        int requests
    )
    {
        var times = new List<double>();
        for (var i = 0; i < requests + 10; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(new Uri(address(i), UriKind.Relative));
            // The first ones compile what they run.
            if (i >= 10)
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        report.Percentiles(what, times);
    }
}
