using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>What a text says, or what is wrong with it.</summary>
/// <param name="Verb">A question about whole incidents, where the text is one; then there is no search.</param>
public sealed record Reading(Search? Search, IReadOnlyList<QueryMistake> Mistakes, Verb? Verb = null);

/// <summary>
/// Reads a query. The grammar is in docs/timeline-queries.md. A text that cannot be taken apart is told once; fields and values
/// that are wrong are all told. Pure.
/// </summary>
public sealed class Parsing
{
    public const int Longest = 2_000;
    public const int Deepest = 20;
    public const int MostTerms = 100;
    private readonly Scanner scanner;
    private readonly Terms terms;

    private Parsing(string text)
    {
        scanner = new Scanner(text);
        terms = new Terms(scanner);
    }

    public static Reading Read(string text)
    {
        if (text.Length > Longest)
        {
            var over = new Spot(Longest, text.Length - Longest);
            var message = $"A query has at most {Longest:N0} letters; this one has {text.Length:N0}.";
            return new Reading(null, [Scanner.At(text, over, message, [])]);
        }

        if (text.IndexOf('\0', StringComparison.Ordinal) is >= 0 and var zero)
            return new Reading(null, [Scanner.At(text, new Spot(zero, 1), "U+0000 cannot be looked for.", [])]);
        var parsing = new Parsing(text);
        var verbs = new Verbs(parsing.scanner);
        var isVerb = verbs.IsNext;
        var verb = isVerb ? verbs.Read() : null;
        var search = isVerb ? null : parsing.Search();
        return parsing.scanner.Mistakes is { Count: > 0 } mistakes
            ? new Reading(null, mistakes)
            : new Reading(search, [], verb);
    }

    private Search? Search()
    {
        Condition? where = null;
        if (scanner.Next is not ('\0' or '|') && (where = Either(0)) is null)
            return null;
        var pipes = new Pipes(scanner).Read();
        if (pipes is null)
            return null;
        if (scanner.Next != '\0')
        {
            var closing = scanner.Next == ')';
            scanner.WrongHere(
                closing ? "This parenthesis closes nothing." : "Nothing is expected here.",
                "a condition",
                "|"
            );
        }

        return new Said(scanner).Apart(where, pipes);
    }

    private Condition? Either(int depth)
    {
        var parts = new List<Condition>();
        do
        {
            if (Together(depth) is not { } part)
                return null;
            parts.Add(part);
        } while (scanner.TakeWord("or"));
        return parts.Count == 1 ? parts[0] : new Any(new Many<Condition>(parts));
    }

    private Condition? Together(int depth)
    {
        var parts = new List<Condition>();
        do
        {
            if (One(depth) is not { } part)
                return null;
            parts.Add(part);
        } while (scanner.TakeWord("and") || GoesOn());
        return parts.Count == 1 ? parts[0] : new All(new Many<Condition>(parts));
    }

    private bool GoesOn() => scanner.Next is not ('\0' or ')' or '|' or ',') && !scanner.Sees("or");

    private Condition? One(int depth)
    {
        if (depth > Deepest)
        {
            scanner.WrongHere($"Conditions are nested at most {Deepest} deep.");
            return null;
        }

        if (scanner.TakeWord("not") || scanner.Take('-'))
            return One(depth + 1) is { } inner ? new Not(inner) : null;
        if (scanner.Next != '(')
            return terms.Read();
        var open = new Spot(scanner.Position, 1);
        scanner.Take('(');
        if (Either(depth + 1) is not { } group)
            return null;
        if (scanner.Take(')'))
            return group;
        if (scanner.Next == '\0')
            scanner.Wrong(open, "This parenthesis is not closed.", ")");
        else
            scanner.WrongHere("The parenthesis before this is not closed.", "a condition", ")");
        return null;
    }
}

/// <summary>Takes out what is said once for the whole query, and refuses it elsewhere.</summary>
public sealed class Said(Scanner scanner)
{
    private Settings settings = Settings.None;
    private readonly HashSet<string> seen = [];

    public Search Apart(Condition? where, Many<Pipe> pipes)
    {
        IReadOnlyList<Condition> parts = where switch
        {
            null => [],
            All all => all.Of,
            _ => [where],
        };
        var rest = new List<Condition>();
        foreach (var part in parts)
        {
            if (part is Term term && Fields.Settings.Contains(term.Field))
                Take(term);
            else
                rest.Add(part);
        }

        foreach (var part in rest)
            Refuse(part);
        var kept = rest.Count switch
        {
            0 => null,
            1 => rest[0],
            _ => new All(new Many<Condition>(rest)),
        };
        return new Search(kept, settings, pipes);
    }

    private void Take(Term term)
    {
        if (!seen.Add(term.Field))
            scanner.Wrong(term.Spot, $"'{term.Field}' is said twice. Say it once.");
        else if (term.Values.Count > 1)
            scanner.Wrong(term.Spot, $"'{term.Field}' has one value.");
        else if (term.Values is [var value])
            settings = (term.Field, value) switch
            {
                (Fields.From, When from) => settings with { From = from },
                (Fields.To, When to) => settings with { To = to },
                (Fields.KnownAt, When knownAt) => settings with { KnownAt = knownAt },
                (Fields.SeenBy, Word who) => settings with { SeenBy = who },
                (Fields.Order, Word order) => settings with { Recorded = order.Text == Fields.Recorded },
                _ => settings,
            };
    }

    private void Refuse(Condition inside)
    {
        switch (inside)
        {
            case Term term when Fields.Settings.Contains(term.Field):
                scanner.Wrong(
                    term.Spot,
                    $"'{term.Field}' is said for the whole query: it stands outside of parentheses, 'or' and 'not'. "
                        + "Put an 'or' beside it in parentheses."
                );
                break;
            case Not not:
                Refuse(not.Of);
                break;
            case All all:
                all.Of.ToList().ForEach(Refuse);
                break;
            case Any any:
                any.Of.ToList().ForEach(Refuse);
                break;
        }
    }
}
