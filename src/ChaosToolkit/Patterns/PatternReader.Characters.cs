using System.Globalization;

namespace Steady.ChaosToolkit;

internal sealed partial class PatternReader
{
    private static readonly OneOf Digit = new([('0', '9')]);
    private static readonly OneOf Word = new([('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z'), (0x80, 0xffff)]);
    private static readonly OneOf Space = new([('\t', '\r'), (' ', ' '), (0x85, 0xa0)]);

    private PatternShape Escape()
    {
        if (at + 1 >= text.Length)
            throw new PatternException("it ends with a backslash");
        switch (text[at + 1])
        {
            case 'Z':
                translated.Append(@"\z");
                at += 2;
                return new InOrder([]);
            case 'A' or 'b' or 'B':
                Copy(2);
                return new InOrder([]);
            case >= '1' and <= '9':
                throw new PatternException("!it refers back to what it found, which can take time without end");
            default:
                return Escaped();
        }
    }

    private OneOf Escaped()
    {
        var letter = text[at + 1];
        var length = letter switch
        {
            'x' => 4,
            'u' => 6,
            _ => 2,
        };
        if (at + length > text.Length)
            throw new PatternException($"'\\{letter}' breaks off");
        var hexadecimal = text.AsSpan(at + 2, length - 2);
        var set = letter switch
        {
            'd' => Digit,
            'D' => Digit with { Negated = true },
            'w' => Word,
            'W' => Word with { Negated = true },
            's' => Space,
            'S' => Space with { Negated = true },
            'n' => Single('\n'),
            'r' => Single('\r'),
            't' => Single('\t'),
            'f' => Single('\f'),
            'v' => Single('\v'),
            'a' => Single('\a'),
            '0' => Single(0),
            'x' or 'u' => int.TryParse(
                hexadecimal,
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
                ? Single(code)
                : throw new PatternException($"'\\{letter}' is followed by no number"),
            _ when char.IsAsciiLetterOrDigit(letter) => throw new PatternException($"'\\{letter}' is not known"),
            _ => Single(letter),
        };
        Copy(length);
        return set;
    }

    private OneOf Class()
    {
        Copy(1);
        var negated = Ahead('^');
        if (negated)
            Copy(1);
        var ranges = new List<(int, int)>();
        var (first, negatedInside) = (true, false);
        while (first || !Ahead(']'))
        {
            first = false;
            var set = Member();
            negatedInside |= set.Negated;
            if (set.Ranges is [var single] && single.From == single.To && !set.Negated && IsRange())
            {
                Copy(1);
                var last = Member();
                if (last.Ranges is not [var end] || end.From != end.To || last.Negated || end.From < single.From)
                    throw new PatternException("a range in [ ] ends before it begins");
                ranges.Add((single.From, end.From));
            }
            else
                ranges.AddRange(set.Ranges);
        }

        Copy(1);
        // With a negated set inside, anything may be meant.
        return negatedInside ? OneOf.Any : new OneOf(ranges, negated);
    }

    private bool IsRange() => Ahead('-') && at + 1 < text.Length && text[at + 1] != ']';

    private OneOf Member()
    {
        if (at >= text.Length)
            throw new PatternException("'[' is not closed");
        if (text[at] == '\\')
        {
            if (at + 1 < text.Length && text[at + 1] == 'b')
            {
                Copy(2);
                return Single('\b');
            }

            return at + 1 < text.Length ? Escaped() : throw new PatternException("it ends with a backslash");
        }

        var character = text[at];
        // Our machine would take a second bracket for the beginning of a subtraction.
        translated.Append(character is '[' or ']' ? $"\\{character}" : $"{character}");
        at++;
        return Single(character);
    }

    private static OneOf Single(int character) => new([(character, character)]);
}
