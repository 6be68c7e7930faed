using System.Globalization;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Reads one condition: a field, how it compares, and with what. Pure.</summary>
public sealed class Terms(Scanner scanner)
{
    private int count;

    /// <summary>Null where the text cannot be taken apart; a field or a value that is wrong is noted, and reading goes on.</summary>
    public Condition? Read()
    {
        if (scanner.Next == '"')
            return Counted(1) && scanner.Value() is { } phrase ? Text(phrase) : null;
        var (name, spot) = scanner.Name();
        if (name.Length == 0)
        {
            scanner.WrongHere("A condition is expected here.", "field:value", "\"words\"", "(", "not");
            return null;
        }

        if (scanner.Compared() is not { } relation)
        {
            Alone(name, spot);
            return null;
        }

        var raw = Values(name);
        if (raw is null || !Counted(raw.Count))
            return null;
        var field = Fields.Find(name);
        if (field is null)
            Unknown(name, spot);
        else if (!Compares(field, relation))
            scanner.Wrong(spot, $"'{field.Name}' is not compared like this.", Signs(field));
        var values = raw.Select(one => field is null ? null : Typed.Value(scanner, field, one)).OfType<Value>();
        return new Term(field?.Name ?? name, relation, new Many<Value>([.. values]), spot);
    }

    private Term? Text(Raw phrase)
    {
        if (phrase.Text.Trim().Length > 0)
            return new Term("text", Relation.Is, [new Word(phrase.Text, Match.Exactly, phrase.Spot)], phrase.Spot);
        scanner.Wrong(phrase.Spot, "There are no words between these quotation marks.", "\"words\"");
        return null;
    }

    private void Alone(string name, Spot spot)
    {
        if (Fields.Find(name) is { } field)
            scanner.Wrong(spot, $"'{name}' says nothing to compare with.", Signs(field));
        else
            scanner.Wrong(
                spot,
                $"'{name}' stands alone.{Meant(name)} Put it in quotation marks to look for the word.",
                "field:value",
                $"\"{name}\""
            );
    }

    private void Unknown(string name, Spot spot) =>
        scanner.Wrong(
            spot,
            $"There is no field '{name}'.{Meant(name)}",
            [.. Fields.All.Select(field => field.Name), "label.NAME"]
        );

    private static string Meant(string name) =>
        Nearest.Of(name, Fields.All.Select(field => field.Name)) is { } near ? $" Did you mean '{near}'?" : "";

    private bool Counted(int more)
    {
        count += more;
        if (count <= Parsing.MostTerms)
            return true;
        scanner.WrongHere($"A query has at most {Parsing.MostTerms} values.");
        return false;
    }

    private static bool Compares(Field field, Relation relation) =>
        relation switch
        {
            Relation.Is => field.Type != FieldType.Length,
            Relation.IsNot => field.Type != FieldType.Length && !field.IsSetting,
            _ => field.IsOrdered,
        };

    private static string[] Signs(Field field) =>
        field switch
        {
            { IsSetting: true } => [":"],
            { Type: FieldType.Length } => ["<", "<=", ">", ">="],
            { IsOrdered: true } => [":", "!=", "<", "<=", ">", ">="],
            _ => [":", "!="],
        };

    // One, or several in parentheses. Right behind the sign: what stands after white space is the next condition.
    private List<Raw>? Values(string name)
    {
        if (!scanner.IsTouching)
        {
            scanner.WrongHere($"'{name}' has no value.", "a value", "(value,value)");
            return null;
        }

        var several = scanner.Take('(');
        var values = new List<Raw>();
        do
        {
            var faults = scanner.Mistakes.Count;
            if (scanner.Value() is not { } value)
            {
                if (scanner.Mistakes.Count == faults)
                    scanner.WrongHere($"'{name}' has no value here.", "a value");
                return null;
            }

            values.Add(value);
        } while (several && scanner.Take(','));
        if (!several || scanner.Take(')'))
            return values;
        scanner.WrongHere("The list of values is not closed.", ",", ")");
        return null;
    }
}

/// <summary>What a value means to its field. Pure.</summary>
public static class Typed
{
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    private static readonly string[] Formats =
    [
        "yyyy-MM-dd",
        "yyyy-MM-dd'T'HH:mmK",
        "yyyy-MM-dd'T'HH:mm:ssK",
        "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK",
    ];

