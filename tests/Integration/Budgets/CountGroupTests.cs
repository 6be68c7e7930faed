using Npgsql;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Steady.Tests.Support;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>Batches that wait at the same time are written together, and each is told what became of it.</summary>
public sealed class CountGroupTests : IAsyncLifetime
{
    private CountStore? opened;

    private CountStore Store => opened!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() =>
        opened = await CountStore.Open(TimeProvider.System.GetUtcNow().Down(Horizons.Slot));

    public async ValueTask DisposeAsync() => await Store.DisposeAsync();

    [Fact]
    public async Task Each_has_its_row_in_the_ledger_and_its_own_answer()
    {
        Assert.Equal(BatchFate.Added, await Add("known", 1, 5));
        var together = await Together(
            () => Add("known", 1, 5),
            () => Add("known", 1, 6),
            () => Add("new", 1, 7),
            () => Add("new", 1, 7),
            () => Add("new", 1, 8),
            () => Add("new", 2, 100)
        );
        BatchFate[] expected =
        [
            BatchFate.Duplicate,
            BatchFate.Differs,
            BatchFate.Added,
            BatchFate.Duplicate,
            BatchFate.Differs,
            BatchFate.Added,
        ];
        Assert.Equal(expected, await Task.WhenAll(together));
        // The first one, the one that held the others up, and one for those that waited.
        Assert.Equal(3, await Store.Ask<long>("select count(*) from budgets.count_change"));
        Assert.Equal(4, await Store.Ask<long>("select count(*) from budgets.count_ledger"));
        Assert.Equal(new Tally(5 + 1 + 7 + 100, 0), await Counted());
    }

    [Fact]
    public async Task What_cannot_be_written_keeps_nobody_else_out()
    {
        var together = await Together(
            () => Add("good", 1, 1),
            () => Add("endless", 1, long.MaxValue),
            () => Add("good", 2, 2),
            () => Add("endless", 2, long.MaxValue)
        );
        Assert.Equal(BatchFate.Added, await together[0]);
        Assert.Equal(BatchFate.Added, await together[2]);
        await Assert.ThrowsAnyAsync<Exception>(() => together[1]);
        await Assert.ThrowsAnyAsync<Exception>(() => together[3]);
        Assert.Equal(new Tally(1 + 1 + 2, 0), await Counted());
    }

    // Whoever holds the days holds the first one up, and so the others wait for their turn together.
    private async Task<Task<BatchFate>[]> Together(params Func<Task<BatchFate>>[] adds)
    {
        await using var holder = await Store.Database.OpenConnectionAsync(Stop);
        await using var hold = await holder.BeginTransactionAsync(Stop);
        await using var take = new NpgsqlCommand("lock table budgets.count_day in access exclusive mode", holder);
        await take.ExecuteNonQueryAsync(Stop);
        var first = Add("first", 1, 1);
        await Eventually.Holds(
            async () =>
                await Store.Ask<long>(
                    "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'"
                ) > 0,
            "The first one waiting"
        );
        var others = adds.Select(add => add()).ToArray();
        await hold.RollbackAsync(Stop);
        Assert.Equal(BatchFate.Added, await first);
        return others;
    }

    private async Task<BatchFate> Add(string source, long sequence, long good)
    {
        var bucket = new CountBucket(Store.Now.AddSeconds(-10), 10, good, 0);
        var batch = CountBatch.From(new RecordCounts(source, sequence, [bucket]));
        return (await Store.Table.Add("together", batch, Store.Now, null)).Fate;
    }

    private async Task<Tally> Counted() =>
        (await Store.Sums.Sums([new CountRange("together", Store.Now.AddHours(-1), Store.Now)], Stop))[0];
}
