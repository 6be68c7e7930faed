using Npgsql;

namespace Steady.Budgets.Counts;

/// <summary>The statements of a flush. Each adds rows that come in order; sums are made before they are sent.</summary>
internal static class CountWrites
{
    private static readonly DateTimeOffset Epoch = DateTimeOffset.UnixEpoch;

    /// <summary>What others read to keep their sums running.</summary>
    internal static NpgsqlBatchCommand Changes(IReadOnlyList<CountRow> tens, DateTimeOffset now) =>
        Command(
            "insert into budgets.count_change (recorded_at, slis, slots, seconds, good, bad) values ($1, $2, $3, $4, $5, $6)",
            now,
            tens.Select(row => row.Sli).ToArray(),
            tens.Select(row => (int)((row.Start - Epoch).Ticks / Horizons.Slot.Ticks)).ToArray(),
            tens.Select(row => row.Seconds(Horizons.Slot)).ToArray(),
            Goods(tens),
            Bads(tens)
        );

    internal static NpgsqlBatchCommand Add(string table, IReadOnlyList<CountRow> rows, TimeSpan least) =>
        Command(
            $"""
            insert into budgets.{table} as b (sli, start, seconds, good, bad) select * from unnest($1, $2, $3, $4, $5)
            on conflict (sli, start) do update set
              good = b.good + excluded.good, bad = b.bad + excluded.bad, seconds = greatest(b.seconds, excluded.seconds)
            """,
            Slis(rows),
            Starts(rows),
            rows.Select(row => row.Seconds(least)).ToArray(),
            Goods(rows),
            Bads(rows)
        );

    internal static NpgsqlBatchCommand AddHours(IReadOnlyList<CountRow> hours) =>
        Command(
            """
            insert into budgets.count_hour as b (sli, start, good, bad) select * from unnest($1, $2, $3, $4)
            on conflict (sli, start) do update set good = b.good + excluded.good, bad = b.bad + excluded.bad
            """,
            Slis(hours),
            Starts(hours),
            Goods(hours),
            Bads(hours)
        );

    internal static NpgsqlBatchCommand AddDays(IReadOnlyList<CountRow> days, Func<int, string?> trace) =>
        Command(
            """
            insert into budgets.count_day as b (sli, start, good, bad, counted_until, traceparent)
            select * from unnest($1, $2, $3, $4, $5, $6)
            on conflict (sli, start) do update set good = b.good + excluded.good, bad = b.bad + excluded.bad,
              counted_until = greatest(b.counted_until, excluded.counted_until),
              traceparent = coalesce(excluded.traceparent, b.traceparent)
            """,
            Slis(days),
            Starts(days),
            Goods(days),
            Bads(days),
            days.Select(row => row.Until.UtcDateTime).ToArray(),
            days.Select(row => trace(row.Sli)).ToArray()
        );

    /// <summary>Late minutes: of a closed hour they are counted by these rows, else the rows say only when they came.</summary>
    internal static NpgsqlBatchCommand Correct(
        IReadOnlyList<CountRow> late,
        DateTimeOffset closed,
        DateTimeOffset now
    ) =>
        Command(
            """
            insert into budgets.count_correction (sli, minute, seconds, good, bad, recorded_at, sealed)
            select n.sli, n.minute, n.seconds, n.good, n.bad, $6, n.minute < $7
            from unnest($1, $2, $3, $4, $5) as n(sli, minute, seconds, good, bad)
            """,
            Slis(late),
            Starts(late),
            late.Select(row => row.Seconds(Horizons.Minute)).ToArray(),
            Goods(late),
            Bads(late),
            now,
            closed
        );

    internal static NpgsqlBatchCommand Log(long sequence, ReadOnlyMemory<byte> changes) =>
        Command("insert into budgets.counter_log (sequence, changes) values ($1, $2)", sequence, changes);

    /// <summary>Every log is older than the flush that folds: flushes of a source's counters go one after the other.</summary>
    internal static NpgsqlBatchCommand Fold() => Command("delete from budgets.counter_log");

    internal static NpgsqlBatchCommand Remember(long sequence, IReadOnlyList<CounterRow> states)
    {
        var sorted = states.OrderBy(row => row.Key, StringComparer.Ordinal).ToList();
        return Command(
            """
            insert into budgets.counter_row (key, sequence, state) select n.key, $1, n.state
            from unnest($2, $3) as n(key, state)
            on conflict (key) do update set sequence = excluded.sequence, state = excluded.state
            """,
            sequence,
            sorted.Select(row => row.Key).ToArray(),
            sorted.Select(row => row.State).ToArray()
        );
    }

    internal static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        command.Parameters.Give(values);
        return command;
    }

    private static int[] Slis(IReadOnlyList<CountRow> rows) => [.. rows.Select(row => row.Sli)];

    private static DateTime[] Starts(IReadOnlyList<CountRow> rows) => [.. rows.Select(row => row.Start.UtcDateTime)];

    private static long[] Goods(IReadOnlyList<CountRow> rows) => [.. rows.Select(row => row.Good)];

    private static long[] Bads(IReadOnlyList<CountRow> rows) => [.. rows.Select(row => row.Bad)];
}
