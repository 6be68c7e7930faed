using Npgsql;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Counts;

/// <summary>Reads counts as finely as they are kept: what a ledger is made of.</summary>
public sealed class CountStretches(NpgsqlDataSource database)
{
    /// <summary>The finest buckets that are kept, in order; a bucket belongs to the time when its start does.</summary>
    public async Task<IReadOnlyList<CountBucket>> Buckets(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand(
            """
            select b.start, max(b.seconds), sum(b.good)::bigint, sum(b.bad)::bigint
            from budgets.count_buckets($1, $2, $3) b group by b.start order by b.start
            """
        );
        command.Parameters.Give(sli, since, until);
        var buckets = new List<CountBucket>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            buckets.Add(new(rows.GetDateTime(0), rows.GetInt32(1), rows.GetInt64(2), rows.GetInt64(3)));
        return buckets;
    }
}
