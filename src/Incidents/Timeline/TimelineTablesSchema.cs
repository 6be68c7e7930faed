using Marten;
using Weasel.Postgresql.Tables;

namespace Steady.Incidents.Timeline;

/// <summary>
/// The tables that a timeline is read from. Each entry and version stands once among the entries, for questions of any
/// sort, and once for each place it is looked for, so that a page of an incident, a service or a schedule is one range.
/// </summary>
public static class TimelineTablesSchema
{
    public const string Entries = "timeline_entries";
    public const string Places = "timeline_places";
    public const string Mark = "timeline_mark";

    /// <summary>Of both tables, in this order.</summary>
    public const string Columns =
        "id, version, seq, occurred_at, occurred_until, recorded_at, known_until, source, kind, category, actor, text, "
        + "services, incident_id, subject_id, trace_id, labels, precision, source_id, confidence, causes, correlation_id, "
        + "links, corrects, written_at";

    public static void Add(StoreOptions options)
    {
        var schema = options.DatabaseSchemaName;
        options.Storage.ExtendedSchemaObjects.Add(EntriesOf(schema));
        options.Storage.ExtendedSchemaObjects.Add(PlacesOf(schema));
        var mark = new Table($"{schema}.{Mark}");
        mark.AddColumn("id", "integer").NotNull().AsPrimaryKey();
        mark.AddColumn("known", "timestamptz").NotNull();
        mark.AddColumn("seq", "bigint").NotNull();
        options.Storage.ExtendedSchemaObjects.Add(mark);
    }

    private static Table EntriesOf(string schema)
    {
        var table = new Table($"{schema}.{Entries}");
        table.AddColumn("id", "uuid").NotNull().AsPrimaryKey();
        table.AddColumn("version", "integer").NotNull().AsPrimaryKey();
        table.AddColumn("occurred_at", "timestamptz").NotNull();
        table.AddColumn("recorded_at", "timestamptz").NotNull();
        AddRest(table);
        table.AddColumn("places", "text[]").NotNull();
        table.AddColumn("words", "tsvector").NotNull();
        Index(table, "words", IndexMethod.gin, "words");
        Index(table, "occurred", IndexMethod.btree, "occurred_at", "recorded_at", "id");
        // What began before a moment and goes on then.
        Index(table, "until", IndexMethod.btree, "occurred_until").Predicate = "occurred_until is not null";
        Index(table, "seq", IndexMethod.btree, "seq");
        Index(table, "category", IndexMethod.btree, "category", "occurred_at");
        Index(table, "labels", IndexMethod.gin, "labels");
        Index(table, "trace", IndexMethod.btree, "trace_id").Predicate = "trace_id is not null";
        Index(table, "correlation", IndexMethod.btree, "correlation_id").Predicate = "correlation_id is not null";
        return table;
    }

    private static Table PlacesOf(string schema)
    {
        var table = new Table($"{schema}.{Places}");
        table.AddColumn("place", "text").NotNull().AsPrimaryKey();
        table.AddColumn("occurred_at", "timestamptz").NotNull().AsPrimaryKey();
        table.AddColumn("recorded_at", "timestamptz").NotNull().AsPrimaryKey();
        table.AddColumn("id", "uuid").NotNull().AsPrimaryKey();
        table.AddColumn("version", "integer").NotNull().AsPrimaryKey();
        AddRest(table);
        return table;
    }

    private static void AddRest(Table table)
    {
        table.AddColumn("seq", "bigint").NotNull();
        table.AddColumn("occurred_until", "timestamptz");
        table.AddColumn("known_until", "timestamptz").NotNull();
        foreach (var column in new[] { "source", "kind", "category", "actor", "text" })
            table.AddColumn(column, "text").NotNull();
        table.AddColumn("services", "text[]").NotNull();
        table.AddColumn("incident_id", "uuid");
        table.AddColumn("subject_id", "uuid");
        table.AddColumn("trace_id", "text");
        table.AddColumn("labels", "jsonb");
        table.AddColumn("precision", "text");
        table.AddColumn("source_id", "text");
        table.AddColumn("confidence", "text");
        table.AddColumn("causes", "uuid[]");
        table.AddColumn("correlation_id", "text");
        table.AddColumn("links", "jsonb");
        table.AddColumn("corrects", "uuid");
        table.AddColumn("written_at", "timestamptz");
        table.AddColumn("is_sealed", "boolean").NotNull();
    }

    private static IndexDefinition Index(Table table, string name, IndexMethod method, params string[] columns)
    {
        var index = new IndexDefinition($"idx_timeline_entries_{name}") { Method = method, Columns = columns };
        table.Indexes.Add(index);
        return index;
    }
}
