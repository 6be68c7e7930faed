using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// What does it cost to judge an objective (8 windows, 4 pairs), all in: loading its budget, keeping its sums running,
/// deciding, in this process and in PostgreSQL? With 1,000 objectives, a tick every ten seconds, and counts for each of them
/// before each tick. CPU time, because wall time on a shared machine says nothing. The floor is the same sums read from
/// the tables at every tick. Bars: 200 µs per objective and tick, 2 % of a core, 10 s for a restart. Prometheus 2.42 with Sloth's
/// rules takes 52 to 82 ms per objective and cycle.
/// </summary>
public static class BurnEvaluation
{
    private const int Objectives = 1_000;
    private const int Ticks = 60;
    private const int Judgements = 200_000;
    private static readonly string[] Slis = [.. Enumerable.Range(0, Objectives).Select(i => $"bench-{i}")];

    public static async Task Run(Report report)
    {
        Pure(report);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow().Down(Horizons.Slot));
        await using var service = await Harness.Start(
            typeof(Steady.Budgets.StoredShapes).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:budgets"] = await Servers.NewDatabase("burn") + ";Maximum Pool Size=20",
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("burn"),
                ["Logging:LogLevel:Default"] = "None",
            },
            services => services.AddSingleton<TimeProvider>(clock)
        );
        await Define(service);
        await Fill(service, clock.GetUtcNow());
        await Restart(report, service);
        await Judge(report, service, clock);
    }

    private static void Pure(Report report)
    {
        var at = TimeProvider.System.GetUtcNow();
        var of = new BudgetOf(StableId.From("bench"), "bench", "bench");
        var budget = Budget.Create(new BudgetOpened(of, "Bench", "bench", 0.999m, "30d", at));
        var plan = ReadingPlan.Of(budget, at);
        // Failures below every factor and every quarter, so that nothing opens and everything is compared.
        var reading = plan.Read(_ => new Tally(1_000_000, 10), at);
        Decide(Judgements / 10);
        var (before, allocated) = (Cpu(), GC.GetAllocatedBytesForCurrentThread());
        Decide(Judgements);
        var cost = (Cpu() - before) / Judgements;
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Judgements;
        Row(report, $"rule alone, {Judgements} judgements", cost, $", {allocated} bytes allocated");

        void Decide(int times)
        {
            for (var i = 0; i < times; i++)
            {
                if (Judging.Decide(budget, reading, at).Events.Count > 0)
                    throw new InvalidOperationException("The benchmark's figures must open nothing.");
            }
        }
    }

    private static async Task Define(Harness service)
    {
        foreach (var sli in Slis)
        {
            var document = """
                {"apiVersion":"openslo/v1","kind":"SLO","metadata":{"name":"NAME"},"spec":{"service":"bench","indicator":{"metadata":{"name":"NAME"},
                 "spec":{"ratioMetric":{"counter":true,"good":{"metricSource":{"type":"push","spec":{"c":"g"}}},"total":{"metricSource":{"type":"push","spec":{"c":"t"}}}}}},
                 "timeWindow":[{"duration":"30d","isRolling":true}],"budgetingMethod":"Occurrences","objectives":[{"displayName":"good","target":0.999}]}}
                """.Replace("NAME", sli, StringComparison.Ordinal);
            using var content = new StringContent(
                document,
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/json")
            );
            using var answer = await service.Admin.PostAsync("/v1/objectives", content);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        }
    }

    // Thirty days of hours and days; minutes and tens only where windows begin and end: nothing else is read.
    private static async Task Fill(Harness service, DateTimeOffset now)
    {
        await service.Services.GetRequiredService<CountSlis>().Number(Slis, default);
        var parts = service.Services.GetRequiredService<CountPartitions>();
        foreach (var days in (int[])[0, 1, 2, 3, 30, 31])
        {
            await parts.Ensure(CountPartitions.Ten, [now.AddDays(-days)], default);
            await parts.Ensure(CountPartitions.Minute, [now.AddDays(-days)], default);
            await parts.Ensure(CountPartitions.Sealed, [now.AddDays(-days)], default);
        }

        var database = service.Services.GetRequiredService<NpgsqlDataSource>();
        await using var fill = database.CreateCommand(
            """
            insert into budgets.count_hour select s.id, t, 72000, 3 from budgets.count_sli s,
              generate_series(date_trunc('hour', $1) - interval '31 days', $1, interval '1 hour') t;
            insert into budgets.count_day select s.id, date_trunc('day', t, 'UTC'), 1728000, 72, $1, null from budgets.count_sli s,
              generate_series(date_trunc('day', $1, 'UTC') - interval '31 days', $1, interval '1 day') t;
            insert into budgets.count_sealed select s.id, h, array_fill(1200, array[60]), array_fill(0, array[60]), null
              from budgets.count_sli s, unnest(array[72, 73, 719, 720, 721]) ago,
              lateral (select date_trunc('hour', $1) - ago * interval '1 hour' as h) x;
            insert into budgets.count_minute select s.id, t, 60, 1200, 0 from budgets.count_sli s,
              generate_series(date_trunc('hour', $1) - interval '7 hours', $1, interval '1 minute') t;
            insert into budgets.count_ten select s.id, t, 10, 200, 0 from budgets.count_sli s, unnest(array[0, 1, 2, 6, 24]) ago,
              generate_series(date_trunc('hour', $1) - ago * interval '1 hour',
                least($1, date_trunc('hour', $1) - ago * interval '1 hour' + interval '3590 seconds'), interval '10 seconds') t;
            analyze;
            """.Replace("$1", $"timestamptz '{now:O}'", StringComparison.Ordinal)
        );
        fill.CommandTimeout = 600;
        await fill.ExecuteNonQueryAsync();
    }

    private static async Task Restart(Report report, Harness service)
    {
        var watch = Stopwatch.StartNew();
        await service.Services.GetRequiredService<BurnWorker>().Judge(Slis, default);
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"restart, {Objectives} objectives: all sums rebuilt and judged after {watch.Elapsed.TotalSeconds:F2} s wall (bar: 10 s)"
            )
        );
    }

    private static async Task Judge(Report report, Harness service, FakeTimeProvider clock)
    {
        var worker = service.Services.GetRequiredService<BurnWorker>();
        var database = service.Services.GetRequiredService<NpgsqlDataSource>();
        var (here, there) = (TimeSpan.Zero, TimeSpan.Zero);
        for (var tick = -5; tick < Ticks; tick++)
        {
            clock.Advance(TimeSpan.FromSeconds(10));
            await Count(service, clock.GetUtcNow(), tick + 5);
            var (client, server) = (Cpu(), await ServerCpu(database));
            await worker.Judge(Slis, default);
            if (tick < 0)
                continue;
            here += Cpu() - client;
            there += await ServerCpu(database) - server;
        }

        const int judged = Ticks * Objectives;
        Row(report, $"a tick, {Objectives} objectives, in this process", here / judged, "");
        Row(report, "the same, in PostgreSQL", there / judged, "");
        var all = (here + there) / judged;
        Row(
            report,
            "all in",
            all,
            $" (bar: 200 µs); every 10 s that is {Objectives * all / TimeSpan.FromSeconds(10):P2} of a core (bar: 2 %)"
        );
        await Floor(report, service, clock, database);
    }

    private static async Task Floor(Report report, Harness service, FakeTimeProvider clock, NpgsqlDataSource database)
    {
        var sums = service.Services.GetRequiredService<CountSums>();
        var month = BurnWindows.Of(Window.Parse("30d"));
        var asked = Slis.Select(sli => (sli, month)).ToList();
        await sums.Tallies(asked, clock.GetUtcNow(), default);
        var (client, server) = (Cpu(), await ServerCpu(database));
        for (var i = 0; i < 5; i++)
            await sums.Tallies(asked, clock.GetUtcNow(), default);
        var (here, there) = (
            (Cpu() - client) / (5 * Objectives),
            (await ServerCpu(database) - server) / (5 * Objectives)
        );
        Row(report, "floor: the same sums read from the tables, process and PostgreSQL", here + there, "");
    }

    private static Task Count(Harness service, DateTimeOffset now, int tick)
    {
        CountBucket[] bucket = [new(now.Down(Horizons.Slot).AddSeconds(-10), 10, 200, 0)];
        return service
            .Services.GetRequiredService<CountTable>()
            .Flush("bench", tick + 1, [.. Slis.Select(sli => new SliCounts(sli, bucket, null))], null, now, default);
    }

    private static void Row(Report report, string what, TimeSpan cost, string more) =>
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {cost.TotalMicroseconds:F2} µs CPU per objective{more}"
            )
        );

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    /// <summary>The sessions of this run's database; elsewhere the server may serve others too.</summary>
    internal static async Task<TimeSpan> ServerCpu(NpgsqlDataSource database)
    {
        await using var sessions = database.CreateCommand(
            "select pid from pg_stat_activity where datname = current_database()"
        );
        await using var rows = await sessions.ExecuteReaderAsync();
        var total = TimeSpan.Zero;
        while (await rows.ReadAsync())
            total += Process.GetProcessById(rows.GetInt32(0)).TotalProcessorTime;
        return total;
    }
}
