using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using Marten;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;
using Steady.Contracts;
using Steady.Contracts.Incidents;
using Steady.Incidents;
using Steady.Incidents.Timeline;
using Steady.Tests.Support;
using IProjectionCoordinator = Marten.Events.Daemon.Coordination.IProjectionCoordinator;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// A million sealed entries: how long does it take to write all timelines anew, and to prove the log? Beside them the same events read,
/// written and hashed by plain SQL. STEADY_ENTRIES makes it less.
/// </summary>
public static class TimelineRebuild
{
    private const int PerCopy = 50_000;
    private const string Schema = IncidentsSchema.Name;

    private const string Hashing = $"""
        select count(sha256(convert_to(concat_ws('|', seq_id, id, type, stream_id, version, data::text), 'UTF8'))) from {Schema}.mt_events
        """;

    private static readonly int Entries = int.Parse(
        Environment.GetEnvironmentVariable("STEADY_ENTRIES") ?? "1000000",
        CultureInfo.InvariantCulture
    );

    public static async Task Run(Report report)
    {
        var database = await Servers.NewDatabase("rebuild");
        await using var service = await Harness.Start(
            typeof(IncidentsSchema).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:incidents"] = database,
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("rebuild"),
                ["Logging:LogLevel:Default"] = "Warning",
            }
        );
        await using var source = NpgsqlDataSource.Create($"{database};Command Timeout=900");
        await First(service, source);
        await service.Services.GetRequiredService<IProjectionCoordinator>().PauseAsync();
        var store = service.Services.GetRequiredService<IDocumentStore>();
        Say(report, $"{Entries:N0} sealed entries were stored", await Timed(() => Fill(source, store)));

        var floor = await Timed(() =>
            Execute(
                source,
                $"create table plain as select seq_id, id, stream_id, timestamp, data from {Schema}.mt_events"
            )
        );
        Say(report, "floor: the events copied by one statement, without an index", floor);
        using var daemon = await store.BuildProjectionDaemonAsync();
        var took = await Timed(() =>
            daemon.RebuildProjectionAsync("timeline-entries", TimeSpan.FromMinutes(30), CancellationToken.None)
        );
        Say(report, $"Rebuild of {await Count(source):N0} entries (bar: 1 M in 300 s)", took);
        report.Line(FormattableString.Invariant($"{Entries / took.TotalSeconds:F0} entries a second"));

