using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Configuration;
using Npgsql;
using Steady.Budgets.Counts;
using Steady.Tests.Integration.Budgets;
using Steady.Tests.Support;

namespace Steady.Tests.Benchmarks;

/// <summary>
/// A million batches, shuffled, a third of them twice, a tenth of them days late, four writers as in four processes; every
/// half minute a session of the server is killed, which throws everybody out. No sum is wrong.
/// </summary>
public static class ExactlyOnce
{
    private const int Batches = 1_000_000;
    private const int Writers = 4;
    private static readonly TimeSpan CrashEvery = TimeSpan.FromSeconds(30);

    public static async Task Run(Report report)
    {
        var (seed, clock) = (Random.Shared.Next(), TimeProvider.System);
        var address = await Servers.NewDatabase("once");
        var policy = CountPolicy.From(new ConfigurationBuilder().Build());
        await using var database = NpgsqlDataSource.Create(address);
        await new CountSchema(database, policy, clock).StartAsync(default);
        var sources = Enumerable.Range(0, Writers).Select(_ => NpgsqlDataSource.Create(address)).ToList();
        var tables = sources.ConvertAll(one => new CountTable(
            new CountWriter(one, new CountSlis(one), new CountPartitions(one), policy, clock)
        ));
        var sums = new CountSums(database, new CountSlis(database), policy, clock);
        var (began, now) = (clock.GetTimestamp(), clock.GetUtcNow().Down(Horizons.Slot));
        using var done = new CancellationTokenSource();
        var crashes = Servers.NativePostgres is null ? Task.FromResult(0) : Crash(address, done.Token);
        var wrong = await ShuffledBatches.Wrong(tables, sums, now, Batches, seed, default);
        await done.CancelAsync();
        var killed = await crashes;
        report.Line(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Batches:N0} batches, each delivered once or twice, shuffled and late, {Writers} writers, {killed} crashes of the server: {wrong} wrong sums (seed {seed}, {clock.GetElapsedTime(began).TotalMinutes:F1} min)"
            )
        );
        tables.ForEach(table => table.Dispose());
        foreach (var source in sources)
            await source.DisposeAsync();
        if (wrong > 0)
            throw new InvalidOperationException("Counts were lost or counted twice.");
    }

    // One of its sessions is killed in the middle of its work: the server ends all others, and replays its log.
    private static async Task<int> Crash(string address, CancellationToken stop)
    {
        var crashes = 0;
        using var timer = new PeriodicTimer(CrashEvery, TimeProvider.System);
        await using var database = NpgsqlDataSource.Create(address + ";Pooling=false");
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                await using var find = database.CreateCommand(
                    "select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and state = 'active'"
                );
                if (await find.ExecuteScalarAsync(stop) is not int pid)
                    continue;
                using var session = Process.GetProcessById(pid);
                session.Kill();
                crashes++;
            }
        }
        catch (OperationCanceledException)
        {
            // All is delivered.
        }

        return crashes;
    }
}
