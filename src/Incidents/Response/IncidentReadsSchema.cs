using Marten;
using Npgsql;
using Steady.Contracts.Incidents;
using Weasel.Postgresql;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Response;

/// <summary>Who has read of private incidents, and what: a plain table that is only added to.</summary>
public static class IncidentReadsSchema
{
    private const string Name = "incident_reads";
    private const string Numbers = "incident_read_numbers";

    public static void Add(StoreOptions options)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Name}");
        // In this order, so that a page of an incident's reads is one range.
        table.AddColumn("incident", "uuid").NotNull().AsPrimaryKey();
        table.AddColumn("seq", "bigint").NotNull().AsPrimaryKey();
        table.AddColumn("at", "timestamptz").NotNull();
        table.AddColumn("person", "text").NotNull();
        table.AddColumn("what", "text").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
        options.Storage.ExtendedSchemaObjects.Add(new Sequence($"{options.DatabaseSchemaName}.{Numbers}"));
    }

    public static async Task Keep(
        NpgsqlDataSource database,
        IReadOnlyCollection<Guid> incidents,
        IncidentRead read,
        CancellationToken stop
    )
    {
        await using var insert = database.CreateCommand(
            $"""
            insert into {IncidentsSchema.Name}.{Name} (incident, seq, at, person, what)
            select unnest($1), nextval('{IncidentsSchema.Name}.{Numbers}'), $2, $3, $4
            """
        );
        insert.Parameters.Add(new() { Value = incidents.ToArray() });
        insert.Parameters.Add(new() { Value = read.At.ToUniversalTime() });
        insert.Parameters.Add(new() { Value = read.Person });
        insert.Parameters.Add(new() { Value = read.What });
        await insert.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Newest first, before a place.</summary>
    public static async Task<IReadOnlyList<(long Place, IncidentRead Read)>> Of(
        NpgsqlDataSource database,
        Guid incident,
        long before,
        int limit,
        CancellationToken stop
    )
    {
        await using var query = database.CreateCommand(
            $"""
            select seq, at, person, what from {IncidentsSchema.Name}.{Name}
            where incident = $1 and seq < $2 order by seq desc limit $3
            """
        );
        query.Parameters.Add(new() { Value = incident });
        query.Parameters.Add(new() { Value = before });
        query.Parameters.Add(new() { Value = limit });
        await using var reader = await query.ExecuteReaderAsync(stop);
        var reads = new List<(long, IncidentRead)>();
        while (await reader.ReadAsync(stop))
            reads.Add((reader.GetInt64(0), Read(reader)));
        return reads;
    }

    private static IncidentRead Read(NpgsqlDataReader row) =>
        new(row.GetFieldValue<DateTimeOffset>(1), row.GetString(2), row.GetString(3));
}
