using JasperFx.Events;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using Steady.Incidents.Response;

namespace Steady.Incidents.Paging;

/// <summary>
/// When an incident's escalation is to be looked at: at once when anything happens to the incident, in the same transaction. So
/// a page needs nothing but this database: no broker stands between an incident and its pager.
/// </summary>
public sealed partial class EscalationDueProjection : EventProjection
{
    private const string TableName = "escalations_due";
    private const string Table = $"{IncidentsSchema.Name}.{TableName}";

    public EscalationDueProjection()
    {
        var table = new Weasel.Postgresql.Tables.Table(Table);
        table.AddColumn("incident_id", "uuid").NotNull().AsPrimaryKey();
        table.AddColumn("due_at", "timestamptz");
        table.Indexes.Add(new Weasel.Postgresql.Tables.IndexDefinition("escalations_due_at") { Columns = ["due_at"] });
        SchemaObjects.Add(table);
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        // Whatever happens to an incident may end its paging, or begin it.
        if (e.Data.GetType().Namespace == typeof(Incident).Namespace)
            Wake(operations, e.StreamId);
        return ValueTask.CompletedTask;
    }

    /// <summary>
    /// Has it looked at, in the transaction of what makes it necessary. The moment is the store's, so that it differs from the one
    /// that a look may have found.
    /// </summary>
    public static void Wake(IDocumentOperations operations, Guid incident) =>
        operations.QueueSqlCommand(
            $"""
            insert into {Table} (incident_id, due_at) values (?, clock_timestamp())
            on conflict (incident_id) do update set due_at = excluded.due_at
            """,
            incident
        );

    /// <summary>Those that are due, longest first, each with when it was.</summary>
    public static async Task<IReadOnlyList<(Guid Incident, DateTimeOffset DueAt)>> Due(
        NpgsqlDataSource database,
        DateTimeOffset now,
        int most,
        CancellationToken stop
    )
    {
        await using var command = database.CreateCommand(
            $"select incident_id, due_at from {Table} where due_at <= greatest($1, now()) order by due_at limit {most}"
        );
        command.Parameters.Add(new() { Value = now.ToUniversalTime() });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var due = new List<(Guid, DateTimeOffset)>();
        while (await rows.ReadAsync(stop))
            due.Add((rows.GetGuid(0), await rows.GetFieldValueAsync<DateTimeOffset>(1, stop)));
        return due;
    }

    /// <summary>Says when it is to be looked at again, unless something has happened since it was found due.</summary>
    public static void Plan(
        IDocumentOperations operations,
        Guid incident,
        DateTimeOffset found,
        DateTimeOffset? again
    ) =>
        operations.QueueSqlCommand(
            $"update {Table} set due_at = ? where incident_id = ? and due_at = ?",
            (object?)again?.ToUniversalTime() ?? DBNull.Value,
            incident,
            found.ToUniversalTime()
        );
}
