using Npgsql;
using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>Everything a status needs, read at one moment.</summary>
public sealed record Figures(
    IReadOnlyList<Tally> Tallies,
    IReadOnlyList<FailedBucket> Failed,
    DateTimeOffset? Watermark
);

/// <summary>Reads counts back, over any stretch of time, exactly.</summary>
public sealed partial class CountSums(NpgsqlDataSource database)
{
    /// <summary>The tallies of every window of several budgets, in one statement.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<Tally>>> Tallies(
        IReadOnlyList<(string Sli, IReadOnlyList<Window> Windows)> budgets,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return await Tallies(connection, budgets, now, stop);
    }

    /// <summary>Tallies, and the failed buckets that touch one of the causes, as of one moment so that they add up.</summary>
    public async Task<Figures> Read(
        string sli,
        IReadOnlyList<Window> windows,
        IReadOnlyList<Cause> causes,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var moment = await connection.BeginTransactionAsync(
            System.Data.IsolationLevel.RepeatableRead,
            stop
        );
        var tallies = (await Tallies(connection, [(sli, windows)], now, stop))[0];
        var failed = await Failed(connection, sli, now - windows[^1].Length, now, causes, stop);
        return new Figures(tallies, failed, await Mark(connection, sli, stop) is { } mark ? mark.Until : null);
    }

    /// <summary>Start of the oldest bucket with failures in each of the windows; windows without failures are left out.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> FirstBad(
        string sli,
        IReadOnlyList<Window> windows,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand(
            """
            select w.name, min(b.start) from unnest($3, $4) as w(name, since)
            join budgets.count_bucket b on b.sli = $1 and b.bad > 0 and b.start >= w.since and b.start < $2
            group by w.name
            """
        );
        command.Parameters.Give(
            sli,
            now,
            windows.Select(window => window.Name).ToArray(),
            windows.Select(window => (now - window.Length).UtcDateTime).ToArray()
        );
        var first = new Dictionary<string, DateTimeOffset>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            first.Add(rows.GetString(0), rows.GetDateTime(1));
        return first;
    }

    /// <summary>Trace context of the newest batch of an indicator.</summary>
    public async Task<string?> TraceOf(string sli, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return (await Mark(connection, sli, stop))?.TraceParent;
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Tally>>> Tallies(
        NpgsqlConnection connection,
        IReadOnlyList<(string Sli, IReadOnlyList<Window> Windows)> budgets,
        DateTimeOffset now,
        CancellationToken stop
    )
    {
        var asked = budgets
            .SelectMany(
                (budget, i) =>
                    BurnWindows.Stretches(budget.Windows, now).Select(piece => (Budget: i, budget.Sli, piece))
            )
            .ToList();
        await using var command = new NpgsqlCommand(
            """
            select a.n, s.good, s.bad from unnest($1, $2, $3, $4) with ordinality as a(sli, hours, since, until, n),
            lateral (
              select sum(c.good)::bigint as good, sum(c.bad)::bigint as bad from (
                select b.good, b.bad from budgets.count_bucket b
                where not a.hours and b.sli = a.sli and b.start >= a.since and b.start < a.until
                union all
                select h.good, h.bad from budgets.count_hour h
                where a.hours and h.sli = a.sli and h.start >= a.since and h.start < a.until) c) s
            where s.good is not null
            """,
            connection
        );
        command.Parameters.Give(
            asked.Select(ask => ask.Sli).ToArray(),
            asked.Select(ask => ask.piece.WholeHours).ToArray(),
            asked.Select(ask => ask.piece.Since.UtcDateTime).ToArray(),
            asked.Select(ask => ask.piece.Until.UtcDateTime).ToArray()
        );
        var pieces = budgets.Select(_ => new List<(int, Tally)>()).ToList();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var ask = asked[(int)rows.GetInt64(0) - 1];
            pieces[ask.Budget].Add((ask.piece.Window, new Tally(rows.GetInt64(1), rows.GetInt64(2))));
        }

        return [.. budgets.Select((budget, i) => BurnWindows.Sum(budget.Windows.Count, pieces[i]))];
    }

    private static async Task<IReadOnlyList<FailedBucket>> Failed(
        NpgsqlConnection connection,
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        IReadOnlyList<Cause> causes,
        CancellationToken stop
    )
    {
        if (causes.Count == 0)
            return [];
        await using var command = new NpgsqlCommand(
            """
            select distinct b.start, b.seconds, b.bad from unnest($4, $5) as c(since, until)
            join budgets.count_bucket b on b.sli = $1 and b.bad > 0
              and b.start >= $2 and b.start < $3
              and b.start > c.since - interval '1 hour' and b.start < c.until
              and b.start + make_interval(secs => b.seconds) > c.since
            """,
            connection
        );
        command.Parameters.Give(
            sli,
            since,
            until,
            causes.Select(cause => cause.From.UtcDateTime).ToArray(),
            causes.Select(cause => cause.To.UtcDateTime).ToArray()
        );
        var failed = new List<FailedBucket>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            failed.Add(new FailedBucket(rows.GetDateTime(0), rows.GetInt32(1), rows.GetInt64(2)));
        return failed;
    }

    private static async Task<(DateTimeOffset Until, string? TraceParent)?> Mark(
        NpgsqlConnection connection,
        string sli,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(
            "select counted_until, traceparent from budgets.count_mark where sli = $1",
            connection
        );
        command.Parameters.Give(sli);
        await using var rows = await command.ExecuteReaderAsync(stop);
        if (!await rows.ReadAsync(stop))
            return null;
        return (rows.GetDateTime(0), await rows.IsDBNullAsync(1, stop) ? null : rows.GetString(1));
    }
}
