using System.Collections.Concurrent;
using System.Globalization;
using Npgsql;

namespace Steady.Budgets.Counts;

/// <summary>
/// The tables that are cut by time: what is too old goes by dropping a part. A part is made two days ahead, or when the
/// first row wants it.
/// </summary>
public sealed class CountPartitions(NpgsqlDataSource database)
{
    public const string Ten = "count_ten";
    public const string Minute = "count_minute";
    public const string Ledger = "count_ledger";
    public const string Change = "count_change";
    public const string Sealed = "count_sealed";
    public const string Correction = "count_correction";

    // Making a part stops writers for a moment; everybody who makes or drops one waits here instead.
    private const long PartsLock = 0x5354_4f52_0003;
    private static readonly TimeSpan Month = TimeSpan.FromDays(32);
    private static readonly Dictionary<string, TimeSpan> Lengths = new()
    {
        [Ten] = Horizons.Day,
        [Minute] = Horizons.Day,
        [Ledger] = Horizons.Day,
        [Change] = Horizons.Hour,
        [Sealed] = Month,
        [Correction] = Month,
    };
    private readonly ConcurrentDictionary<(string Table, DateTimeOffset Start), bool> known = new();

    /// <summary>Makes sure that rows of these moments have a place.</summary>
    public async ValueTask Ensure(string table, IEnumerable<DateTimeOffset> moments, CancellationToken stop)
    {
        foreach (var start in moments.Select(t => t.Down(Lengths[table])).Distinct())
        {
            if (known.ContainsKey((table, start)))
                continue;
            await using var connection = await database.OpenConnectionAsync(stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await Create(connection, table, start, stop);
            await transaction.CommitAsync(stop);
            known[(table, start)] = true;
        }
    }

    /// <summary>Drops the parts that end at or before a moment; answers how many.</summary>
    public async Task<int> Drop(string table, DateTimeOffset until, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var find = new NpgsqlCommand(
            "select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = $1::regclass",
            connection
        );
        find.Parameters.Give($"budgets.{table}");
        var old = new List<string>();
        await using (var rows = await find.ExecuteReaderAsync(stop))
        {
            while (await rows.ReadAsync(stop))
            {
                var name = rows.GetString(0);
                if (StartOf(table, name) + Lengths[table] <= until)
                    old.Add(name);
            }
        }

        foreach (var name in old)
        {
            await using var transaction = await connection.BeginTransactionAsync(stop);
            await Execute(connection, $"set local lock_timeout = '5s'", stop);
            await Execute(connection, $"select pg_advisory_xact_lock({PartsLock})", stop);
            await Execute(connection, $"drop table if exists budgets.{name}", stop);
            await transaction.CommitAsync(stop);
            known.TryRemove((table, StartOf(table, name)), out _);
        }

        return old.Count;
    }

    /// <summary>Makes one part, unless it is there. Within a transaction.</summary>
    internal static async Task Create(
        NpgsqlConnection connection,
        string table,
        DateTimeOffset moment,
        CancellationToken stop
    )
    {
        var start = moment.Down(Lengths[table]);
        await Execute(connection, $"select pg_advisory_xact_lock({PartsLock})", stop);
        await Execute(
            connection,
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                create table if not exists budgets.{table}_{start:yyyyMMddHH} partition of budgets.{table}
                for values from ('{start:yyyy-MM-dd HH:mm}Z') to ('{start + Lengths[table]:yyyy-MM-dd HH:mm}Z')
                """
            ),
            stop
        );
    }

    private static DateTimeOffset StartOf(string table, string part) =>
        DateTimeOffset.ParseExact(
            part.AsSpan(table.Length + 1),
            "yyyyMMddHH",
            CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal
        );

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(stop);
    }
}
