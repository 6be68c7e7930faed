using System.Globalization;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using NpgsqlTypes;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// What do counts cost to keep and to read? Bucket rows flushed per PostgreSQL CPU second into the four levels with ledger and
/// log of changes (bar 40,000; the floor is COPY of the same rows into a plain table), an exact sum of 30 days from any
/// minute on (bar 2 ms CPU), and bytes per sealed minute of an indicator (bar 25).
/// </summary>
public static class CountLevelsBenchmark
{
    private const int Slis = 1_000;
    private const int Flushes = 40;
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow().Down(Horizons.Hour);

    public static async Task Run(Report report)
    {
        var address = await Servers.NewDatabase("levels");
        await using var database = NpgsqlDataSource.Create(address);
        var clock = new FakeTimeProvider(Now);
        var policy = CountPolicy.From(new ConfigurationBuilder().Build());
        await new CountSchema(database, policy, clock).StartAsync(default);
        var parts = new CountPartitions(database);
        var slis = new CountSlis(database);
        using var table = new CountTable(new CountWriter(database, slis, parts, policy, clock));
        using var keeper = new CountKeeperWorker(
            database,
            parts,
            policy,
            clock,
            NullLogger<CountKeeperWorker>.Instance
        );
        await keeper.Keep(default);
        foreach (var perSli in (int[])[1, 10])
            await Flush(report, database, table, clock, perSli);
        await Floor(report, database);
        await Month(report, database, new CountSums(database, slis, policy, clock), slis, parts);
        await Seal(report, database, table, keeper, clock);
    }

    private static async Task Flush(
        Report report,
        NpgsqlDataSource database,
        CountTable table,
        FakeTimeProvider clock,
        int perSli
    )
    {
        await Once(0);
        var before = await BurnEvaluation.ServerCpu(database);
        for (var i = 1; i <= Flushes; i++)
            await Once(i);
        var cpu = await BurnEvaluation.ServerCpu(database) - before;
        Rate(
            report,
            $"flush of {Slis * perSli} rows ({Slis} indicators, {perSli} buckets each), four levels, ledger, log",
            Flushes * Slis * perSli,
            cpu,
            " (bar: 40,000)"
        );

        async Task Once(int i)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            var newest = clock.GetUtcNow().Down(Horizons.Slot).AddSeconds(-10);
            await table.Flush($"bench-{perSli}", i + 1, [.. Names(newest)], null, clock.GetUtcNow(), default);
        }

