using Npgsql;
using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>Reads an indicator's counts over a stretch of time, as finely as they are kept.</summary>
public sealed class CountSeries(NpgsqlDataSource database)
{
    public async Task<CountHistory> Read(string sli, DateTimeOffset since, DateTimeOffset until, CancellationToken stop)
    {
        await using var command = database.CreateCommand(
            """
            select b.start, sum(b.good)::bigint, sum(b.bad)::bigint from budgets.count_buckets($1, $2, $3) b
            group by b.start order by b.start
            """
        );
        command.Parameters.Give(sli, since, until);
        var points = new List<(DateTimeOffset, Tally)>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            points.Add((rows.GetDateTime(0), new Tally(rows.GetInt64(1), rows.GetInt64(2))));
        return new CountHistory(points);
    }
}
