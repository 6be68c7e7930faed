using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Npgsql;
using Steady.Budgets.Counts;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>The tables of counts in a database of their own, without the service around them and with a clock that moves by hand.</summary>
public sealed class CountStore : IAsyncDisposable
{
    private CountStore(NpgsqlDataSource database, DateTimeOffset now)
    {
        Database = database;
        Clock = new FakeTimeProvider(now);
        Policy = CountPolicy.From(new ConfigurationBuilder().Build());
        Parts = new CountPartitions(database);
        Slis = new CountSlis(database);
        Table = new CountTable(new CountWriter(database, Slis, Parts, Policy, Clock));
        Sums = new CountSums(database, Slis, Policy, Clock);
        Running = new RunningCounts(database, Slis, Sums, Policy, Clock);
        Keeper = new CountKeeperWorker(database, Parts, Policy, Clock, NullLogger<CountKeeperWorker>.Instance);
    }

    public NpgsqlDataSource Database { get; }
    public FakeTimeProvider Clock { get; }
    public CountPolicy Policy { get; }
    public CountPartitions Parts { get; }
    public CountSlis Slis { get; }
    public CountTable Table { get; }
    public CountSums Sums { get; }
    public RunningCounts Running { get; }
    public CountKeeperWorker Keeper { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Opens a database and brings its tables up to date; a new one unless an address is given.</summary>
    public static async Task<CountStore> Open(DateTimeOffset now, string? address = null)
    {
        var database = NpgsqlDataSource.Create(address ?? await Servers.NewDatabase("counts"));
        var store = new CountStore(database, now);
        var stop = TestContext.Current.CancellationToken;
        await new CountSchema(database, store.Policy, store.Clock).StartAsync(stop);
        return store;
    }

    public async Task<T> Ask<T>(string sql)
    {
        await using var ask = Database.CreateCommand(sql);
        return (T)(await ask.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    public async Task Run(string sql)
    {
        await using var run = Database.CreateCommand(sql);
        await run.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Running.Dispose();
        Table.Dispose();
        await Database.DisposeAsync();
    }
}
