using System.Data;
using Npgsql;
using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>A sum in memory that was not what the tables said.</summary>
public sealed record SumDiffered(string Sli, DateTimeOffset Since, DateTimeOffset Until, Tally Held, Tally Counted);

/// <summary>
/// Sums of windows that keep running: read once, then moved by what every process has stored since, which is read from
/// the log of changes. Each reading is one moment of the database, so what it says is what the tables say.
/// </summary>
public sealed class RunningCounts(
    NpgsqlDataSource database,
    CountSlis slis,
    CountSums counts,
    CountPolicy policy,
    TimeProvider clock
) : ICountReader, IDisposable
{
    // Changes are kept for two hours; who has not read them for one begins anew.
    private static readonly TimeSpan Patience = TimeSpan.FromHours(1);
    private readonly SemaphoreSlim alone = new(1, 1);
    private readonly Dictionary<int, RunningSums> sums = [];
    private readonly Dictionary<int, DateTimeOffset> marks = [];
    private string? seen;
    private DateTimeOffset readAt;

    /// <summary>The sum of each range.</summary>
    public async Task<IReadOnlyList<Tally>> Sums(
        IReadOnlyList<CountRange> ranges,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    )
    {
        if (asOf is not null)
            return await counts.Sums(ranges, stop, asOf);
        await slis.Find(ranges.Select(range => range.Sli), stop);
        return await Alone(connection => Sums(connection, ranges, stop), stop);
    }

    /// <summary>Slices are read: their windows stand still for as long as a slice takes.</summary>
    public Task<IReadOnlyList<(DateTimeOffset Start, Tally Tally)>> Slices(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        int seconds,
        CancellationToken stop,
        DateTimeOffset? asOf = null
    ) => counts.Slices(sli, since, until, seconds, stop, asOf);

    /// <inheritdoc/>
    public Task<IReadOnlyList<FailedBucket>> Failed(
        string sli,
        DateTimeOffset since,
        DateTimeOffset until,
        IReadOnlyList<Cause> causes,
        CancellationToken stop
    ) => counts.Failed(sli, since, until, causes, stop);

    /// <summary>End of the newest bucket of each indicator that has one.</summary>
    public async Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    )
    {
        await slis.Find(wanted, stop);
        return await Alone(connection => Watermarks(connection, wanted, stop), stop);
    }

    /// <summary>Counts every kept sum again from the tables; what differs is put right and told.</summary>
    public Task<IReadOnlyList<SumDiffered>> Audit(CancellationToken stop) =>
        Alone(connection => Audit(connection, stop), stop);

    public void Dispose() => alone.Dispose();

    private async Task<T> Alone<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken stop)
    {
        await alone.WaitAsync(stop);
        try
        {
            await using var connection = await database.OpenConnectionAsync(stop);
            await using var moment = await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, stop);
            await CatchUp(connection, stop);
            return await read(connection);
        }
        catch
        {
            // Half of a moment is none.
            seen = null;
            throw;
        }
        finally
        {
            alone.Release();
        }
    }

    private async Task CatchUp(NpgsqlConnection connection, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        if (seen is null || now - readAt > Patience)
        {
            (seen, readAt) = (null, now);
            sums.Clear();
            marks.Clear();
        }

        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(new("select pg_current_snapshot()::text"));
        if (seen is not null)
            batch.BatchCommands.Add(CountWrites.Command(CountReads.Changes, seen));
        await using var rows = await batch.ExecuteReaderAsync(stop);
        await rows.ReadAsync(stop);
        var snapshot = rows.GetString(0);
        if (await rows.NextResultAsync(stop))
        {
            while (await rows.ReadAsync(stop))
                await Apply(rows, stop);
        }

        (seen, readAt) = (snapshot, now);
    }

    private async Task Apply(NpgsqlDataReader row, CancellationToken stop)
    {
        var ids = await row.GetFieldValueAsync<int[]>(0, stop);
        var slots = await row.GetFieldValueAsync<int[]>(1, stop);
        var seconds = await row.GetFieldValueAsync<short[]>(2, stop);
        var good = await row.GetFieldValueAsync<long[]>(3, stop);
        var bad = await row.GetFieldValueAsync<long[]>(4, stop);
        for (var i = 0; i < ids.Length; i++)
        {
            if (sums.TryGetValue(ids[i], out var of))
                of.Apply(slots[i], new Tally(good[i], bad[i]));
            var until = Horizons.AtSlot(slots[i]).AddSeconds(seconds[i]);
            if (marks.TryGetValue(ids[i], out var mark) && mark < until)
                marks[ids[i]] = until;
        }
    }

    private async Task<IReadOnlyList<Tally>> Sums(
        NpgsqlConnection connection,
        IReadOnlyList<CountRange> ranges,
        CancellationToken stop
    )
    {
        var now = clock.GetUtcNow();
        var asked = ranges
            .Select(
                (range, index) => new Asked(index, range.Sli, slis[range.Sli], Slot(range.Since), Slot(range.Until))
            )
            .Where(ask => ask.Id is not null && ask.Since < ask.Until)
            .ToList();
        var at = now.ToUnixTimeSeconds();
        var (windows, learned) = await Learn(connection, asked, at, stop);
        var answers = new Tally[ranges.Count];
        foreach (var (ask, window) in asked.Zip(windows))
            answers[ask.Index] = Of(ask.Id!.Value).Move(window, ask.Since, ask.Until, at);
        foreach (var id in learned)
            Of(id).Forget(at - (long)Patience.TotalSeconds);
        return answers;

        long Slot(DateTimeOffset t) => Horizons.SlotOf(Horizons.Edge(t, now, policy));
    }

    // Windows that are near none are read; of the others, the hours into which they move. Answers which window becomes what, and whose hours were read.
    private async Task<(RunningSums.Window[] Windows, IReadOnlyCollection<int> Learned)> Learn(
        NpgsqlConnection connection,
        IReadOnlyList<Asked> asked,
        long now,
        CancellationToken stop
    )
    {
        var (windows, fresh) = (new RunningSums.Window[asked.Count], new List<int>());
        var hours = new HashSet<(int Id, long Hour)>();
        for (var i = 0; i < asked.Count; i++)
        {
            var (id, since, until) = (asked[i].Id!.Value, asked[i].Since, asked[i].Until);
            if (Of(id).Near(since, until) is not { } near)
            {
                fresh.Add(i);
                continue;
            }

            windows[i] = near;
            hours.UnionWith(Of(id).Missing(near, since, until).Select(hour => (id, hour)));
        }

        if (fresh.Count > 0)
        {
            var read = await counts.Sums(connection, [.. fresh.Select(i => asked[i].Range)], null, stop);
            foreach (var (i, sum) in fresh.Zip(read))
                windows[i] = Of(asked[i].Id!.Value).Keep(asked[i].Since, asked[i].Until, sum, now);
        }

        if (hours.Count > 0)
            await Read(connection, [.. hours], stop);
        return (windows, [.. hours.Select(one => one.Id).Distinct()]);
    }

    private async Task Read(
        NpgsqlConnection connection,
        IReadOnlyList<(int Id, long Hour)> hours,
        CancellationToken stop
    )
    {
        foreach (var (id, hour) in hours)
            Of(id).Know(hour, new Tally[RunningSums.SlotsPerHour]);
        await using var command = new NpgsqlCommand(CountReads.Hours, connection);
        command.Parameters.Give(
            hours.Select(one => one.Id).ToArray(),
            hours.Select(one => Horizons.AtSlot(one.Hour * RunningSums.SlotsPerHour).UtcDateTime).ToArray()
        );
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            var (id, hour) = hours[(int)rows.GetInt64(0) - 1];
            var slots = new Tally[RunningSums.SlotsPerHour];
            var offsets = await rows.GetFieldValueAsync<int[]>(1, stop);
            var good = await rows.GetFieldValueAsync<long[]>(2, stop);
            var bad = await rows.GetFieldValueAsync<long[]>(3, stop);
            for (var i = 0; i < offsets.Length; i++)
                slots[offsets[i]] += new Tally(good[i], bad[i]);
            Of(id).Know(hour, slots);
        }
    }

    private async Task<IReadOnlyDictionary<string, DateTimeOffset>> Watermarks(
        NpgsqlConnection connection,
        IReadOnlyCollection<string> wanted,
        CancellationToken stop
    )
    {
        var unknown = wanted.Where(sli => slis[sli] is { } id && !marks.ContainsKey(id)).ToList();
        if (unknown.Count > 0)
        {
            foreach (var (sli, mark) in await CountSums.Marks(connection, unknown, stop))
                marks[slis[sli]!.Value] = mark.Until;
        }

        return wanted
            .Where(sli => slis[sli] is { } id && marks.ContainsKey(id))
            .ToDictionary(sli => sli, sli => marks[slis[sli]!.Value]);
    }

    private async Task<IReadOnlyList<SumDiffered>> Audit(NpgsqlConnection connection, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var names = slis.Names();
        // An edge among buckets that are by the minute by now is not the edge that the sum was made with.
        var held = sums.SelectMany(of =>
                of.Value.Windows.Select(window =>
                    (of.Key, window, Range: RangeOf(names[of.Key], window.Since, window.Until))
                )
            )
            .Where(one => Exact(one.Range.Since) && Exact(one.Range.Until))
            .ToList();
        var counted = await counts.Sums(connection, [.. held.Select(one => one.Range)], null, stop);
        var differed = new List<SumDiffered>();
        for (var i = 0; i < held.Count; i++)
        {
            var (id, window, range) = held[i];
            if (window.Sum == counted[i])
                continue;
            differed.Add(new(range.Sli, range.Since, range.Until, window.Sum, counted[i]));
            sums[id].Repair(window.Since, window.Until, counted[i]);
        }

        return differed;

        bool Exact(DateTimeOffset t) => Horizons.Edge(t, now, policy) == t;
    }

    private RunningSums Of(int id) => sums.TryGetValue(id, out var of) ? of : sums[id] = new RunningSums();

    private static CountRange RangeOf(string sli, long since, long until) =>
        new(sli, Horizons.AtSlot(since), Horizons.AtSlot(until));

    private sealed record Asked(int Index, string Sli, int? Id, long Since, long Until)
    {
        public CountRange Range => RangeOf(Sli, Since, Until);
    }
}
