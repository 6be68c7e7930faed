using System.Globalization;
using System.Text;

namespace Steady.ChaosToolkit;

/// <summary>Reads a pattern as Python writes it: its shape, and the same for our machine.</summary>
internal sealed partial class PatternReader
{
    private const int Deepest = 30;

    private readonly string text;
    private readonly StringBuilder translated = new();
    private int at;
    private int depth;

    private PatternReader(string text) => this.text = text;

    /// <summary>No shape: the problem; it begins with an exclamation mark when the pattern is right but asks too much.</summary>
    public static (PatternShape? Shape, string Translated, string Problem) Read(string text)
    {
        var reader = new PatternReader(text);
        try
        {
            var shape = reader.Branches();
            if (reader.at < text.Length)
                throw new PatternException("a group is closed that was not opened");
            return (shape, reader.translated.ToString(), "");
        }
        catch (PatternException e)
        {
            return (null, "", e.Message);
        }
    }

    private PatternShape Branches()
    {
        if (++depth > Deepest)
            throw new PatternException($"!its groups are nested deeper than {Deepest}");
        var branches = new List<PatternShape> { Branch() };
        while (Ahead('|'))
        {
            Copy(1);
            branches.Add(Branch());
        }

        depth--;
        return branches is [var only] ? only : new Choice(branches);
    }

    private PatternShape Branch()
    {
        var parts = new List<PatternShape>();
        while (at < text.Length && text[at] is not ('|' or ')'))
        {
            if (Piece() is { } piece)
                parts.Add(Quantified(piece));
        }

        return parts is [var only] ? only : new InOrder(parts);
    }

    // Null for what takes no character.
    private PatternShape? Piece()
    {
        switch (text[at])
        {
            case '(':
                return Group();
            case '[':
                return Class();
            case '\\':
                return Escape();
            case '^' or '$':
                Copy(1);
                return new InOrder([]);
            case '.':
                Copy(1);
                return OneOf.Any;
            case '*' or '+' or '?':
                throw new PatternException("there is nothing to repeat");
            default:
                var character = text[at];
                Copy(1);
                return new OneOf([(character, character)]);
        }
    }

    private PatternShape Quantified(PatternShape piece)
    {
        if (Repeat() is not { } times)
            return piece;
        if (Ahead('?'))
            Copy(1);
        else if (Ahead('+'))
            throw new PatternException("possessive repetition is not read here; write it without the second '+'");
        return Repeat() is null
            ? new Repeated(piece, times.Least, times.Most)
            : throw new PatternException("something is repeated twice");
    }

    private (int Least, int? Most)? Repeat()
    {
        if (at >= text.Length)
            return null;
        switch (text[at])
        {
            case '*':
                Copy(1);
                return (0, null);
            case '+':
                Copy(1);
                return (1, null);
            case '?':
                Copy(1);
                return (0, 1);
            case '{':
                return Counted();
            default:
                return null;
        }
    }

    // A brace that counts nothing stands for itself.
    private (int Least, int? Most)? Counted()
    {
        var end = text.IndexOf('}', at);
        var inside = end < 0 ? "" : text[(at + 1)..end];
        var parts = inside.Split(',');
        if (parts.Length > 2 || inside.Length == 0 || inside == "," || !parts.All(part => part.All(char.IsAsciiDigit)))
            return null;
        if (parts.Any(part => part.Length > 4))
            throw new PatternException("!it repeats more than 9999 times");
        var least = parts[0].Length > 0 ? int.Parse(parts[0], CultureInfo.InvariantCulture) : 0;
        int? most = parts is [_, var last]
            ? last.Length > 0
                ? int.Parse(last, CultureInfo.InvariantCulture)
                : null
            : least;
        if (most < least)
            throw new PatternException("a repetition must not end before it begins");
        at = end + 1;
        translated.Append(
            CultureInfo.InvariantCulture,
            $"{{{least}{(parts.Length == 2 ? "," : "")}{(parts.Length == 2 ? most : null)}}}"
        );
        return (least, most);
    }

    private PatternShape Group()
    {
        var looksAround = false;
        if (text.AsSpan(at).StartsWith("(?P<"))
        {
            translated.Append("(?<");
            at += 4;
        }
        else if (text.AsSpan(at).StartsWith("(?P="))
            throw new PatternException("!it refers back to what it found, which can take time without end");
        else if (text.AsSpan(at).StartsWith("(?#"))
            return Comment();
        else if (text.AsSpan(at).StartsWith("(?"))
            looksAround = Extension();
        else
            Copy(1);
        var inside = Branches();
        if (!Ahead(')'))
            throw new PatternException("a group is not closed");
        Copy(1);
        // What is looked at is matched from every place anew, as if it were repeated.
        return looksAround ? new Repeated(inside, 0, 1) : inside;
    }

    private PatternShape Comment()
    {
        var end = text.IndexOf(')', at);
        at = end >= 0 ? end + 1 : throw new PatternException("a comment is not closed");
        return new InOrder([]);
    }

    // True when it looks ahead or behind.
    private bool Extension()
    {
        foreach (var open in (string[])["(?:", "(?=", "(?!", "(?<=", "(?<!", "(?i:", "(?s:", "(?m:"])
        {
            if (text.AsSpan(at).StartsWith(open))
            {
                Copy(open.Length);
                return open is "(?=" or "(?!" or "(?<=" or "(?<!";
            }
        }

        foreach (var flag in (string[])["(?i)", "(?s)", "(?m)", "(?im)", "(?is)"])
        {
            if (text.AsSpan(at).StartsWith(flag) && at == 0)
            {
                // Leaves the closing bracket to the group.
                Copy(flag.Length - 1);
                return false;
            }
        }

        throw new PatternException("this kind of group is not read here; use (…), (?:…) or (?P<name>…)");
    }

    private bool Ahead(char character) => at < text.Length && text[at] == character;

    private void Copy(int count)
    {
        translated.Append(text, at, count);
        at += count;
    }
}

/// <summary>Thrown by the reader only, and caught where it is called.</summary>
internal sealed class PatternException(string message) : Exception(message);
