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

    // Rises with each change, also when all is written anew: one projection writes, one transaction after the other.
    private const string Now = "pg_current_xact_id()::text::bigint";

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
            insert into {table.Identifier} as row (incident_id, changed, parts, words, labels, course, services)
            select ?, {Now}, jsonb_build_object(?::text, jsonb_build_object('w', to_jsonb(new.words), 'l', to_jsonb(new.labels), 'a', ?::text)),
              new.words, new.labels, new.course, new.services
            from (select ?::integer[] as words, ?::text[] as labels, ?::text[] as course, ?::text[] as services) as new
            on conflict (incident_id) do update set
              changed = excluded.changed,
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
        table.AddColumn("changed", "bigint").NotNull().DefaultValueByExpression("0");
        table.Indexes.Add(new IndexDefinition("idx_incident_traits_changed") { Columns = ["changed"] });
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
        // Most evidence belongs to a service and to no incident: its words need not be opened.
        var about = events.Where(e => e.Data is not EntryRecorded { IncidentId: null }).ToList();
        var keys = await vault.KeysOf(about.Select(e => e.Data), cancellation);
        foreach (var e in about)
        {
            if ((TimelineLines.EndedBy(e.Data)?.Entry ?? (e.Data as EntryRedacted)?.EntryId) is { } gone)
                operations.QueueSqlCommand(remove, [.. Enumerable.Repeat($"{gone}", Parameters)]);
            if (e.Data is PersonRedacted person)
                operations.QueueSqlCommand(forget, [.. Enumerable.Repeat(person.Person, Parameters)]);
            foreach (var entry in TimelineLines.Of(e, keys))
                Add(operations, entry, e.Data is EntryRecorded or EntryAmended);
        }
    }

    // The platform's own labels, who had which role, are in every incident.
    private void Add(IDocumentOperations operations, TimelineEntry entry, bool isTold)
    {
        if (entry.IncidentId is not { } incident || entry.Corrects is not null || entry.Text == OpenKeys.Redacted)
            return;
        operations.QueueSqlCommand(
            add,
            incident,
            $"{entry.Id}",
            entry.Actor,
            Vocabulary.Of(entry.Text).Select(Traits.NumberOf).ToArray(),
            (isTold && entry.Labels is { } labels ? labels : new Dictionary<string, string>())
                .Select(one => TimelineRow.Kept($"{one.Key}={one.Value}")!)
                .ToArray(),
            new[] { Sorts.Of(entry) },
            entry.Services.ToArray()
        );
    }

    private const int Parameters = 4;

    // What is left of a row without some of its parts.
    private static string Without(Table table, string parts, string where) =>
        $"""
            update {table.Identifier} set
              changed = {Now},
              parts = {parts},
              words = array(select word::integer from jsonb_each({parts}) as part, jsonb_array_elements_text(part.value->'w') as word),
              labels = array(select distinct label from jsonb_each({parts}) as part, jsonb_array_elements_text(part.value->'l') as label order by 1)
            where {where}
            """;
}

/// <summary>
/// What incidents are remembered by, kept in memory: each question reads only what has changed since the one before, so what was taken out
/// is gone from here as well.
/// </summary>
public sealed class IncidentTraitsSchema(NpgsqlDataSource database) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<Guid, Traits> known = [];
    private long through = -1;

    public async Task<IReadOnlyList<Traits>> All(CancellationToken stop)
    {
        await turn.WaitAsync(stop);
        try
        {
            await using var query = database.CreateCommand(
                $"""
                select incident_id, words, labels, course, services, changed
                from {IncidentsSchema.Name}.{IncidentTraitsProjection.Table} where changed > $1 order by changed
                """
            );
            query.Parameters.AddWithValue(through);
            await using var reader = await query.ExecuteReaderAsync(stop);
            var last = through;
            while (await reader.ReadAsync(stop))
            {
                var traits = Row(reader);
                known[traits.Incident] = traits;
                last = reader.GetInt64(5);
            }

            through = last;
            return [.. known.Values];
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose() => turn.Dispose();

    private static Traits Row(NpgsqlDataReader row) =>
        new(
            row.GetGuid(0),
            row.GetFieldValue<int[]>(1),
            row.GetFieldValue<string[]>(2),
            row.GetFieldValue<string[]>(3),
            row.GetFieldValue<string[]>(4)
        );
}
