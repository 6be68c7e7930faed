using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Asks the database. What would read too much is not answered: null.</summary>
public static class TimelineQuerySchema
{
    // In PostgreSQL's units, a page from disk read in order is 1: some tenths of a second here.
    private const double MostCost = 400_000;
    private const string Patience = "set local statement_timeout = '2s'";

    /// <param name="isWide">Nothing keeps it small: what it would cost is estimated before it is asked.</param>
    public static Task<IReadOnlyList<TimelineEntry>?> Rows(
        NpgsqlDataSource database,
        Statement statement,
        bool isWide,
        CancellationToken stop
    ) => Read(database, statement, isWide, TimelineRowsSchema.Entry, stop);

    public static Task<IReadOnlyList<TimelineCount>?> Counts(
        NpgsqlDataSource database,
        Statement statement,
        bool isWide,
        CancellationToken stop
    ) => Read(database, statement, isWide, row => new TimelineCount(row.GetString(0), row.GetInt64(1)), stop);

    /// <summary>The place in the store up to which everything stands among the entries.</summary>
    public static async Task<long> Written(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var query = database.CreateCommand(
            $"select seq from {IncidentsSchema.Name}.{TimelineTablesSchema.Mark}"
        );
        return await query.ExecuteScalarAsync(stop) is long position ? position : 0;
    }

    private static async Task<IReadOnlyList<T>?> Read<T>(
        NpgsqlDataSource database,
        Statement statement,
        bool isWide,
        Func<NpgsqlDataReader, T> row,
        CancellationToken stop
    )
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (isWide && await Cost(connection, statement, stop) > MostCost)
            return null;
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand(Patience));
        batch.BatchCommands.Add(Command(statement.Text, statement.Values));
        try
        {
            await using var reader = await batch.ExecuteReaderAsync(stop);
            var found = new List<T>();
            while (await reader.ReadAsync(stop))
                found.Add(row(reader));
            return found;
        }
        catch (PostgresException slow) when (slow.SqlState == PostgresErrorCodes.QueryCanceled)
        {
            return null;
        }
    }

    private static async Task<double> Cost(NpgsqlConnection connection, Statement statement, CancellationToken stop)
    {
        await using var batch = connection.CreateBatch();
        batch.BatchCommands.Add(Command($"explain (format json) {statement.Text}", statement.Values));
        var plan = (string)(await batch.ExecuteScalarAsync(stop))!;
        using var document = JsonDocument.Parse(plan);
        return document.RootElement[0].GetProperty("Plan").GetProperty("Total Cost").GetDouble();
    }

    private static NpgsqlBatchCommand Command(string text, IReadOnlyList<object> values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(
                value is DateTimeOffset moment
                    ? new NpgsqlParameter { Value = moment.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz }
                    : new NpgsqlParameter { Value = value }
            );
        return command;
    }
}
