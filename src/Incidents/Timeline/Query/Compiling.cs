namespace Steady.Incidents.Timeline.Query;

/// <summary>A statement for the database: its text is ours, its values are what was asked for.</summary>
public sealed record Statement(string Text, IReadOnlyList<object> Values);

/// <summary>Which part of what was found is read.</summary>
/// <param name="Backwards">From the end.</param>
public sealed record Part(int Limit, Mark? After = null, RecordedMark? AfterRecorded = null, bool Backwards = false);

/// <summary>
/// A query as SQL. An incident, services and schedules are ranges of the rows by place; anything else is read from the
/// entries. Pure.
/// </summary>
public sealed class Compiling
{
    private const string Entries = $"{IncidentsSchema.Name}.{TimelineTablesSchema.Entries} as e";
    private const string Places = $"{IncidentsSchema.Name}.{TimelineTablesSchema.Places} as e";
    private const int MostCounts = 500;
    private readonly Arguments arguments = new();
    private readonly Plan plan;
    private readonly Part? part;

    private Compiling(Plan plan, Part? part) => (this.plan, this.part) = (plan, part);

    /// <summary>Rows of <see cref="TimelineTablesSchema.Columns"/>.</summary>
    public static Statement Rows(Plan plan, Part part)
    {
        var compiling = new Compiling(plan, part);
        var halves = compiling.Halves();
        var (distinct, order) = (compiling.IsDoubled ? "distinct on (" + compiling.Key + ")" : "", compiling.Order);
        var text = $"""
            select {distinct} {TimelineTablesSchema.Columns} from (
            {string.Join("\nunion all\n", halves)}
            ) as e order by {order} limit {compiling.arguments.Add(part.Limit)}
            """;
        return new Statement(text, compiling.arguments.Values);
    }

    /// <summary>Rows that were recorded behind one place of the store and up to another, as they were recorded.</summary>
    public static Statement New(Plan plan, long after, long until, int limit)
    {
        var compiling = new Compiling(plan, null);
        var arguments = compiling.arguments;
        string[] range = [$"e.seq > {arguments.Add(after)}", $"e.seq <= {arguments.Add(until)}", compiling.KnownThen];
        var rows = compiling.Half(Entries, range, plan.Where);
        return new Statement($"{rows[1..^1]} order by seq, id limit {arguments.Add(limit)}", arguments.Values);
    }

    /// <summary>Rows of a key and how many there are, most first.</summary>
    public static Statement Counts(Plan plan, string by)
    {
        var compiling = new Compiling(plan, null);
        var halves = compiling.Halves();
        var all = $"({string.Join("\nunion all\n", halves)}) as e";
        if (compiling.IsDoubled)
            all = $"(select distinct on (id) * from {all}) as e";
        var key = by switch
        {
            "kind" => "e.kind",
            "category" => "e.category",
            "source" => "e.source",
            "by" => "e.actor",
            "confidence" => "coalesce(e.confidence, '')",
            "service" => "one.name",
            "hour" => "to_char(date_trunc('hour', e.occurred_at at time zone 'UTC'), 'YYYY-MM-DD\"T\"HH24:MI\"Z\"')",
            "day" => "to_char(e.occurred_at at time zone 'UTC', 'YYYY-MM-DD')",
            _ => $"coalesce(e.labels ->> {compiling.arguments.Add(by[Fields.Label.Length..])}, '')",
        };
        var each = by == "service" ? " cross join unnest(e.services) as one(name)" : "";
        var text = $"""
            select {key}, count(*) from {all}{each}
            group by 1 order by 2 desc, 1 limit {compiling.arguments.Add(MostCounts)}
            """;
        return new Statement(text, compiling.arguments.Values);
    }

    // Whether the same entry can be found at two places.
    private bool IsDoubled { get; set; }

    private string Key => plan.Recorded ? "seq, id" : "occurred_at, recorded_at, id";

    private string Order =>
        part?.Backwards is true ? Key.Replace(",", " desc,", StringComparison.Ordinal) + " desc" : Key;

    private IReadOnlyList<string> Halves()
    {
        var sure = plan.Where switch
        {
            null => [],
            All all => all.Of.OfType<Term>().ToList(),
            Term term => [term],
            _ => [],
        };
        sure.RemoveAll(term => term.Relation != Relation.Is || term.Values.OfType<Word>().Any(IsPattern));
        // Only the entries know their places, and have their words indexed.
        var schedules = Terms(plan.Where).Count(term => term.Field == "schedule");
        if (schedules == 0 && sure.Find(term => term is { Field: "incident", Values: [_] }) is { } incident)
            return OfIncident(plan.Incidents[((Word)incident.Values[0]).Text].Scope, Without(incident));
        if (!Terms(plan.Where).Any(term => term.Field == "text") && sure.Find(IsPlace) is { } place)
            return OfPlaces(place);
        return Overlapping(place: null, plan.Where);

        bool IsPlace(Term term) =>
            term.Field == (schedules == 0 ? "service" : "schedule") && schedules <= (term.Field == "schedule" ? 1 : 0);

        static bool IsPattern(Word word) => word.Match != Match.Exactly;
    }

    private static IEnumerable<Term> Terms(Condition? condition) =>
        condition switch
        {
            Term term => [term],
            Not not => Terms(not.Of),
            All all => all.Of.SelectMany(Terms),
            Any any => any.Of.SelectMany(Terms),
            _ => [],
        };

