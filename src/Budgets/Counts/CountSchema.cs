using Npgsql;
using Steady.Kernel;

namespace Steady.Budgets.Counts;

/// <summary>
/// The tables of counts, made and moved forward in numbered steps before the service starts, under a lock, so that any
/// number of instances may start at once.
/// </summary>
public sealed class CountSchema(NpgsqlDataSource database, CountPolicy policy, TimeProvider clock) : IHostedService
{
    // Whoever moves the boundary of closed hours holds it alone; whoever flushes shares it.
    internal const long HorizonLock = 0x5354_4f52_0001;
    private const long MigrationLock = 0x5354_4f52_0002;

    private const string Tables = """
        create table budgets.count_sli (id int generated always as identity primary key, name text not null unique);
        create table budgets.count_horizon (
          one boolean primary key default true check (one),
          closed_until timestamptz not null, sealed_until timestamptz not null);
        create table budgets.count_ledger (
          source text not null, sequence bigint not null, recorded_at timestamptz not null, content_hash bytea not null,
          primary key (source, sequence, recorded_at)) partition by range (recorded_at);
        create table budgets.count_change (
          txid xid8 not null default pg_current_xact_id(), recorded_at timestamptz not null,
          slis int[] not null, slots int[] not null, seconds smallint[] not null, good bigint[] not null, bad bigint[] not null)
          partition by range (recorded_at);
        create index count_change_txid on budgets.count_change (txid);
        create table budgets.count_ten (
          sli int not null, start timestamptz not null, seconds smallint not null, good bigint not null, bad bigint not null,
          primary key (sli, start)) partition by range (start);
        create table budgets.count_minute (
          sli int not null, start timestamptz not null, seconds smallint not null, good bigint not null, bad bigint not null,
          primary key (sli, start)) partition by range (start);
        create table budgets.count_hour (
          sli int not null, start timestamptz not null, good bigint not null, bad bigint not null,
          primary key (sli, start)) with (fillfactor = 80);
        create table budgets.count_day (
          sli int not null, start timestamptz not null, good bigint not null, bad bigint not null,
          counted_until timestamptz not null, traceparent text,
          primary key (sli, start)) with (fillfactor = 80);
        create table budgets.count_sealed (
          sli int not null, hour timestamptz not null, good bigint[] not null, bad bigint[] not null, seconds smallint[],
          primary key (sli, hour)) partition by range (hour);
        create table budgets.count_correction (
          sli int not null, minute timestamptz not null, seconds smallint not null, good bigint not null, bad bigint not null,
          recorded_at timestamptz not null, sealed boolean not null) partition by range (minute);
        create index count_correction_minute on budgets.count_correction (sli, minute);
        create index count_correction_recorded on budgets.count_correction (recorded_at) where sealed;
        create table if not exists budgets.counter_state (
          key text primary key, sequence bigint not null, state bytea not null);
        insert into budgets.count_horizon (closed_until, sealed_until) values ($1, $1);
        """;

    // Another name for the rows, so that a process of before, which knows no logs, stores nothing instead of counting again.
    // Both hold what does not get smaller by packing.
    private const string Logs = """
        alter table budgets.counter_state rename to counter_row;
        alter table budgets.counter_row alter column state set storage external;
        create table budgets.counter_log (sequence bigint primary key, changes bytea not null);
        alter table budgets.counter_log alter column changes set storage external;
        insert into budgets.count_version values (2);
        """;

    /// <summary>The room's services. First of all that is hosted: whoever starts later finds the tables.</summary>
    public static void Add(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(CountPolicy.From(builder.Configuration));
        builder.Services.AddHostedService<CountSchema>();
        builder.Services.AddSingleton<CountPartitions>();
        builder.Services.AddSingleton<CountSlis>();
        builder.Services.AddSingleton<CountWriter>();
        builder.Services.AddSingleton<CountTable>();
        builder.Services.AddSingleton<CountSums>();
        builder.Services.AddSingleton<ICountReader>(services => services.GetRequiredService<CountSums>());
        builder.Services.AddSingleton<RunningCounts>();
        builder.Services.AddSingleton<CountStretches>();
        builder.Services.AddSingleton<CountSeries>();
        builder.Services.AddSingleton<CountKeeperWorker>();
        builder.Services.AddHostedService(services => services.GetRequiredService<CountKeeperWorker>());
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await Run("create schema if not exists budgets");
        await Run("select pg_advisory_xact_lock($1)", MigrationLock);
        await Run("create table if not exists budgets.count_version (version int not null)");
        var version = await Version(connection, cancellationToken);
        if (version == 0)
        {
            var closed = Horizons.Closed(clock.GetUtcNow(), policy);
            var old = await Exists(connection, "budgets.count_batch", cancellationToken);
            if (old)
                await Run(CountMigrationSchema.Aside);
            foreach (
                var table in Tables.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            )
                await Run(table, table.Contains("$1", StringComparison.Ordinal) ? [closed] : []);
            await Run(CountReads.Buckets);
            await Run(CountReads.Sums);
            if (old)
                await CountMigrationSchema.Copy(connection, closed, policy, clock.GetUtcNow(), cancellationToken);
            await Run("insert into budgets.count_version values (1)");
        }

        if (version < 2)
            await Run(Logs);

        await transaction.CommitAsync(cancellationToken);

        async Task Run(string sql, params object[] values)
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            command.Parameters.Give(values);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static async Task<int> Version(NpgsqlConnection connection, CancellationToken stop)
    {
        await using var read = new NpgsqlCommand(
            "select coalesce(max(version), 0) from budgets.count_version",
            connection
        );
        return (int)(await read.ExecuteScalarAsync(stop))!;
    }

    private static async Task<bool> Exists(NpgsqlConnection connection, string table, CancellationToken stop)
    {
        await using var read = new NpgsqlCommand("select to_regclass($1) is not null", connection);
        read.Parameters.Give(table);
        return (bool)(await read.ExecuteScalarAsync(stop))!;
    }
}
