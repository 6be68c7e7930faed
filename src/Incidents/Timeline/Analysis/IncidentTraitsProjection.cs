using JasperFx.Events;
using JasperFx.Events.Projections;
using Marten;
using Marten.Events.Projections;
using Npgsql;
using Steady.Contracts.Incidents;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>
/// What each incident is remembered by, one row for each, so that all of them are read in one go. The row keeps which entry
/// said what: what is amended, taken back or redacted is taken out of it.
/// </summary>
public sealed partial class IncidentTraitsProjection : IProjection
{
    public const string Table = "incident_traits";

    // A long incident is remembered by what was recorded of it first.
    private const int MostWords = 5000;
    private readonly VaultSchema vault;
    private readonly string add;
    private readonly string remove;
    private readonly string forget;

    private IncidentTraitsProjection(Table table, VaultSchema vault)
    {
        this.vault = vault;
        add = $"""
            insert into {table.Identifier} as row (incident_id, parts, words, labels, course, services)
            select ?, jsonb_build_object(?::text, jsonb_build_object('w', to_jsonb(new.words), 'l', to_jsonb(new.labels), 'a', ?::text)),
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
        remove = Without(table, "parts - ?::text", "jsonb_exists(parts, ?::text)");
        forget = Without(
            table,
            "(select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each(parts) where value->>'a' is distinct from ?::text)",
            "exists (select from jsonb_each(parts) where value->>'a' = ?::text)"
        );
    }

    public static void Add(StoreOptions options, VaultSchema vault)
    {
        var table = new Table($"{options.DatabaseSchemaName}.{Table}");
        table.AddColumn("incident_id", "uuid").NotNull().AsPrimaryKey();
        table.AddColumn("parts", "jsonb").NotNull();
        table.AddColumn("words", "integer[]").NotNull();
        foreach (var column in new[] { "labels", "course", "services" })
            table.AddColumn(column, "text[]").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(table);
        options.Projections.Add(
            new IncidentTraitsProjection(table, vault),
            ProjectionLifecycle.Async,
            "incident-traits",
            async => async.DeleteDataInTableOnTeardown(table.Identifier.QualifiedName)
        );
    }

    public async Task ApplyAsync(
        IDocumentOperations operations,
        IReadOnlyList<IEvent> events,
        CancellationToken cancellation
    )
    {
        var keys = await vault.KeysOf(events.Select(e => e.Data), cancellation);
        foreach (var e in events)
        {
            if ((TimelineLines.EndedBy(e.Data)?.Entry ?? (e.Data as EntryRedacted)?.EntryId) is { } gone)
                operations.QueueSqlCommand(remove, [.. Enumerable.Repeat($"{gone}", Parameters)]);
            if (e.Data is PersonRedacted person)
                operations.QueueSqlCommand(forget, [.. Enumerable.Repeat(person.Person, Parameters)]);
            foreach (var entry in TimelineLines.Of(e, keys))
                Add(operations, entry);
        }
    }

    private void Add(IDocumentOperations operations, TimelineEntry entry)
    {
        if (entry.IncidentId is not { } incident || entry.Corrects is not null || entry.Text == OpenKeys.Redacted)
            return;
        operations.QueueSqlCommand(
            add,
            incident,
            $"{entry.Id}",
            entry.Actor,
            Vocabulary.Of(entry.Text).Select(Traits.NumberOf).ToArray(),
            (entry.Labels ?? new Dictionary<string, string>()).Select(one => $"{one.Key}={one.Value}").ToArray(),
            new[] { Sorts.Of(entry) },
            entry.Services.ToArray()
        );
    }

    private const int Parameters = 4;

    // What is left of a row without some of its parts.
    private static string Without(Table table, string parts, string where) =>
        $"""
            update {table.Identifier} set
              parts = {parts},
              words = array(select word::integer from jsonb_each({parts}) as part, jsonb_array_elements_text(part.value->'w') as word),
              labels = array(select distinct label from jsonb_each({parts}) as part, jsonb_array_elements_text(part.value->'l') as label order by 1)
            where {where}
            """;
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
