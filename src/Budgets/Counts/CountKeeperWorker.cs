using Npgsql;

namespace Steady.Budgets.Counts;

/// <summary>
/// Keeps the tables of counts in shape, once a minute, in one process at a time: makes room for the days to come, seals
/// the hours that have had their time, and drops what is too old.
/// </summary>
public sealed class CountKeeperWorker(
    NpgsqlDataSource database,
    CountPartitions parts,
    CountPolicy policy,
    TimeProvider clock,
    ILogger<CountKeeperWorker> log
) : BackgroundService
{
    private const long KeeperLock = 0x5354_4f52_0004;
    private static readonly TimeSpan KeepChanges = TimeSpan.FromHours(2);

    /// <summary>Hours of minute rows as one row each: sixty good and sixty bad counts, and lengths where a bucket was longer than its minute.</summary>
    internal static string Seal(string minutes, string which) =>
        $"""
            insert into budgets.count_sealed (sli, hour, good, bad, seconds)
            select h.sli, h.hour, array_agg(coalesce(m.good, 0) order by n.i), array_agg(coalesce(m.bad, 0) order by n.i),
              case when max(m.seconds) > 60 then array_agg(coalesce(m.seconds, 60) order by n.i) end
            from (select distinct m.sli, date_bin('1 hour', m.start, 'epoch') as hour from {minutes} m where {which}) h
            cross join generate_series(0, 59) n(i)
            left join {minutes} m on m.sli = h.sli and m.start = h.hour + n.i * interval '1 minute'
            group by h.sli, h.hour
            """;

    /// <summary>One round; a process that finds another one at it leaves it to that one.</summary>
    public async Task Keep(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        if (!(bool)(await Ask(connection, "select pg_try_advisory_lock($1)", stop, KeeperLock))!)
            return;
        try
        {
            var now = clock.GetUtcNow();
            await MakeRoom(now, stop);
            var kept = await Seal(connection, Horizons.Closed(now, policy), stop);
            // An hour of patience for whoever still reads as of a moment before the sealing.
            await parts.Drop(CountPartitions.Ten, kept - Horizons.Hour, stop);
            await parts.Drop(CountPartitions.Minute, kept - Horizons.Hour, stop);
            await parts.Drop(CountPartitions.Change, now - KeepChanges, stop);
            await parts.Drop(CountPartitions.Ledger, now - policy.KeepLedger, stop);
            await parts.Drop(CountPartitions.Sealed, now - policy.KeepMinutes, stop);
            await parts.Drop(CountPartitions.Correction, now - policy.KeepMinutes, stop);
        }
        finally
        {
            await Ask(connection, "select pg_advisory_unlock($1)", CancellationToken.None, KeeperLock);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Horizons.Minute, clock);
        do
        {
            try
            {
                await Keep(stoppingToken);
            }
            catch (Exception e) when (e is NpgsqlException or TimeoutException)
            {
                log.LogWarning("The tables of counts could not be kept this minute ({Reason})", e.Message);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task MakeRoom(DateTimeOffset now, CancellationToken stop)
    {
        DateTimeOffset[] days = [now, now + Horizons.Day, now + 2 * Horizons.Day];
        foreach (var table in (string[])[CountPartitions.Ten, CountPartitions.Minute, CountPartitions.Ledger])
            await parts.Ensure(table, days, stop);
        foreach (var table in (string[])[CountPartitions.Sealed, CountPartitions.Correction])
            await parts.Ensure(table, days, stop);
        await parts.Ensure(CountPartitions.Change, [now, now + Horizons.Hour, now + 2 * Horizons.Hour], stop);
    }

    // First the boundary moves, alone: from then on nobody writes fine rows before it. Then hour by hour is sealed.
    private async Task<DateTimeOffset> Seal(NpgsqlConnection connection, DateTimeOffset until, CancellationToken stop)
    {
        await using (var closing = await connection.BeginTransactionAsync(stop))
        {
            await Ask(connection, "select pg_advisory_xact_lock($1)", stop, CountSchema.HorizonLock);
            const string close = "update budgets.count_horizon set closed_until = greatest(closed_until, $1)";
            await Ask(connection, close, stop, until);
            await closing.CommitAsync(stop);
        }

        while (true)
        {
            const string next = """
                select least(k.closed_until, date_bin('1 hour', (select min(m.start) from budgets.count_minute m
                  where m.start >= k.sealed_until and m.start < k.closed_until), 'epoch') + interval '1 hour')
                from budgets.count_horizon k where k.sealed_until < k.closed_until
                """;
            if (await Ask(connection, next, stop) is not DateTime end)
                break;
            await parts.Ensure(CountPartitions.Sealed, [end - Horizons.Hour], stop);
            await using var sealing = await connection.BeginTransactionAsync(stop);
            await Ask(connection, Seal("budgets.count_minute", Hour), stop, end);
            await Ask(connection, "update budgets.count_horizon set sealed_until = $1", stop, end);
            await sealing.CommitAsync(stop);
        }

        return (DateTime)(await Ask(connection, "select sealed_until from budgets.count_horizon", stop))!;
    }

    private const string Hour =
        "m.start >= $1 - interval '1 hour' and m.start < $1 and m.start >= (select sealed_until from budgets.count_horizon)";

    private static async Task<object?> Ask(
        NpgsqlConnection connection,
        string sql,
        CancellationToken stop,
        params object[] values
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Give(values);
        return await command.ExecuteScalarAsync(stop);
    }
}
