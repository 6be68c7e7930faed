using JasperFx.Events;
using JasperFx.Events.Daemon;
using Marten;
using Marten.Events.Daemon;
using Marten.Events.Projections;
using Npgsql;
using Steady.Contracts.Incidents;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// What each incident is remembered by, one row for each, so that all of them are read in one go. The row keeps which entry
/// said what: what is amended, taken back or redacted is taken out of it.
/// </summary>
public sealed partial class IncidentTraitsProjection : EventProjection
{
    public const string Table = "incident_traits";

    // A long incident is remembered by what was recorded of it first.
    private const int MostWords = 5000;
    private readonly string add;
    private readonly string remove;

    public IncidentTraitsProjection(string schema)
    {
        Name = "incident-traits";
        var table = new Table($"{schema}.{Table}");
        table.AddColumn("incident_id", "uuid").NotNull().AsPrimaryKey();
        table.AddColumn("parts", "jsonb").NotNull();
        table.AddColumn("words", "integer[]").NotNull();
        foreach (var column in new[] { "labels", "course", "services" })
            table.AddColumn(column, "text[]").NotNull();
        SchemaObjects.Add(table);
        Options.DeleteDataInTableOnTeardown(table.Identifier.QualifiedName);
        add = $"""
            insert into {table.Identifier} as row (incident_id, parts, words, labels, course, services)
            select ?, jsonb_build_object(?::text, jsonb_build_object('w', to_jsonb(new.words), 'l', to_jsonb(new.labels))),
              new.words, new.labels, new.course, new.services
            from (select ?::integer[] as words, ?::text[] as labels, ?::text[] as course, ?::text[] as services) as new
            on conflict (incident_id) do update set
              parts = row.parts || excluded.parts,
              words = row.words || excluded.words,
              labels = array(select distinct unnest(row.labels || excluded.labels) order by 1),
              course = row.course || excluded.course,
              services = array(select distinct unnest(row.services || excluded.services) order by 1)
            where cardinality(row.words) < {MostWords}
            """;
        remove = $"""
            update {table.Identifier} set
              parts = parts - ?::text,
              words = array(select word::integer from jsonb_each(parts - ?::text) as part, jsonb_array_elements_text(part.value->'w') as word),
              labels = array(select distinct label from jsonb_each(parts - ?::text) as part, jsonb_array_elements_text(part.value->'l') as label order by 1)
            where jsonb_exists(parts, ?::text)
            """;
    }

    public override ValueTask ApplyAsync(IDocumentOperations operations, IEvent e, CancellationToken cancellation)
    {
        if (TimelineLines.EndedBy(e.Data) is { Entry: var gone })
            operations.QueueSqlCommand(remove, $"{gone}", $"{gone}", $"{gone}", $"{gone}");
        foreach (var entry in TimelineLines.Of(e))
        {
            if (entry.IncidentId is { } incident && entry.Corrects is null)
                operations.QueueSqlCommand(
                    add,
                    incident,
                    $"{entry.Id}",
                    Vocabulary.Of(entry.Text).Select(Traits.NumberOf).ToArray(),
                    (entry.Labels ?? new Dictionary<string, string>())
                        .Select(one => $"{one.Key}={one.Value}")
                        .ToArray(),
                    new[] { Sorts.Of(entry) },
                    entry.Services.ToArray()
                );
        }

        return ValueTask.CompletedTask;
    }
}

/// <summary>Reads what incidents are remembered by.</summary>
public static class IncidentTraitsSchema
{
    private const int Most = 50_000;

    public static async Task<IReadOnlyList<Traits>> All(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var query = database.CreateCommand(
            $"select incident_id, words, labels, course, services from {IncidentsSchema.Name}.{IncidentTraitsProjection.Table} limit {Most}"
        );
        await using var reader = await query.ExecuteReaderAsync(stop);
        var all = new List<Traits>();
        while (await reader.ReadAsync(stop))
            all.Add(Row(reader));
        return all;
    }

    private static Traits Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetFieldValue<int[]>(1),
            row.GetFieldValue<string[]>(2),
            row.GetFieldValue<string[]>(3),
            row.GetFieldValue<string[]>(4)
        );
}
