using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Steady.Budgets.Counts;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Integration.Budgets;

/// <summary>A flush of many indicators is one transaction and is made once.</summary>
public sealed class FlushTests(BudgetsService budgets) : IClassFixture<BudgetsService>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private CountTable Table => budgets.Service.Services.GetRequiredService<CountTable>();

    private DateTimeOffset Recent => BudgetsService.Aligned(budgets.Now - TimeSpan.FromSeconds(30));

    [Fact]
    public async Task Counts_of_many_indicators_and_their_counters_are_kept_once()
    {
        await budgets.Define("left");
        await budgets.Define("right");
        SliCounts[] counts =
        [
            new("right-requests", [new(Recent, 10, 7, 1), new(Recent, 10, 1, 0)], null),
            new("left-requests", [new(Recent.AddSeconds(10), 10, 5, 2)], null),
        ];

        Assert.Equal(BatchFate.Added, await Flush(1, counts, Rows(("series-1", [1, 2]))));
        Assert.Equal(BatchFate.Duplicate, await Flush(1, counts, Rows(("series-1", [9]))));

        Assert.Equal((8L, 1L), await Counted("right"));
        Assert.Equal((5L, 2L), await Counted("left"));
        Assert.Equal((1L, new byte[] { 1, 2 }), await State("series-1"));
    }

    [Fact]
    public async Task The_same_flush_with_other_counts_is_told_and_changes_nothing()
    {
        await budgets.Define("other");
        await Flush(10, [new("other-requests", [new(Recent, 10, 1, 0)], null)], null);
        Assert.Equal(
            BatchFate.Differs,
            await Flush(10, [new("other-requests", [new(Recent, 10, 2, 0)], null)], Rows(("series-2", [1])))
        );
        Assert.Equal((1L, 0L), await Counted("other"));
        Assert.Null(await State("series-2"));
    }

    [Fact]
    public async Task Counters_alone_are_kept_too()
    {
        Assert.Equal(BatchFate.Added, await Flush(20, [], Rows(("series-3", [1]), ("series-4", [2]))));
        Assert.Equal(BatchFate.Added, await Flush(21, [], Rows(("series-3", [3]))));
        Assert.Equal((21L, new byte[] { 3 }), await State("series-3"));
        Assert.Equal((20L, new byte[] { 2 }), await State("series-4"));
    }

    [Fact]
    public async Task Logs_of_counters_come_after_the_rows_and_in_order_until_rows_take_their_place()
    {
        await Flush(30, [], Rows(("series-5", [1])));
        await Flush(32, [], new CounterMemory(new byte[] { 3, 2 }, null));
        await Flush(31, [], new CounterMemory(new byte[] { 3, 1 }, null));
        Assert.Equal(
            [
                [3, 1],
                [3, 2],
            ],
            await Logs()
        );
        await Flush(33, [], Rows(("series-5", [4])));
        Assert.Empty(await Logs());
        Assert.Equal((33L, new byte[] { 4 }), await State("series-5"));
    }

    private static CounterMemory Rows(params (string Key, byte[] State)[] rows) =>
        new(default, [.. rows.Select(row => new CounterRow(row.Key, row.State))]);

    private Task<BatchFate> Flush(long sequence, IReadOnlyList<SliCounts> counts, CounterMemory? memory) =>
        Table.Flush("flush-tests", sequence, counts, memory, budgets.Now, Stop);

    private async Task<List<byte[]>> Logs()
    {
        var database = budgets.Service.Services.GetRequiredService<NpgsqlDataSource>();
        await using var look = database.CreateCommand(CountTable.Remembered);
        await using var rows = await look.ExecuteReaderAsync(Stop);
        var logs = new List<byte[]>();
        while (await rows.ReadAsync(Stop))
        {
            if (await rows.IsDBNullAsync(0, Stop))
                logs.Add(await rows.GetFieldValueAsync<byte[]>(1, Stop));
        }

        return logs;
    }

    private async Task<(long, long)> Counted(string objective)
    {
        var budget = await budgets.Budget(objective);
        return (budget.Good, budget.Bad);
    }

    private async Task<(long, byte[])?> State(string key)
    {
        var database = budgets.Service.Services.GetRequiredService<NpgsqlDataSource>();
        await using var look = database.CreateCommand("select sequence, state from budgets.counter_row where key = $1");
        look.Parameters.Add(new NpgsqlParameter { Value = key });
        await using var rows = await look.ExecuteReaderAsync(Stop);
        return await rows.ReadAsync(Stop) ? (rows.GetInt64(0), await rows.GetFieldValueAsync<byte[]>(1, Stop)) : null;
    }
}
