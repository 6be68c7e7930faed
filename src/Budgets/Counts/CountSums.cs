using System.Data;
using Npgsql;
using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>Everything a status needs, read at one moment.</summary>
public sealed record Figures(
    IReadOnlyList<Tally> Tallies,
    IReadOnlyList<FailedBucket> Failed,
    DateTimeOffset? Watermark
);

/// <summary>A stretch of time of one indicator: the buckets that begin in [since, until).</summary>
public readonly record struct CountRange(string Sli, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>What judging reads: from the tables, or from sums that are kept running.</summary>
public interface ICountReader
{
    Task<IReadOnlyList<Tally>> Sums(
        IReadOnlyList<CountRange> ranges,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    );

    Task<IReadOnlyList<(DateTimeOffset Start, Tally Tally)>> Slices(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        int seconds,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    );

    Task<IReadOnlyList<FailedBucket>> Failed(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        IReadOnlyList<Cause> causes,
        CancellationToken stop
    );

    Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    );
}

/// <summary>Reads counts back, over any stretch of time, exactly.</summary>
public sealed class CountSums(NpgsqlDataSource database, CountSlis slis, CountPolicy policy, TimeProvider clock)
    : ICountReader
{
    /// <summary>The sum of each range, all as of one moment, in one statement.</summary>
    /// <param name="ranges">Any ranges of any indicators.</param>
    /// <param name="stop">Cancels.</param>
    /// <param name="asOf">What was known then, see <see cref="CountPolicy.Grace"/>; null for what is known now.</param>
    public async Task<IReadOnlyList<Tally>> Sums(
        IReadOnlyList<CountRange> ranges,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        return await Sums(connection, ranges, asOf, stop);
    }

    /// <summary>Within a transaction, at the moment that it sees.</summary>
    internal async Task<IReadOnlyList<Tally>> Sums(
        NpgsqlConnection connection,
        IReadOnlyList<CountRange> ranges,
        DateTimeOffset? asOf,
        CancellationToken stop
    )
    {
        await slis.Find(ranges.Select(range => range.Sli), stop);
        var plan = new CountPlan(ranges, range => slis[range.Sli], t => Edge(t, asOf));
        await Read(connection, CountReads.Pieces, plan, plan.Pieces, 1, null, stop);
        // What came later than the moment asked for is taken off again.
        if (asOf is { } known)
            await Read(connection, CountReads.Later, plan, plan.Stretches, -1, known + policy.Grace, stop);
        return plan.Sums();
    }

    /// <summary>The slices of a range that hold events, in order; the first one begins where the range does.</summary>
    public async Task<IReadOnlyList<(DateTimeOffset Start, Tally Tally)>> Slices(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        int seconds,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    )
    {
        await using var command = database.CreateCommand(CountReads.Slices);
        command.Parameters.Give(
            sli,
            Edge(since, asOf),
            Edge(until, asOf),
            (double)seconds,
            asOf is { } known ? known + policy.Grace : DateTimeOffset.MaxValue
        );
        var slices = new List<(DateTimeOffset, Tally)>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            slices.Add((rows.GetDateTime(0), new Tally(rows.GetInt64(1), rows.GetInt64(2))));
        return slices;
    }

    /// <summary>Counts as they were known at a moment, which the answers never outgrow.</summary>
    public ICountReader AsOf(DateTimeOffset moment) => new CountsThen(this, moment);

    /// <summary>The tallies of every window of several budgets, in one statement.</summary>
    public Task<IReadOnlyList<IReadOnlyList<Tally>>> Tallies(
        IReadOnlyList<(string Sli, IReadOnlyList<Window> Windows)> budgets,
        DateTimeOffset now,
        CancellationToken stop
    ) => Nest(budgets, ranges => Sums(ranges, stop), now);

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
        await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
        var tallies = await Nest([(sli, windows)], ranges => Sums(connection, ranges, null, stop), now);
        var failed = await Failed(connection, sli, Edge(now - windows[^1].Length, null), now, causes, stop);
        var marks = await Marks(connection, [sli], stop);
        return new Figures(tallies[0], failed, marks.TryGetValue(sli, out var mark) ? mark.Until : null);
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
            join budgets.count_buckets($1, (select min(s) from unnest($4) s), $2) b on b.bad > 0 and b.start >= w.since
            group by w.name
            """
        );
        command.Parameters.Give(
            sli,
            now,
            windows.Select(window => window.Name).ToArray(),
            windows.Select(window => Edge(now - window.Length, null).UtcDateTime).ToArray()
        );
        var first = new Dictionary<string, DateTimeOffset>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            first.Add(rows.GetString(0), rows.GetDateTime(1));
        return first;
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
        return await Failed(connection, sli, Edge(since, null), Edge(until, null), causes, stop);
    }

    /// <summary>Trace context of the newest batch of an indicator.</summary>
    public async Task<string?> TraceOf(string sli, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return (await Marks(connection, [sli], stop)).GetValueOrDefault(sli).TraceParent;
    }

    /// <summary>End of the newest bucket of each indicator that has one.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        return (await Marks(connection, wanted, stop)).ToDictionary(one => one.Key, one => one.Value.Until);
    }

    // What is known as of a moment is told by whole minutes, because that is how long it stays known.
    private DateTimeOffset Edge(DateTimeOffset t, DateTimeOffset? asOf) =>
        asOf is null ? Horizons.Edge(t, clock.GetUtcNow(), policy) : t.Up(Horizons.Minute);

    private static async Task Read(
        NpgsqlConnection connection,
        string sql,
        CountPlan plan,
        IReadOnlyList<CountPiece> pieces,
        int sign,
        DateTimeOffset? known,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.Give(
            pieces.Select(piece => plan.SliOf(piece.Stretch)).ToArray(),
            pieces.Select(piece => (short)piece.Level).ToArray(),
            pieces.Select(piece => piece.Since.UtcDateTime).ToArray(),
            pieces.Select(piece => piece.Until.UtcDateTime).ToArray()
        );
        if (known is { } until)
            command.Parameters.Give(until);
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            plan.Add(
                pieces[(int)rows.GetInt64(0) - 1].Stretch,
                new Tally(sign * rows.GetInt64(1), sign * rows.GetInt64(2))
            );
    }

    private static async Task<IReadOnlyList<IReadOnlyList<Tally>>> Nest(
        IReadOnlyList<(string Sli, IReadOnlyList<Window> Windows)> budgets,
        Func<IReadOnlyList<CountRange>, Task<IReadOnlyList<Tally>>> read,
        DateTimeOffset now
    )
    {
        var sums = await read([
            .. budgets.SelectMany(budget =>
                budget.Windows.Select(window => new CountRange(budget.Sli, now - window.Length, now))
            ),
        ]);
        var next = 0;
        return [.. budgets.Select(budget => budget.Windows.Select(_ => sums[next++]).ToList())];
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
        await using var command = new NpgsqlCommand(CountReads.Failed, connection);
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

    internal static async Task<Dictionary<string, (DateTimeOffset Until, string? TraceParent)>> Marks(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    )
    {
        await using var command = new NpgsqlCommand(CountReads.Marks, connection);
        command.Parameters.Give((object)wanted.ToArray());
        var marks = new Dictionary<string, (DateTimeOffset, string?)>();
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
            marks.Add(
                rows.GetString(0),
                (rows.GetDateTime(1), await rows.IsDBNullAsync(2, stop) ? null : rows.GetString(2))
            );
        return marks;
    }
}
