using System.Globalization;
using System.Text.Json;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Collects what goes beside the text of a statement.</summary>
public sealed class Arguments
{
    private readonly List<object> values = [];

    public IReadOnlyList<object> Values => values;

    /// <summary>The place in the text where a value stands.</summary>
    public string Add(object value)
    {
        values.Add(value);
        return $"${values.Count}";
    }
}

/// <summary>
/// Conditions as SQL over rows named <c>e</c>. Columns and operators come from here, all that somebody typed goes beside the
/// text. Pure.
/// </summary>
/// <param name="words">The tsvector of a row's sentence.</param>
public sealed class Predicates(Arguments arguments, Plan plan, string words)
{
    private static readonly Dictionary<string, string> Columns = new()
    {
        ["source"] = "e.source",
        ["by"] = "e.actor",
        ["trace"] = "e.trace_id",
        ["correlation"] = "e.correlation_id",
        ["sourceId"] = "e.source_id",
        ["precision"] = "coalesce(e.precision, 'exact')",
    };

    public string Of(Condition condition) =>
        condition switch
        {
            Term { Relation: Relation.IsNot } term => $"({Of(term with { Relation = Relation.Is })}) is not true",
            Term term => Of(term),
            // What says nothing of a field is not what is denied: unknown counts as no.
            Not not => $"({Of(not.Of)}) is not true",
            All all => string.Join(" and ", all.Of.Select(part => $"({Of(part)})")),
            Any any => string.Join(" or ", any.Of.Select(part => $"({Of(part)})")),
            _ => throw new ArgumentOutOfRangeException(nameof(condition)),
        };

    private string Of(Term term)
    {
        if (term.Field.StartsWith(Fields.Label, StringComparison.Ordinal))
            return Label(term.Field[Fields.Label.Length..], term);
        return term.Field switch
        {
            "incident" => Each(term, word => Incident(plan.Incidents[word.Text].Scope)),
            "kind" => $"{Named("e.kind", term)} or {Named("e.category", term)}",
            "service" => Listed("e.services", term, ""),
            "schedule" => Listed("e.places", term, "schedule/"),
            "text" => Each(term, Text),
            "experiment" or "budget" => Label(term.Field, term),
            "subject" => $"e.subject_id = any({Ids(term)})",
            "entry" => $"e.id = any({Ids(term)})",
            "lag" => Compared("e.recorded_at - e.occurred_at", term),
            "version" => Compared("e.version", term),
            "burn" => Burn(term),
            "confidence" => $"e.confidence = any({arguments.Add(Levels(term))})",
            _ => Named(Columns[term.Field], term),
        };
    }

    private static string Each(Term term, Func<Word, string> one) =>
        string.Join(" or ", term.Values.OfType<Word>().Select(one));

    private string Incident(Scope scope)
    {
        var own = arguments.Add(scope.KnownAt(plan.KnownAt).ToArray());
        var outside = arguments.Add(new[] { scope.Service });
        return $"e.incident_id = any({own}) or e.services && {outside} and e.incident_id is null and "
            + $"e.occurred_at between {arguments.Add(scope.From)} and {arguments.Add(scope.To)}";
    }

    private string Named(string column, Term term)
    {
        var parts = new List<string>();
        var exact = Exact(term);
        if (exact.Length > 0)
            parts.Add($"{column} = any({arguments.Add(exact)})");
        foreach (var word in term.Values.OfType<Word>().Where(word => word.Match != Match.Exactly))
            parts.Add($"{column} like {arguments.Add(Pattern(word))}");
        return string.Join(" or ", parts);
    }

    private string Listed(string column, Term term, string prefix)
    {
        var parts = new List<string>();
        var exact = Exact(term).Select(name => $"{prefix}{name}").ToArray();
        if (exact.Length > 0)
            parts.Add($"{column} && {arguments.Add(exact)}");
        foreach (var word in term.Values.OfType<Word>().Where(word => word.Match != Match.Exactly))
        {
            var pattern = arguments.Add($"{prefix}{Pattern(word)}");
            parts.Add($"exists (select from unnest({column}) as one(name) where one.name like {pattern})");
        }

        return string.Join(" or ", parts);
    }

    private string Label(string name, Term term) =>
        Each(
            term,
            word =>
                word.Match == Match.Exactly
                    ? $"e.labels @> {arguments.Add(JsonSerializer.Serialize(new Dictionary<string, string> { [name] = word.Text }))}::jsonb"
                    : $"e.labels ->> {arguments.Add(name)} like {arguments.Add(Pattern(word))}"
        );

    private string Text(Word word) =>
        word.Match switch
        {
            Match.Exactly => $"{words} @@ phraseto_tsquery('simple', {arguments.Add(word.Text)})",
            Match.Begins => $"{words} @@ to_tsquery('simple', {arguments.Add($"{Lexeme(word.Text)}:*")})",
            _ => $"e.text ilike {arguments.Add(Pattern(word))}",
        };

    // A label is anybody's text: it is compared where it is a number.
    private string Burn(Term term) =>
        "case when e.labels ->> 'burn' ~ '^[0-9]{1,9}([.][0-9]{1,9})?$' then "
        + $"{Compared("(e.labels ->> 'burn')::numeric", term)} else false end";

    private string Compared(string column, Term term)
    {
        var sign = term.Relation == Relation.Is ? "=" : Printing.Sign(term.Relation);
        var parts = term.Values.Select(value =>
            $"{column} {sign} {arguments.Add(value is Length length ? length.Time : ((Amount)value).Number)}"
        );
        return string.Join(" or ", parts);
    }

    private string Ids(Term term) => arguments.Add(Exact(term).Select(Guid.Parse).ToArray());

    private static string[] Levels(Term term) =>
        [.. Fields.Levels.Where(level => Exact(term).Any(value => Holds(term.Relation, level, value)))];

    private static bool Holds(Relation relation, string level, string value)
    {
        var order = Place(level).CompareTo(Place(value));
        return relation switch
        {
            Relation.Less => order < 0,
            Relation.AtMost => order <= 0,
            Relation.Greater => order > 0,
            Relation.AtLeast => order >= 0,
            _ => order == 0,
        };

        static int Place(string level) => Fields.Levels.ToList().IndexOf(level);
    }

    private static string[] Exact(Term term) =>
        [.. term.Values.OfType<Word>().Where(word => word.Match == Match.Exactly).Select(word => word.Text)];

    private static string Pattern(Word word)
    {
        var text = word
            .Text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
        return word.Match == Match.Begins ? $"{text}%" : $"%{text}%";
    }

    private static string Lexeme(string text) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"'{text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'"
        );
}
