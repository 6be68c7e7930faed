using System.Text;
using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Query;

/// <summary>A value as it is written.</summary>
/// <param name="Text">What it says, without quotation marks.</param>
/// <param name="Quoted">In quotation marks a star is a star.</param>
public sealed record Raw(string Text, bool Quoted, Spot Spot);

/// <summary>Walks over a query's text, and notes what is wrong where.</summary>
public sealed class Scanner(string text)
{
    private const string Ends = "()|,\"";
    private static readonly (string Text, Relation Relation)[] Relations =
    [
        ("!=", Relation.IsNot),
        ("<=", Relation.AtMost),
        (">=", Relation.AtLeast),
        (":", Relation.Is),
        ("=", Relation.Is),
        ("<", Relation.Less),
        (">", Relation.Greater),
    ];

    private readonly List<QueryMistake> mistakes = [];

    public int Position { get; private set; }

    public IReadOnlyList<QueryMistake> Mistakes => mistakes;

    public bool AtEnd => Position >= text.Length;

    /// <summary>Whether something follows without white space between.</summary>
    public bool IsTouching => !AtEnd && !char.IsWhiteSpace(text[Position]);

    /// <summary>The next letter after white space; 0 at the end.</summary>
    public char Next
    {
        get
        {
            while (!AtEnd && char.IsWhiteSpace(text[Position]))
                Position++;
            return AtEnd ? '\0' : text[Position];
        }
    }

    public bool Take(char letter)
    {
        if (Next != letter)
            return false;
        Position++;
        return true;
    }

    /// <summary>Takes one of the words between conditions, in any letter case.</summary>
    public bool TakeWord(string word)
    {
        _ = Next;
        var end = Position + word.Length;
        if (
            string.Compare(text, Position, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) != 0
            || (end < text.Length && (IsName(text[end]) || Relations.Any(one => one.Text[0] == text[end])))
        )
            return false;
        Position = end;
        return true;
    }

    /// <summary>Whether one of the words between conditions comes next.</summary>
    public bool Sees(string word)
    {
        var here = Position;
        var sees = TakeWord(word);
        Position = here;
        return sees;
    }

    /// <summary>Takes a name, in any letter case, where it comes next.</summary>
    public bool TakeName(string name)
    {
        _ = Next;
        if (string.Compare(text, Position, name, 0, name.Length, StringComparison.OrdinalIgnoreCase) != 0)
            return false;
        Position += name.Length;
        return true;
    }

    /// <summary>Letters, digits and what may stand between them; empty where there are none.</summary>
    public (string Text, Spot Spot) Name()
    {
        _ = Next;
        var start = Position;
        while (!AtEnd && IsName(text[Position]))
            Position++;
        return (text[start..Position], new Spot(start, Position - start));
    }

    public Relation? Compared()
    {
        foreach (var (sign, relation) in Relations)
        {
            if (string.CompareOrdinal(text, Position, sign, 0, sign.Length) != 0)
                continue;
            Position += sign.Length;
            return relation;
        }

        return null;
    }

    /// <summary>A value, in quotation marks or without; null where there is none.</summary>
    public Raw? Value()
    {
        if (Next == '"')
            return Quoted();
        var start = Position;
        while (!AtEnd && !char.IsWhiteSpace(text[Position]) && !Ends.Contains(text[Position], StringComparison.Ordinal))
            Position++;
        return Position == start ? null : new Raw(text[start..Position], false, new Spot(start, Position - start));
    }

    private Raw? Quoted()
    {
        var (start, said) = (Position++, new StringBuilder());
        while (!AtEnd)
        {
            var letter = text[Position++];
            if (letter == '"')
                return new Raw(said.ToString(), true, new Spot(start, Position - start));
            if (letter == '\\' && !AtEnd)
                letter = text[Position++];
            said.Append(letter);
        }

        Wrong(new Spot(start, 1), "This quotation mark is not closed.", "\"");
        return null;
    }

    public void WrongHere(string message, params ReadOnlySpan<string> expected)
    {
        _ = Next;
        Wrong(new Spot(Position, AtEnd ? 0 : 1), message, expected);
    }

    public void Wrong(Spot spot, string message, params ReadOnlySpan<string> expected) =>
        mistakes.Add(At(text, spot, message, expected.ToArray()));

    /// <summary>A mistake with its line and column.</summary>
    public static QueryMistake At(string text, Spot spot, string message, IReadOnlyList<string> expected)
    {
        var before = text.AsSpan(0, Math.Min(spot.Start, text.Length));
        var line = before.Count('\n') + 1;
        return new QueryMistake(line, before.Length - before.LastIndexOf('\n'), spot.Length, message, expected);
    }

    private static bool IsName(char letter) =>
        char.IsLetterOrDigit(letter) || letter is '_' or '.' or '-' or '/' or '@';
}
