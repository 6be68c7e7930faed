using Npgsql;

namespace Steady.Budgets.Counts;

/// <summary>From the first tables (buckets as they came, sums by hour) to levels. Every count is kept.</summary>
internal static class CountMigrationSchema
{
    internal const string Aside = "alter table budgets.count_hour rename to count_hour_before";

    private static readonly string[] Steps =
    [
        """
            insert into budgets.count_sli (name)
            select distinct sli from (select sli from budgets.count_bucket union select sli from budgets.count_mark) s order by 1
            """,
        """
            create temp table moving on commit drop as
            select s.id as sli, b.start, max(b.seconds)::smallint as seconds, sum(b.good)::bigint as good, sum(b.bad)::bigint as bad
            from budgets.count_bucket b join budgets.count_sli s on s.name = b.sli group by 1, 2
            """,
        """
            create temp table moving_minute on commit drop as
            select sli, date_bin('1 minute', start, 'epoch') as start, greatest(max(seconds), 60::smallint) as seconds,
              sum(good)::bigint as good, sum(bad)::bigint as bad
            from moving group by 1, 2
            """,
        "insert into budgets.count_ten select sli, start, seconds, good, bad from moving where start >= $1",
        "insert into budgets.count_minute select sli, start, seconds, good, bad from moving_minute where start >= $1",
        CountKeeperWorker.Seal("moving_minute", "m.start < $1"),
        """
            insert into budgets.count_hour (sli, start, good, bad)
            select sli, date_bin('1 hour', start, 'epoch'), sum(good), sum(bad) from moving group by 1, 2
            """,
        """
            insert into budgets.count_day (sli, start, good, bad, counted_until)
            select sli, date_bin('1 day', start, 'epoch'), sum(good), sum(bad), max(start + make_interval(secs => seconds))
            from moving group by 1, 2
            """,
        """
            update budgets.count_day d set counted_until = m.counted_until, traceparent = m.traceparent
            from budgets.count_mark m join budgets.count_sli s on s.name = m.sli
            where d.sli = s.id and d.start = (select max(o.start) from budgets.count_day o where o.sli = s.id)
            """,
        """
            insert into budgets.count_ledger (source, sequence, recorded_at, content_hash)
            select case sli when '*' then source else 'push:' || sli || ':' || source end, sequence, recorded_at, content_hash
            from budgets.count_batch where recorded_at >= $1
            """,
        "drop table budgets.count_batch, budgets.count_bucket, budgets.count_hour_before, budgets.count_mark",
    ];

    /// <summary>Within the transaction that made the new tables: seen by nobody before all of it is there.</summary>
    internal static async Task Copy(
        NpgsqlConnection connection,
        DateTimeOffset closed,
        CountPolicy policy,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var (oldest, newest) = await Reach(connection, now, stop);
        for (var t = oldest.Down(Horizons.Day); t < closed; t += Horizons.Day)
            await CountPartitions.Create(connection, CountPartitions.Sealed, t, stop);
        for (var t = closed.Down(Horizons.Day); t <= newest; t += Horizons.Day)
        {
            await CountPartitions.Create(connection, CountPartitions.Ten, t, stop);
            await CountPartitions.Create(connection, CountPartitions.Minute, t, stop);
        }

        var known = (now - policy.KeepLedger).Down(Horizons.Day);
        for (var t = known; t <= newest; t += Horizons.Day)
            await CountPartitions.Create(connection, CountPartitions.Ledger, t, stop);
        foreach (var step in Steps)
        {
            await using var command = new NpgsqlCommand(step, connection) { CommandTimeout = 0 };
            if (step.Contains("$1", StringComparison.Ordinal))
                command.Parameters.Give(step.Contains("count_batch", StringComparison.Ordinal) ? known : closed);
            await command.ExecuteNonQueryAsync(stop);
        }
    }

    private static async Task<(DateTimeOffset Oldest, DateTimeOffset Newest)> Reach(
        NpgsqlConnection connection,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var read = new NpgsqlCommand("select min(start), max(start) from budgets.count_bucket", connection);
        await using var rows = await read.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        if (await rows.IsDBNullAsync(0, stop))
            return (now, now);
        DateTimeOffset newest = rows.GetDateTime(1);
        return (rows.GetDateTime(0), newest > now ? newest : now);
    }
}