        Say(report, "floor: every event hashed by one statement", await Timed(() => Execute(source, Hashing)));
        TimelineProof? proof = null;
        took = await Timed(async () =>
            proof = await service.Admin.GetFromJsonAsync<TimelineProof>("/v1/timeline/proof", Json.Options)
        );
        Say(
            report,
            $"Proof of {proof!.Events:N0} events, {(proof.Holds ? "it holds" : "it does not hold")} (bar: 1 M in 10 s)",
            took
        );
    }

    // So that there is an author with a key, and projections that run.
    private static async Task First(Harness service, NpgsqlDataSource source)
    {
        using var answer = await service.Admin.PostAsJsonAsync(
            "/v1/entries",
            new RecordEntry("chat", "The first.", Services: ["s0"], Source: "room"),
            Json.Options
        );
        answer.EnsureSuccessStatusCode();
        await Eventually.Holds(async () => await Count(source) == 1, "The first entry stands");
    }

    // As the intake stores it, but for the way there.
    private static async Task Fill(NpgsqlDataSource source, IDocumentStore store)
    {
        await using var connection = await source.OpenConnectionAsync();
        var (person, personKey) = await Author(connection);
        var now = TimeProvider.System.GetUtcNow();
        for (var begun = 0; begun < Entries; begun += PerCopy)
        {
            var made = Enumerable
                .Range(begun, Math.Min(PerCopy, Entries - begun))
                .Select(i => Make(i, person, personKey, now))
                .ToList();
            await Copy(
                connection,
                "incidents_vault.keys (id, secret)",
                made,
                (row, one) =>
                {
                    row.Write($"entry/{one.Key}", NpgsqlDbType.Text);
                    row.Write(one.Secret, NpgsqlDbType.Bytea);
                }
            );
            await Copy(
                connection,
                $"{Schema}.mt_streams (id, type, version)",
                made,
                (row, one) =>
                {
                    row.Write(one.Id, NpgsqlDbType.Uuid);
                    row.Write("entry", NpgsqlDbType.Varchar);
                    row.Write(1L, NpgsqlDbType.Bigint);
                }
            );
            var json = store.Options.Serializer();
            const string events =
                $"{Schema}.mt_events (seq_id, id, stream_id, version, data, type, timestamp, mt_dotnet_type, headers)";
            await Copy(
                connection,
                events,
                made,
                (row, one) =>
                {
                    row.Write(one.Sequence, NpgsqlDbType.Bigint);
                    row.Write(Guid.CreateVersion7(now), NpgsqlDbType.Uuid);
                    row.Write(one.Id, NpgsqlDbType.Uuid);
                    row.Write(1L, NpgsqlDbType.Bigint);
                    row.Write(json.ToJson(one.Entry), NpgsqlDbType.Jsonb);
                    row.Write(EntriesSchema.RecordedName, NpgsqlDbType.Varchar);
                    row.Write(now.AddMilliseconds(one.Sequence / 100.0), NpgsqlDbType.TimestampTz);
                    row.Write("Steady.Incidents.Timeline.EntryRecorded, Steady.Incidents", NpgsqlDbType.Varchar);
                    row.Write("""{"actor":"ana"}""", NpgsqlDbType.Jsonb);
                }
            );
        }

        await Execute(
            source,
            $"select setval('{Schema}.mt_events_sequence', (select max(seq_id) from {Schema}.mt_events))"
        );
        await Execute(source, $"vacuum analyze {Schema}.mt_events, {Schema}.mt_streams, incidents_vault.keys");
    }

    private static Made Make(int number, string person, byte[] personKey, DateTimeOffset now)
    {
        var (key, secret) = (new Guid(RandomNumberGenerator.GetBytes(16)), RandomNumberGenerator.GetBytes(32));
        var entry = new EntryRecorded(
            "room",
            "chat",
            now.AddSeconds(-number % 2_500_000),
            [$"s{number % 100}"],
            null,
            null,
            "ana",
            null,
            $"Message {number}: component{number % 977} of the ledger answers again.",
            new Dictionary<string, string> { ["room"] = $"r{number % 20}" },
            SourceId: $"{number}"
        );
        var seal = new Seal(key, person, Seal.SecretOf(secret, personKey));
        return new Made(number + 2, Guid.CreateVersion7(now), key, secret, seal.Close(entry));
    }

    private static async Task Copy(
        NpgsqlConnection connection,
        string into,
        IReadOnlyList<Made> made,
        Action<NpgsqlBinaryImporter, Made> write
    )
    {
        await using var copy = await connection.BeginBinaryImportAsync($"copy {into} from stdin binary");
        foreach (var one in made)
        {
            await copy.StartRowAsync();
            write(copy, one);
        }

        await copy.CompleteAsync();
    }

    private static async Task<(string Person, byte[] Key)> Author(NpgsqlConnection connection)
    {
        await using var query = new NpgsqlCommand(
            "select id, secret from incidents_vault.keys where person is not null",
            connection
        );
        await using var row = await query.ExecuteReaderAsync();
        await row.ReadAsync();
        return (row.GetString(0), await row.GetFieldValueAsync<byte[]>(1));
    }

    private static async Task<long> Count(NpgsqlDataSource source)
    {
        await using var count = source.CreateCommand($"select count(*) from {Schema}.{TimelineTablesSchema.Entries}");
        return (long)(await count.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<TimeSpan> Timed(Func<Task> act)
    {
        var begun = Stopwatch.GetTimestamp();
        await act();
        return Stopwatch.GetElapsedTime(begun);
    }

    private static void Say(Report report, string what, TimeSpan took) =>
        report.Line(FormattableString.Invariant($"{what}: {took.TotalSeconds:F1} s"));

    private sealed record Made(long Sequence, Guid Id, Guid Key, byte[] Secret, EntryRecorded Entry);
}