    /// <summary>Null, and a mistake noted, where the field has no such value.</summary>
    public static Value? Value(Scanner scanner, Field field, Raw raw)
    {
        Value? value = field.Type switch
        {
            FieldType.Name => Name(scanner, raw),
            FieldType.Text => Name(scanner, raw),
            FieldType.Number => Number(raw.Text),
            FieldType.Length => Lengths.Read(raw.Text) is { } time ? new Length(time) : null,
            FieldType.Moment => Moment(raw),
            FieldType.Id => Guid.TryParse(raw.Text, out var id) ? new Word($"{id}", Match.Exactly, raw.Spot) : null,
            FieldType.Incident => IsIncident(raw.Text) ? new Word(raw.Text, Match.Exactly, raw.Spot) : null,
            _ => field.Known.Contains(raw.Text.ToLowerInvariant())
                ? new Word(raw.Text.ToLowerInvariant(), Match.Exactly, raw.Spot)
                : null,
        };
        if (value is null)
            scanner.Wrong(raw.Spot, Refusal(field, raw.Text), Accepted(field));
        return value is Word { Text: "" } ? null : value;
    }

    private static string Refusal(Field field, string text)
    {
        var near = Nearest.Of(text, field.Known);
        return $"'{text}' is no value of '{field.Name}'.{(near is null ? "" : $" Did you mean '{near}'?")}";
    }

    private static string[] Accepted(Field field) =>
        field.Type switch
        {
            FieldType.Number => ["a number"],
            FieldType.Length => ["a length such as 10m or 1h30m"],
            FieldType.Moment => ["2026-01-04T14:05Z", "-30m", .. field.Known.Select(name => $"{name}-30m")],
            FieldType.Id => ["an id"],
            FieldType.Incident => ["a number such as INC-7", "an id"],
            FieldType.Name or FieldType.Text => ["a word", "\"words\""],
            _ => [.. field.Known],
        };

    private static Word? Name(Scanner scanner, Raw raw)
    {
        if (raw.Quoted)
            return raw.Text.Trim().Length > 0 ? new Word(raw.Text, Match.Exactly, raw.Spot) : null;
        var (begins, ends) = (raw.Text.StartsWith('*'), raw.Text.EndsWith('*'));
        var inside = raw.Text.Trim('*');
        var stars = raw.Text.Length - inside.Length;
        if (inside.Length > 0 && !inside.Contains('*', StringComparison.Ordinal))
        {
            if (stars == 0)
                return new Word(inside, Match.Exactly, raw.Spot);
            if (ends && stars == (begins ? 2 : 1))
                return new Word(inside, begins ? Match.Inside : Match.Begins, raw.Spot);
        }

        var star = raw.Text.IndexOf('*', StringComparison.Ordinal);
        scanner.Wrong(
            new Spot(raw.Spot.Start + star, 1),
            "A star stands at the end of a word, or at its beginning and its end.",
            "word*",
            "*word*",
            "\"*\""
        );
        // Noted already.
        return new Word("", Match.Exactly, raw.Spot);
    }

    private static Amount? Number(string text) =>
        text.Length <= 20
        && decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
            ? new Amount(number)
            : null;

    /// <summary>Whether it is a number or an id.</summary>
    public static bool IsIncident(string text) =>
        Guid.TryParse(text, out _)
        || (
            text.StartsWith("INC-", StringComparison.OrdinalIgnoreCase)
            && long.TryParse(text.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out _)
        );

    private static When? Moment(Raw raw)
    {
        var text = raw.Text;
        if (DateTimeOffset.TryParseExact(text, Formats, CultureInfo.InvariantCulture, Utc, out var at))
            return new When(null, at, TimeSpan.Zero, raw.Spot);
        var sign = text.AsSpan().IndexOfAny('-', '+');
        var offset = sign < 0 ? TimeSpan.Zero : Lengths.Read(text[(sign + 1)..]);
        var name = sign < 0 ? text : text[..sign];
        var anchor =
            name.Length == 0 || name.Equals(When.Now, StringComparison.OrdinalIgnoreCase)
                ? When.Now
                : Fields.Moments.Keys.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase));
        return anchor is null || offset is null
            ? null
            : new When(anchor, null, text[Math.Max(sign, 0)] == '-' ? -offset.Value : offset.Value, raw.Spot);
    }
}
