using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>What could be typed next. Pure.</summary>
public static class Completing
{
    private static readonly string[] Words = ["and", "or", "not"];

    /// <param name="caret">How many letters stand before the caret.</param>
    public static IReadOnlyList<QueryCompletion> Complete(string text, int caret)
    {
        caret = Math.Clamp(caret, 0, text.Length);
        var (start, field, inPipe, inQuotes) = Where(text, caret);
        if (inQuotes)
            return [];
        var typed = text[start..caret];
        var end = caret;
        while (end < text.Length && !IsEnd(text[end]))
            end++;
        var offers =
            inPipe ? Pipes.Known.Select(pipe => new Offer(pipe.Text, "pipe", pipe.About))
            : field is null ? Names(text[..start])
            : Fields.Find(field)?.Known.Select(value => new Offer(value, "value", null)) ?? [];
        return
        [
            .. offers
                .Where(offer => offer.Text.StartsWith(typed, StringComparison.OrdinalIgnoreCase))
                .Select(offer => new QueryCompletion(offer.Text, offer.Kind, start, end - start, offer.About)),
        ];
    }

    private sealed record Offer(string Text, string Kind, string? About);

    private static IEnumerable<Offer> Names(string before)
    {
        foreach (var (text, about) in before.Trim().Length == 0 ? Verbs.Known : [])
            yield return new Offer(text, "word", about);
        foreach (var field in Fields.All)
            yield return new Offer($"{field.Name}{Sign(field)}", "field", field.About);
        yield return new Offer(Fields.Label, "field", "A label, by its name.");
        // They stand between conditions.
        foreach (var word in before.Trim().Length == 0 ? Words[2..] : Words)
            yield return new Offer($"{word} ", "word", null);
    }

    private static string Sign(Field field) => field.Type is FieldType.Length or FieldType.Number ? ">" : ":";

    // Where the word at the caret begins, and whether it is a value, and of which field.
    private static (int Start, string? Field, bool InPipe, bool InQuotes) Where(string text, int caret)
    {
        var (start, name, inPipe, inQuotes, inList) = (0, (string?)null, false, false, false);
        for (var i = 0; i < caret; i++)
        {
            var letter = text[i];
            if (letter == '"')
                inQuotes = !inQuotes;
            else if (inQuotes)
                i += letter == '\\' ? 1 : 0;
            else if (letter == '|')
                (inPipe, start, name) = (true, i + 1, null);
            else if (inPipe && (!char.IsWhiteSpace(letter) || text[start..i].Trim().Length > 0))
                continue;
            else if (name is null && ":=<>".Contains(letter, StringComparison.Ordinal))
                (name, start) = (text[start..i].TrimEnd('!'), i + 1);
            else if (name is not null && ((letter == '(' && start == i) || letter is ',' or '='))
                (start, inList) = (i + 1, inList || letter == '(');
            else if (inList && char.IsWhiteSpace(letter) && text[(i - 1)..i] is "," or "(")
                start = i + 1;
            else if (IsEnd(letter) || (letter == '-' && start == i && name is null))
                (start, name, inList) = (i + 1, null, false);
        }

        return (start, name, inPipe, inQuotes);
    }

    private static bool IsEnd(char letter) => char.IsWhiteSpace(letter) || letter is '(' or ')' or '|' or ',';
}
