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
/// How long does a query take, over HTTP, out of a million entries of six sources and ten thousand incidents in thirty days?
/// Beside each the same rows read by plain SQL on a connection that is open already.
/// </summary>
public static class TimelineQueries
{
    private const int Entries = 1_000_000;
    private const int Requests = 200;
    private const int Rows = 200;

    // The sentences have words that are everywhere, some that are in one of a hundred, and two that are rare together.
    private const string Fill = $"""
        with made as (
          select n, gen_random_uuid() as id, @to - random() * interval '30 days' as at, random() * interval '90 seconds' as lag,
            (array['incidents', 'budgets', 'experiments', 'alertmanager', 'chat', 'deploys'])[1 + n % 6] as source,
            (array['note', 'alert', 'experiment', 'alert', 'chat', 'deploy'])[1 + n % 6] as kind,
            case when n % 3 = 0 then array['s' || n % 100, 's' || (n + 1) % 100] else array['s' || n % 100] end as services,
            case when n % 50 = 7 then 'Replication ' else '' end || 'component' || n % 100 || ' says that '
              || case when n % 40 = 7 then 'lag' else 'load' end || ' is at ' || n % 977 || ' of ' || 'zone' || n % 12 as text,
            case when n % 2 = 0 then @incidents[1 + n / 2 % 10000] end as incident
          from generate_series(1, @entries) n),
        kept as (
          insert into incidents.{TimelineTablesSchema.Entries}
            (id, version, seq, occurred_at, occurred_until, recorded_at, known_until, source, kind, category, actor, text,
             services, incident_id, labels, places, words, is_sealed)
          select id, 1, n, at, case when n % 20 = 0 then at + interval '5 minutes' end, at + lag, 'infinity', source,
            kind, kind, 'person' || n % 30, text, services, incident, jsonb_build_object('team', 't' || n % 20),
            array(select 'service/' || one from unnest(services) one)
              || case when incident is null then array[]::text[] else array['incident/' || incident] end,
            to_tsvector('simple', text), false
          from made returning *)
        insert into incidents.{TimelineTablesSchema.Places} (place, {TimelineTablesSchema.Columns}, is_sealed)
        select place, {TimelineTablesSchema.Columns}, false from kept, unnest(places) place
        """;

    public static async Task Run(Report report)
    {
        var database = await Servers.NewDatabase("queries");
        await using var service = await Harness.Start(
            typeof(IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = database,
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("queries"),
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
        var incident = await Declare(service.Admin);
        var now = TimeProvider.System.GetUtcNow();
        await using var source = NpgsqlDataSource.Create($"{database};Command Timeout=900");
        report.Line(await Prepare(source, incident, now));
        await using var connection = await source.OpenConnectionAsync();
        foreach (var (what, query, floor) in Asked(incident, now))
        {
            await Measure(Requests / 10, () => Ask(service.Admin, query));
            report.Percentiles($"{what}: plain SQL", await Measure(Requests, () => Read(connection, floor)));
            report.Percentiles($"{what}: q={query}", await Measure(Requests, () => Ask(service.Admin, query)));
        }

        report.Line(
            "Bars: filter of 24 h with 200 rows p95 ≤ 50 ms, text p95 ≤ 120 ms, six sources merged p95 ≤ 150 ms."
        );
    }

    private static IEnumerable<(string What, string Query, string Floor)> Asked(
        IncidentView incident,
        DateTimeOffset now
    )
    {
        var (from, to) = (now.AddHours(-36), now.AddHours(-12));
        var window = string.Create(
            CultureInfo.InvariantCulture,
            $"from:{from:yyyy-MM-ddTHH:mmZ} to:{to:yyyy-MM-ddTHH:mmZ}"
        );
        var during = string.Create(CultureInfo.InvariantCulture, $"occurred_at between '{from:O}' and '{to:O}'");
        var page = $"order by occurred_at, recorded_at, id limit {Rows}";
        yield return (
            "filter of 24 h",
            $"kind:(alert,deploy) source!=chat service:s1* {window}",
            $"category in ('alert', 'deploy') and source <> 'chat' and array_to_string(services, ' ') like '%s1%' and {during} {page}"
        );
        yield return (
            "filter by label and person of 24 h",
            $"label.team:t7 by:person7 {window}",
            $"labels @> jsonb_build_object('team', 't7') and actor = 'person7' and {during} {page}"
        );
        yield return (
            "one service, 24 h",
            $"service:s7 kind:(alert,deploy) {window}",
            $"services && array['s7'] and category in ('alert', 'deploy') and {during} {page}"
        );
        yield return (
            "text in all",
            "text:replication text:lag",
            $"words @@ to_tsquery('simple', 'replication & lag') {page}"
        );
        yield return (
            "text of 24 h",
            $"\"replication component7\" {window}",
            $"words @@ phraseto_tsquery('simple', 'replication component7') and {during} {page}"
        );
        yield return ("six sources merged, 24 h", window, $"{during} {page}");
        yield return (
            "six sources merged, an incident",
            $"incident:INC-{incident.Number}",
            $"places && array['incident/{incident.Id}'] {page}"
        );
        yield return (
            "as known then",
            $"kind:alert {window} knownAt:{to:yyyy-MM-ddTHH:mmZ}",
            $"category = 'alert' and {during} {page}"
        );
        yield return ("counts of 24 h", $"{window} | count by kind", $"{during} group by kind");
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
        return (await answer.Content.ReadFromJsonAsync<IncidentView>(Json.Options))!;
    }

    private static async Task<string> Prepare(NpgsqlDataSource source, IncidentView incident, DateTimeOffset now)
    {
        await using var fill = source.CreateCommand(Fill);
        fill.Parameters.AddWithValue("entries", Entries);
        fill.Parameters.AddWithValue("to", now);
        Guid[] incidents =
        [
            incident.Id,
            .. Enumerable.Range(1, 9_999).Select(i => Guid.CreateVersion7(now.AddMinutes(-i))),
        ];
        fill.Parameters.AddWithValue("incidents", incidents);
        var rows = await fill.ExecuteNonQueryAsync();
        await using var settle = source.CreateCommand(
            $"vacuum analyze incidents.{TimelineTablesSchema.Entries}, incidents.{TimelineTablesSchema.Places}"
        );
        await settle.ExecuteNonQueryAsync();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Entries:N0} entries of {incidents.Length:N0} incidents stand at {rows:N0} places."
        );
    }

    private static async Task Ask(HttpClient client, string query)
    {
        var address = $"/v1/timeline?limit={Rows}&q={Uri.EscapeDataString(query)}";
        await client.GetByteArrayAsync(new Uri(address, UriKind.Relative));
    }

    private static async Task Read(NpgsqlConnection connection, string floor)
    {
        var columns = floor.Contains("group by", StringComparison.Ordinal)
            ? "kind, count(*)"
            : TimelineTablesSchema.Columns;
        await using var command = new NpgsqlCommand(
            $"select {columns} from incidents.{TimelineTablesSchema.Entries} where {floor}",
            connection
        );
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            reader.GetValue(0);
    }

    private static async Task<IReadOnlyList<double>> Measure(int times, Func<Task> ask)
    {
        var taken = new List<double>();
        for (var i = 0; i < times; i++)
        {
            var begin = Stopwatch.GetTimestamp();
            await ask();
            taken.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
        }

        return taken;
    }
}