        IEnumerable<SliCounts> Names(DateTimeOffset newest) =>
            Enumerable
                .Range(0, Slis)
                .Select(s => new SliCounts(
                    $"sli-{s}",
                    [
                        .. Enumerable
                            .Range(0, perSli)
                            .Select(b => new CountBucket(newest.AddSeconds(-10 * b), 10, 200, 1)),
                    ],
                    null
                ));
    }

    private static async Task Floor(Report report, NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await using var make = new NpgsqlCommand(
            "create table floor (sli int, start timestamptz, good bigint, bad bigint)",
            connection
        );
        await make.ExecuteNonQueryAsync();
        var before = await BurnEvaluation.ServerCpu(database);
        for (var i = 0; i < Flushes; i++)
        {
            await using var copy = await connection.BeginBinaryImportAsync("copy floor from stdin (format binary)");
            for (var row = 0; row < 10 * Slis; row++)
            {
                await copy.StartRowAsync();
                await copy.WriteAsync(row, NpgsqlDbType.Integer);
                await copy.WriteAsync(Now.UtcDateTime, NpgsqlDbType.TimestampTz);
                await copy.WriteAsync(200L, NpgsqlDbType.Bigint);
                await copy.WriteAsync(1L, NpgsqlDbType.Bigint);
            }

            await copy.CompleteAsync();
        }

        Rate(
            report,
            "floor: COPY of as many rows into one plain table without an index",
            Flushes * 10 * Slis,
            await BurnEvaluation.ServerCpu(database) - before,
            ""
        );
    }

    private static async Task Month(
        Report report,
        NpgsqlDataSource database,
        CountSums sums,
        CountSlis slis,
        CountPartitions parts
    )
    {
        const int reads = 500;
        await slis.Number(["month"], default);
        foreach (var days in (int[])[0, 32])
            await parts.Ensure(CountPartitions.Sealed, [Now.AddDays(-days)], default);
        await using var fill = database.CreateCommand(
            $"""
            insert into budgets.count_hour select {slis["month"]}, t, 72000, 3
              from generate_series(timestamptz '{Now:O}' - interval '32 days', '{Now:O}', interval '1 hour') t;
            insert into budgets.count_sealed select {slis[
                "month"
            ]}, t, array_fill(1200, array[60]), array_fill(0, array[60]), null
              from generate_series(timestamptz '{Now:O}' - interval '32 days', timestamptz '{Now:O}' - interval '26 hours', interval '1 hour') t;
            insert into budgets.count_day select {slis["month"]}, date_trunc('day', t, 'UTC'), 1728000, 72, t, null
              from generate_series(timestamptz '{Now:O}' - interval '32 days', '{Now:O}', interval '1 day') t;
            analyze;
            """
        );
        await fill.ExecuteNonQueryAsync();
        for (var i = 0; i < 20; i++)
            await Read(i);
        var (client, server) = (Environment.CpuUsage.TotalTime, await BurnEvaluation.ServerCpu(database));
        var wall = new List<double>();
        for (var i = 0; i < reads; i++)
        {
            var began = TimeProvider.System.GetTimestamp();
            await Read(i);
            wall.Add(TimeProvider.System.GetElapsedTime(began).TotalMilliseconds);
        }

        var there = (await BurnEvaluation.ServerCpu(database) - server) / reads;
        var here = (Environment.CpuUsage.TotalTime - client) / reads;
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"exact sum of 30 days from any minute on: {there.TotalMilliseconds:F3} ms CPU in PostgreSQL, {here.TotalMilliseconds:F3} ms in this process (bar: 2 ms together; Prometheus 2.42: 35 to 127 ms)"
            )
        );
        report.Percentiles("the same, wall", wall);

        Task Read(int minute) =>
            sums.Sums([new("month", Now.AddDays(-30).AddMinutes(minute), Now.AddMinutes(minute))], default);
    }

    private static async Task Seal(
        Report report,
        NpgsqlDataSource database,
        CountTable table,
        CountKeeperWorker keeper,
        FakeTimeProvider clock
    )
    {
        const int indicators = 100;
        var start = clock.GetUtcNow().Down(Horizons.Day);
        for (var hour = 0; hour < 24; hour++)
        {
            clock.SetUtcNow(start.AddDays(1).AddHours(hour + 1));
            var buckets = Enumerable
                .Range(0, 60)
                .Select(m => new CountBucket(start.AddDays(1).AddHours(hour).AddMinutes(m), 60, 1200 + m, 3));
            await table.Flush(
                "seal",
                hour + 1,
                [.. Enumerable.Range(0, indicators).Select(s => new SliCounts($"sealed-{s}", [.. buckets], null))],
                null,
                start.AddDays(1).AddHours(hour),
                default
            );
        }

        clock.SetUtcNow(start.AddDays(4));
        await using var vacuum = database.CreateCommand("vacuum full budgets.count_sealed");
        await vacuum.ExecuteNonQueryAsync();
        var before = await Bytes(database);
        await keeper.Keep(default);
        var sealedHours = (long)
            (
                await Ask(
                    database,
                    "select count(*) from budgets.count_sealed s join budgets.count_sli n on n.id = s.sli where n.name like 'sealed-%'"
                )
            )!;
        if (sealedHours != indicators * 24)
            throw new InvalidOperationException($"{sealedHours} hours were sealed; {indicators * 24} were filled.");
        var all = (long)(await Ask(database, "select count(*) from budgets.count_sealed"))!;
        const string filled =
            "select count(*) from budgets.count_sealed s join budgets.count_sli n on n.id = s.sli where n.name = 'month'";
        var minutes = 60.0 * (all - (long)(await Ask(database, filled))!);
        var bytes = await Bytes(database) - before;
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"sealed minute of an indicator, indexes included: {bytes / minutes:F1} bytes (bar: 25)"
            )
        );
    }

    private static async Task<long> Bytes(NpgsqlDataSource database) =>
        (long)
            (
                await Ask(
                    database,
                    "select sum(pg_total_relation_size(inhrelid))::bigint from pg_inherits where inhparent = 'budgets.count_sealed'::regclass"
                )
            )!;

    private static async Task<object?> Ask(NpgsqlDataSource database, string sql)
    {
        await using var ask = database.CreateCommand(sql);
        return await ask.ExecuteScalarAsync();
    }

    private static void Rate(Report report, string what, int rows, TimeSpan cpu, string more) =>
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {rows / cpu.TotalSeconds:N0} rows per CPU second of PostgreSQL{more}"
            )
        );
}
