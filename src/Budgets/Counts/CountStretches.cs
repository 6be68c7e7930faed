using Npgsql;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Counts;

/// <summary>Reads counts over arbitrary stretches of time: what an exclusion takes away, what a ledger is made of.</summary>
public sealed class CountStretches(NpgsqlDataSource database)
{
    /// <summary>The tally of each stretch; a bucket belongs to the stretch that holds its start.</summary>
    public async Task<IReadOnlyList<Tally>> Within(
        string sli,
        IReadOnlyList<Interval> stretches,
        CancellationToken stop
    )
    {
        if (stretches.Count == 0)
            return [];
        await using var command = database.CreateCommand(
            """
            select a.n, sum(b.good)::bigint, sum(b.bad)::bigint
            from unnest($2, $3) with ordinality as a(since, until, n)
            join budgets.count_bucket b on b.sli = $1 and b.start >= a.since and b.start < a.until
            group by a.n
            """
        );
        command.Parameters.Give(
            sli,
            stretches.Select(one => one.From.UtcDateTime).ToArray(),
            stretches.Select(one => one.To.UtcDateTime).ToArray()
        );
        var tallies = new Tally[stretches.Count];
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            tallies[rows.GetInt64(0) - 1] = new Tally(rows.GetInt64(1), rows.GetInt64(2));
        return tallies;
    }

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
            select b.start, b.seconds, b.good, b.bad from budgets.count_bucket b
            where b.sli = $1 and b.start >= $2 and b.start < $3 order by b.start, b.seconds
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
