using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>A database of the first version keeps every count, and knows the batches that it has seen.</summary>
public sealed class CountMigrationTests
{
    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow().Down(Horizons.Slot);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Counts_marks_and_known_batches_move_to_the_new_tables()
    {
        var address = await Servers.NewDatabase("counts_before");
        var fresh = Now.AddMinutes(-5);
        var old = Now.AddDays(-20).Down(Horizons.Hour);
        var batch = CountBatch.From(new RecordCounts("ci", 1, [new(fresh, 10, 90, 10)]));
        await Before(address, fresh, old, batch.Hash);

        await using var store = await CountStore.Open(Now, address);
        // Twice: a second start finds nothing to do.
        await using var again = await CountStore.Open(Now, address);

        var sums = await store.Sums.Sums(
            [
                new("pay", Now.AddDays(-30), Now),
                new("pay", Now.AddHours(-1), Now),
                new("pay", old.AddMinutes(1), old.AddHours(2)),
            ],
            Stop
        );
        Assert.Equal([new Tally(1100, 12), new Tally(90, 10), new Tally(10, 1)], sums);
        Assert.Equal((BatchFate.Duplicate, fresh.AddSeconds(10)), await store.Table.Add("pay", batch, Now, null));
        Assert.Equal("00-trace", await store.Sums.TraceOf("pay", Stop));
        Assert.False(await store.Ask<bool>("select to_regclass('budgets.count_bucket') is not null"));
    }

    private static async Task Before(string address, DateTimeOffset fresh, DateTimeOffset old, byte[] hash)
    {
        await using var database = NpgsqlDataSource.Create(address);
        await using var make = database.CreateCommand(
            $"""
            create schema budgets;
            create table budgets.count_batch (sli text, source text, sequence bigint, content_hash bytea not null,
              recorded_at timestamptz not null, primary key (sli, source, sequence));
            create table budgets.count_bucket (sli text, start timestamptz, seconds integer, good bigint not null, bad bigint not null,
              primary key (sli, start, seconds));
            create table budgets.count_hour (sli text, start timestamptz, good bigint not null, bad bigint not null, primary key (sli, start));
            create table budgets.count_mark (sli text primary key, counted_until timestamptz not null, traceparent text);
            insert into budgets.count_batch values ('pay', 'ci', 1, '\x{Convert.ToHexString(hash)}', '{fresh:O}');
            insert into budgets.count_bucket values ('pay', '{fresh:O}', 10, 90, 10), ('pay', '{old:O}', 3600, 1000, 1),
              ('pay', '{old.AddMinutes(61).AddSeconds(20):O}', 10, 10, 1);
            insert into budgets.count_hour select sli, date_trunc('hour', start), sum(good), sum(bad) from budgets.count_bucket group by 1, 2;
            insert into budgets.count_mark values ('pay', '{fresh.AddSeconds(10):O}', '00-trace');
            """
        );
        await make.ExecuteNonQueryAsync(Stop);
    }
}
