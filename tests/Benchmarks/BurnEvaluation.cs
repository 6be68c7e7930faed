using System.Diagnostics;
using System.Globalization;
using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Kernel;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// What does it cost to judge an objective (8 windows, 4 pairs): the rule alone, and with reading its sums from
/// PostgreSQL? CPU time, because wall time on a shared machine says nothing. Bar: 200 µs per objective and tick
/// (Prometheus 2.42 with Sloth's rules: 64.6 ms).
/// </summary>
public static class BurnEvaluation
{
    private const int Objectives = 20;
    private const int Ticks = 100;
    private const int Judgements = 200_000;
    private static readonly IReadOnlyList<Window> Month = BurnWindows.Of(Window.Parse("30d"));

    public static async Task Run(Report report)
    {
        Pure(report);
        await using var service = await Harness.Start(
            typeof(Steady.Budgets.StoredShapes).Assembly,
            new Dictionary<string, string>
            {
                ["ConnectionStrings:budgets"] = await Servers.NewDatabase("burn") + ";Maximum Pool Size=20",
                ["ConnectionStrings:bus"] = await Servers.NewVirtualHost("burn"),
                ["Logging:LogLevel:Default"] = "None",
            }
        );
        await Read(report, service);
    }

    private static void Pure(Report report)
    {
        var at = TimeProvider.System.GetUtcNow();
        var of = new BudgetOf(StableId.From("bench"), "bench", "bench");
        var budget = Budget.Create(new BudgetOpened(of, "Bench", "bench", 0.999m, "30d", at));
        // Just below every factor, so that nothing opens and everything is compared.
        IReadOnlyList<Tally> tallies = [.. Enumerable.Range(1, 8).Select(i => new Tally(1_000_000L * i, 900L * i))];
        Judge(Judgements / 10);
        var (before, allocated) = (Cpu(), GC.GetAllocatedBytesForCurrentThread());
        Judge(Judgements);
        var cost = (Cpu() - before) / Judgements;
        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / Judgements;
        Row(report, $"rule alone, {Judgements} judgements", cost, $", {allocated} bytes allocated");

        void Judge(int times)
        {
            for (var i = 0; i < times; i++)
            {
                if (Judging.Decide(budget, Reading.Of(budget, tallies, at), at).Events.Count > 0)
                    throw new InvalidOperationException("The benchmark's figures must open nothing.");
            }
        }
    }

    private static async Task Read(Report report, Harness service)
    {
        var database = (NpgsqlDataSource)service.Services.GetService(typeof(NpgsqlDataSource))!;
        await Fill(database);
        var sums = (CountSums)service.Services.GetService(typeof(CountSums))!;
        var asked = Enumerable.Range(0, Objectives).Select(i => ($"sli-{i}", Month)).ToList();
        var now = TimeProvider.System.GetUtcNow();
        for (var i = 0; i < 20; i++)
            await sums.Tallies(asked, now, CancellationToken.None);

        var (client, server) = (Cpu(), await ServerCpu(database));
        for (var i = 0; i < Ticks; i++)
            await sums.Tallies(asked, now.AddSeconds(i), CancellationToken.None);
        const int read = Ticks * Objectives;
        Row(report, $"reading sums, {Objectives} objectives a tick, in this process", (Cpu() - client) / read, "");
        Row(report, "reading sums, in PostgreSQL", (await ServerCpu(database) - server) / read, "");
    }

    // Thirty days by the minute, the last three of them by ten seconds, as traffic every 500 ms leaves them.
    private static async Task Fill(NpgsqlDataSource database)
    {
        await using var fill = database.CreateCommand(
            $"""
            insert into budgets.count_bucket (sli, start, seconds, good, bad)
            select 'sli-' || s, t, 60, 1200, 0 from generate_series(0, {Objectives - 1}) s,
              generate_series(date_trunc('hour', now()) - interval '31 days', now() - interval '3 days', interval '1 minute') t
            union all
            select 'sli-' || s, t, 10, 200, 0 from generate_series(0, {Objectives - 1}) s,
              generate_series(date_trunc('hour', now()) - interval '3 days' + interval '1 hour', now(), interval '10 seconds') t;
            insert into budgets.count_hour (sli, start, good, bad)
            select sli, date_trunc('hour', start), sum(good), sum(bad) from budgets.count_bucket group by 1, 2;
            analyze budgets.count_bucket; analyze budgets.count_hour;
            """
        );
        fill.CommandTimeout = 300;
        await fill.ExecuteNonQueryAsync();
    }

    private static void Row(Report report, string what, TimeSpan cost, string more) =>
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {cost.TotalMicroseconds:F2} µs CPU per objective{more}"
            )
        );

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;

    // The sessions of this run's database; elsewhere the server may serve others too.
    private static async Task<TimeSpan> ServerCpu(NpgsqlDataSource database)
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
