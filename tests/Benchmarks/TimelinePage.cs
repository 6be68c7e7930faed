using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using Npgsql;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Timeline;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// How long does a page of 200 rows take, over HTTP, out of a million entries, of which half fall into the incident's
/// own two hours? First page, pages further in, and as of a moment; beside them the same server answering a small read.
/// </summary>
public static class TimelinePage
{
    private const int Entries = 1_000_000;
    private const int Requests = 300;

    // Rows as the projection writes them: every entry touches one service, every third a second one.
    private const string Fill = $"""
        insert into incidents.{TimelineTablesSchema.Places}
          (place, occurred_at, recorded_at, id, version, seq, known_until, source, kind, category, actor, text, services, is_sealed)
        select 'service/' || place, at, at + lag, id, 1, n, 'infinity', 'budgets', 'gate-decided', 'budget', 'cd',
          'The gate allows deploy release-' || n || ' (production) on ' || services[1] || ': Budget is left.', services, false
        from (
          select n, gen_random_uuid() as id, random() * interval '90 seconds' as lag,
            case when n % 4 < 2 then @from + random() * (@to - @from)
              else @from - random() * interval '30 days' end as at,
            case when n % 3 = 0 then array['s' || n % 10, 's' || (n + 1) % 10] else array['s' || n % 10] end as services
          from generate_series(1, @entries) n
        ) entries, unnest(services) place
        """;

    public static async Task Run(Report report)
    {
        var database = await Servers.NewDatabase("timeline");
        await using var service = await Harness.Start(
            typeof(IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = database,
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("timeline"),
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
        var incident = await Declare(service.Admin);
        report.Line(await Prepare(database, incident.StartedAt));

        var first = $"/v1/timeline?incident={incident.Id}&limit=200";
        var deep = await Deep(service.Admin, first, pages: 40);
        var known = Uri.EscapeDataString(incident.StartedAt.AddMinutes(60).ToString("O"));
        await Measure(service.Admin, first, 50);
        await Compare(report, service.Admin, "floor: one incident by id", $"/v1/incidents/{incident.Id}");
        await Compare(report, service.Admin, "first page", first);
        await Compare(report, service.Admin, "page 41", deep);
        await Compare(report, service.Admin, "page 41 as of an hour in", $"{deep}&knownAt={known}");
        report.Line("Bar: p95 ≤ 50 ms for a page of 200 rows out of 1 M entries.");
    }

    private static async Task<IncidentView> Declare(HttpClient client)
    {
        var command = new DeclareIncident(
            "s7",
            Severity.Sev2,
            "Nobody can pay",
            TimeProvider.System.GetUtcNow().AddHours(-2)
        );
        var answer = await client.PostAsJsonAsync("/v1/incidents", command, Json.Options);
        var incident = (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options))!;
        for (var note = 1; note <= 300; note++)
        {
            var text = new AddNote($"Note {note}", incident.StartedAt.AddSeconds(note * 20));
            await client.PostAsJsonAsync($"/v1/incidents/{incident.Id}/notes", text, Json.Options);
        }

        return incident;
    }

    private static async Task<string> Prepare(string database, DateTimeOffset from)
    {
        await using var source = NpgsqlDataSource.Create($"{database};Command Timeout=600");
        await using var fill = source.CreateCommand(Fill);
        fill.Parameters.AddWithValue("entries", Entries);
        fill.Parameters.AddWithValue("from", from);
        fill.Parameters.AddWithValue("to", from.AddHours(2));
        var rows = await fill.ExecuteNonQueryAsync();
        await using var settle = source.CreateCommand($"vacuum analyze incidents.{TimelineTablesSchema.Places}");
        await settle.ExecuteNonQueryAsync();
        await using var size = source.CreateCommand(
            $"select pg_size_pretty(pg_total_relation_size('incidents.{TimelineTablesSchema.Places}'))"
        );
        var total = await size.ExecuteScalarAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Entries:N0} entries are {rows:N0} rows, {total} with their index."
        );
    }

    private static async Task<string> Deep(HttpClient client, string first, int pages)
    {
        var address = first;
        for (var page = 0; page < pages; page++)
        {
            var read = await client.GetFromJsonAsync<Page<TimelineEntry>>(address, Json.Options);
            address = $"{first}&after={read!.Next ?? throw new InvalidOperationException("Too few rows.")}";
        }

        return address;
    }

    private static async Task Compare(Report report, HttpClient client, string what, string address) =>
        report.Percentiles(what, await Measure(client, address, Requests));

    private static async Task<IReadOnlyList<double>> Measure(HttpClient client, string address, int requests)
    {
        var times = new List<double>();
        for (var i = 0; i < requests; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await client.GetByteArrayAsync(new Uri(address, UriKind.Relative));
            times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return times;
    }
}