    private List<string> OfIncident(Scope scope, Condition? rest)
    {
        var parts = arguments.Add(scope.KnownAt(plan.KnownAt).Select(TimelineLines.PlaceOf).ToArray());
        var own = Half(Places, ["e.place = part.place", .. Bounds(scope: null)], rest);
        var outside = Half(
            Places,
            [$"e.place = {arguments.Add(scope.Place)}", "e.incident_id is null", .. Bounds(scope)],
            rest
        );
        return [$"(select own.* from unnest({parts}) as part(place) cross join lateral {own} as own)", outside];
    }

    private List<string> OfPlaces(Term term)
    {
        string[] places =
        [
            .. term
                .Values.OfType<Word>()
                .Select(word =>
                    term.Field == "service"
                        ? TimelineLines.PlaceOf(word.Text)
                        : TimelineLines.PlaceOfSchedule(word.Text)
                )
                .Distinct(),
        ];
        IsDoubled = places.Length > 1;
        return [.. places.SelectMany(place => Overlapping(place, Without(term)))];
    }

    private Condition? Without(Term term) =>
        plan.Where switch
        {
            All { Of: [var one, var other] } => ReferenceEquals(one, term) ? other : one,
            All all => new All(new Many<Condition>([.. all.Of.Where(part => !ReferenceEquals(part, term))])),
            _ => null,
        };

    // What begins in the window is one range; what began before it and reaches into it is found by its end.
    private List<string> Overlapping(string? place, Condition? rest)
    {
        var (table, range) = place is null ? (Entries, "true") : (Places, $"e.place = {arguments.Add(place)}");
        if (plan.From is not { } from)
            return [Half(table, [range, .. Bounds(scope: null)], rest)];
        var halves = new List<string>();
        if (part?.After is null || part.After.OccurredAt < from)
        {
            var begin = arguments.Add(from);
            var there = place is null ? "true" : $"e.places && {arguments.Add(new[] { place })}";
            string[] reaching = [there, $"e.occurred_at < {begin}", $"e.occurred_until >= {begin}"];
            halves.Add(Half(Entries, [.. reaching, .. Marked(part?.After), KnownThen], rest));
        }

        halves.Add(Half(table, [range, .. Since(from), .. Until(plan.To), KnownThen], rest));
        return halves;
    }

    // The beginning is part of the mark, not a condition beside it: PostgreSQL starts a range at one of the two.
    private IEnumerable<string> Since(DateTimeOffset from) =>
        plan.Recorded || part?.Backwards is true
            ? [$"e.occurred_at >= {arguments.Add(from)}", .. Marked(part?.After)]
            : Marked(part?.After is { } mark && mark.OccurredAt >= from ? mark : Mark.BeforeAll(from));

    private IEnumerable<string> Until(DateTimeOffset? to) =>
        to is { } end ? [$"e.occurred_at <= {arguments.Add(end)}"] : [];

    private IEnumerable<string> Bounds(Scope? scope)
    {
        var bounds = new List<string>();
        if (scope is not null)
            bounds.AddRange([.. Since(scope.From), .. Until(scope.To)]);
        else
            bounds.AddRange(Marked(part?.After));
        if (plan.From is { } from)
            bounds.Add($"coalesce(e.occurred_until, e.occurred_at) >= {arguments.Add(from)}");
        return [.. bounds, .. Until(plan.To), KnownThen];
    }

    private IEnumerable<string> Marked(Mark? mark)
    {
        if (plan.Recorded)
            return part?.AfterRecorded is { } last
                ? [$"(e.seq, e.id) > ({arguments.Add(last.Sequence)}, {arguments.Add(last.Id)})"]
                : [];
        return mark is null
            ? []
            :
            [
                "(e.occurred_at, e.recorded_at, e.id) > "
                    + $"({arguments.Add(mark.OccurredAt)}, {arguments.Add(mark.RecordedAt)}, {arguments.Add(mark.Id)})",
            ];
    }

    private string KnownThen =>
        (plan.KnownAt is { } known ? TimelineRowsSchema.Moment(known) : (DateTimeOffset?)null, plan.EveryVersion) switch
        {
            ({ } then, true) => $"e.recorded_at <= {arguments.Add(then)}",
            ({ } then, false) => $"e.recorded_at <= {arguments.Add(then)} and e.known_until > {arguments.Add(then)}",
            (null, true) => "true",
            (null, false) => "e.known_until = 'infinity'",
        };

    private string Half(string table, IEnumerable<string> bounds, Condition? rest)
    {
        var words = table == Entries ? "e.words" : "to_tsvector('simple', e.text)";
        var where = bounds.ToList();
        if (plan.Only is { } only)
            where.Add($"e.id = any({arguments.Add(only.ToArray())})");
        if (plan.Hidden.Length > 0)
        {
            var hidden = arguments.Add(plan.Hidden);
            where.Add($"(e.incident_id is null or e.incident_id <> all({hidden}))");
            where.Add($"(e.subject_id is null or e.subject_id <> all({hidden}))");
        }

        if (rest is not null)
            where.Add($"({new Predicates(arguments, plan, words).Of(rest)})");
        var page = part is null ? "" : $" order by {Order} limit {arguments.Add(part.Limit)}";
        return $"(select {TimelineTablesSchema.Columns} from {table} where {string.Join(" and ", where)}{page})";
    }
}
