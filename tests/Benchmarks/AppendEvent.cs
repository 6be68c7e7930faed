using System.Diagnostics;
using System.Globalization;
using Marten;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using Steady.Contracts;
using Steady.Kernel;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

public sealed record Ticked(string Text, DateTimeOffset At);

public sealed record Ticker
{
    public Guid Id { get; init; }

    public static Ticker Create(Ticked _) => new();
}

/// <summary>How fast is one event through Kernel, one stream and one transaction each, against raw inserts of the same rows?</summary>
public static class AppendEvent
{
    private const int Connections = 8;
    private const int PerRound = 4000;
    private const int Rounds = 3;
    private static readonly Actor Bench = new("bench");

    public static async Task Run(Report report)
    {
        var database = await Servers.NewDatabase("append");
        await using var app = await Store(database, await Servers.NewVirtualHost("append"));
        await using var raw = NpgsqlDataSource.Create(database);
        var streams = app.Services.GetRequiredService<Streams>();
        var at = TimeProvider.System.GetUtcNow();

        Task Append() =>
            streams.Start<Ticker>(NewStream.Of(NewId()), Bench, [new Ticked("tick", at)], CancellationToken.None);
        Task Floor() => Insert(raw, at);

        await Measure(Append, 500);
        await Measure(Floor, 500);
        var ratios = new List<double>();
        for (var round = 1; round <= Rounds; round++)
        {
            var (floor, kernel) = (await Measure(Floor, PerRound), await Measure(Append, PerRound));
            ratios.Add(kernel / floor);
            report.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"round {round}: raw Npgsql {floor:F0}/s, Kernel {kernel:F0}/s, ratio {kernel / floor:F2}"
                )
            );
        }

        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"Bar: ratio ≥ 0.30. Median: {ratios.Order().ElementAt(Rounds / 2):F2}."
            )
        );
    }

    private static async Task<WebApplication> Store(string database, string bus)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Configuration.AddInMemoryCollection(
            new Dictionary<string, string?> { ["ConnectionStrings:bench"] = database, ["ConnectionStrings:bus"] = bus }
        );
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.AddEventStore("bench", _ => null, options => options.Events.MapEventType<Ticked>("ticked.v1"));
        builder.AddBus(new Dictionary<string, IReadOnlyList<Type>>(), Json.Apply, _ => { });
        var app = builder.Build();
        // The store alone: neither the daemon nor the web server takes part.
        await app.Services.GetRequiredService<IDocumentStore>().Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        return app;
    }

    private static async Task<double> Measure(Func<Task> append, int count)
    {
        var left = count;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            Enumerable
                .Range(0, Connections)
                .Select(async _ =>
                {
                    while (Interlocked.Decrement(ref left) >= 0)
                        await append();
                })
        );
        return count / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // The same two rows, prepared, in one transaction: what any store on these tables must at least do.
    private static async Task Insert(NpgsqlDataSource raw, DateTimeOffset at)
    {
        var id = NewId();
        await using var connection = await raw.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("insert into bench.mt_streams (id, type, version) values ($1, 'ticker', 1)")
                {
                    Parameters = { new() { Value = id } },
                },
                new(
                    "insert into bench.mt_events (seq_id, id, stream_id, version, data, type, headers, timestamp, mt_dotnet_type) "
                        + "values (nextval('bench.mt_events_sequence'), $1, $2, 1, $3, 'ticked.v1', $4, now(), 'Ticked')"
                )
                {
                    Parameters =
                    {
                        new() { Value = NewId() },
                        new() { Value = id },
                        new() { Value = $$"""{"text":"tick","at":"{{at:O}}"}""", NpgsqlDbType = NpgsqlDbType.Jsonb },
                        new() { Value = """{"actor":"bench","request-hash":""}""", NpgsqlDbType = NpgsqlDbType.Jsonb },
                    },
                },
            },
        };
        await batch.PrepareAsync();
        await batch.ExecuteNonQueryAsync();
        await transaction.CommitAsync();
    }

    private static Guid NewId() => Guid.CreateVersion7(TimeProvider.System.GetUtcNow());
}
