using System.Diagnostics;
using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.LocalHosting.Processes;
using Steady.LocalHosting.Servers;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Batches come shuffled, twice, late and from several writers, and writers are killed at the worst moments: counts are exact.</summary>
public sealed class ExactlyOnceTests : IAsyncLifetime
{
    private CountStore? opened;
    private NativePostgres? server;
    private string directory = "";

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CountStore Store => opened!;

    // A server of its own: killing one of its processes brings all of its sessions down.
    public async ValueTask InitializeAsync()
    {
        if (NativePostgres.Missing() is { } missing)
            Servers.Absent(missing);
        directory = Path.Combine(
            Repository.Root,
            ".local",
            $"killed-{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}"
        );
        server = new NativePostgres(Path.Combine(directory, "postgres"), Ports.Free()) { Durable = false };
        await server.Start(Stop);
        var address = server.ConnectionString("postgres");
        opened = await CountStore.Open(TimeProvider.System.GetUtcNow().Down(Horizons.Slot), address);
    }

    public async ValueTask DisposeAsync()
    {
        if (opened is not null)
            await opened.DisposeAsync();
        if (server is not null)
            await server.Stop();
        if (Directory.Exists(directory))
            Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Shuffled_duplicated_and_delayed_batches_are_counted_once()
    {
        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var wrong = await ShuffledBatches.Wrong([Store.Table], Store.Sums, Store.Now, 2_000, seed, Stop);
        Assert.Equal(0, wrong);
    }

    [Fact]
    public async Task A_writer_killed_before_it_committed_has_counted_nothing_and_may_come_again()
    {
        // Whoever holds the days keeps every flush after its finer levels and before its commit.
        await using var holder = await Store.Database.OpenConnectionAsync(Stop);
        await using var hold = await holder.BeginTransactionAsync(Stop);
        await Execute(holder, "lock table budgets.count_day in access exclusive mode");
        var flush = Flush();
        await Eventually.Holds(async () => await Pid("wait_event_type = 'Lock'") is not null, "Waiting for the days");
        Kill((await Pid("wait_event_type = 'Lock'"))!.Value);
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => flush);

        Assert.Equal(default, await Answered(Counted));
        Assert.Equal(0, await Answered(() => Store.Ask<long>("select count(*) from budgets.count_ledger")));
        Assert.Equal(0, await Answered(() => Store.Ask<long>("select count(*) from budgets.count_ten")));
        Assert.Equal(BatchFate.Added, await Answered(Flush));
        Assert.Equal(new Tally(90, 10), await Answered(Counted));
    }

    [Fact]
    public async Task A_writer_killed_after_it_committed_and_before_it_answered_is_known_when_it_comes_again()
    {
        // What a client sees of a process that dies between the two: the commit is there, the answer is lost.
        Assert.Equal(BatchFate.Added, await Flush());
        await using var flushed = await Store.Database.OpenConnectionAsync(Stop);
        Kill((await Pid("state = 'idle'"))!.Value);

        Assert.Equal(BatchFate.Duplicate, await Answered(Flush));
        Assert.Equal(new Tally(90, 10), await Answered(Counted));
    }

    private Task<BatchFate> Flush() =>
        Store.Table.Flush(
            "killed",
            1,
            [new SliCounts("killed", [new CountBucket(Store.Now.AddSeconds(-10), 10, 90, 10)], null)],
            null,
            Store.Now,
            Stop
        );

    private async Task<Tally> Counted() =>
        (await Store.Sums.Sums([new CountRange("killed", Store.Now.AddHours(-1), Store.Now)], Stop))[0];

    private async Task<int?> Pid(string which)
    {
        await using var find = Store.Database.CreateCommand(
            $"""
            select pid from pg_stat_activity
            where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and {which}
            """
        );
        return await find.ExecuteScalarAsync(Stop) as int?;
    }

    private static void Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
    }

    // The server throws everybody out, replays its log and takes connections again; a client tries until it is answered.
    private static async Task<T> Answered<T>(Func<Task<T>> ask)
        where T : struct
    {
        T? answer = null;
        await Eventually.Holds(
            async () =>
            {
                try
                {
                    answer = await ask();
                }
                catch (NpgsqlException) { }

                return answer is not null;
            },
            "An answer after the crash"
        );
        return answer!.Value;
    }

    private static async Task Execute(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Stop);
    }
}
