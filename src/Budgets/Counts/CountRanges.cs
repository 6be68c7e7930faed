using Npgsql;
using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>Counts of one indicator that stand in [since, until).</summary>
public readonly record struct CountRange(string Sli, DateTimeOffset Since, DateTimeOffset Until);

public sealed partial class CountSums
{
    /// <summary>Sums of any ranges of any indicators, at one moment.</summary>
    public async Task<IReadOnlyList<Tally>> Sums(IReadOnlyList<CountRange> ranges, CancellationToken stop)
    {
        await using var command = database.CreateCommand(
            """
            select a.n, sum(c.good)::bigint, sum(c.bad)::bigint from
            (select *, date_bin('1 hour', since + interval '1 hour' - interval '1 microsecond', 'epoch') as first,
               date_bin('1 hour', until, 'epoch') as last
             from unnest($1, $2, $3) with ordinality as r(sli, since, until, n)) a,
            lateral (
              select b.good, b.bad from budgets.count_bucket b where b.sli = a.sli
                and b.start >= a.since and b.start < least(a.first, a.until)
              union all
              select h.good, h.bad from budgets.count_hour h where h.sli = a.sli and h.start >= a.first and h.start < a.last
              union all
              select b.good, b.bad from budgets.count_bucket b where b.sli = a.sli
                and b.start >= greatest(a.last, a.first) and b.start < a.until) c
            group by a.n
            """
        );
        command.Parameters.Give(
            ranges.Select(range => range.Sli).ToArray(),
            ranges.Select(range => range.Since.UtcDateTime).ToArray(),
            ranges.Select(range => range.Until.UtcDateTime).ToArray()
        );
        var sums = new Tally[ranges.Count];
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            sums[rows.GetInt64(0) - 1] = new Tally(rows.GetInt64(1), rows.GetInt64(2));
        return sums;
    }

    /// <summary>The slices of a range that have events, on the grid that begins with it.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Start, Tally Tally)>> Slices(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        int seconds,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand(
            """
            select date_bin(make_interval(secs => $4), b.start, $2) as slice, sum(b.good)::bigint, sum(b.bad)::bigint
            from budgets.count_bucket b where b.sli = $1 and b.start >= $2 and b.start < $3
            group by 1 having sum(b.good) + sum(b.bad) > 0 order by 1
            """
        );
        command.Parameters.Give(sli, since, until, seconds);
        var slices = new List<(DateTimeOffset, Tally)>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            slices.Add((rows.GetDateTime(0), new Tally(rows.GetInt64(1), rows.GetInt64(2))));
        return slices;
    }

    /// <summary>The failed buckets of a stretch that touch one of the causes.</summary>
    public async Task<IReadOnlyList<FailedBucket>> Failed(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        IReadOnlyList<Cause> causes,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return await Failed(connection, sli, since, until, causes, stop);
    }

    /// <summary>End of the newest bucket of each indicator that has one.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        IReadOnlyCollection<string> slis,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand(
            "select sli, counted_until from budgets.count_mark where sli = any($1)"
        );
        command.Parameters.Give((object)slis.ToArray());
        var marks = new Dictionary<string, DateTimeOffset>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            marks.Add(rows.GetString(0), rows.GetDateTime(1));
        return marks;
    }
}
