using System.Text;

namespace Steady.Incidents.Documents;

/// <summary>
/// One of the fonts that every reader of PDF has, so that none needs to be shipped. They know the letters of Western Europe
/// (WinAnsi); of others the letter below the accent is written, or a question mark. Pure.
/// </summary>
public sealed class PdfFont
{
    // Advance widths of the printable ASCII characters, in thousandths of the size, from ' ' to '~'.
    private static readonly int[] Regular =
    [
        278,
        278,
        355,
        556,
        556,
        889,
        667,
        191,
        333,
        333,
        389,
        584,
        278,
        333,
        278,
        278,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        278,
        278,
        584,
        584,
        584,
        556,
        1015,
        667,
        667,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        500,
        667,
        556,
        833,
        722,
        778,
        667,
        778,
        722,
        667,
        611,
        722,
        667,
        944,
        667,
        667,
        611,
        278,
        278,
        278,
        469,
        556,
        333,
        556,
        556,
        500,
        556,
        556,
        278,
        556,
        556,
        222,
        222,
        500,
        222,
        833,
        556,
        556,
        556,
        556,
        333,
        500,
        278,
        556,
        500,
        722,
        500,
        500,
        500,
        334,
        260,
        334,
        584,
    ];

    private static readonly int[] Strong =
    [
        278,
        333,
        474,
        556,
        556,
        889,
        722,
        238,
        333,
        333,
        389,
        584,
        278,
        333,
        278,
        278,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        556,
        333,
        333,
        584,
        584,
        584,
        611,
        975,
        722,
        722,
        722,
        722,
        667,
        611,
        778,
        722,
        278,
        556,
        722,
        611,
        833,
        722,
        778,
        667,
        778,
        722,
        667,
        611,
        722,
        667,
        944,
        667,
        667,
        611,
        333,
        278,
        333,
        584,
        556,
        333,
        556,
        611,
        556,
        611,
        556,
        333,
        611,
        611,
        278,
        278,
        556,
        278,
        889,
        611,
        611,
        611,
        611,
        389,
        556,
        333,
        611,
        556,
        778,
        556,
        556,
        500,
        389,
        280,
        389,
        584,
    ];

    // What WinAnsi has where Latin-1 has nothing that is printed, from 0x80 on; blanks are not used.
    private const string Upper = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    // Signs and letters that cannot be taken apart.
    private static readonly Dictionary<int, string> Written = new()
    {
        ['→'] = "->",
        ['←'] = "<-",
        ['⇒'] = "=>",
        ['≥'] = ">=",
        ['≤'] = "<=",
        ['≠'] = "!=",
        ['−'] = "-",
        ['‑'] = "-",
        ['Ł'] = "L",
        ['ł'] = "l",
        ['Đ'] = "D",
        ['đ'] = "d",
        ['ı'] = "i",
    };
    private const string Wide = "…—Œ™‰";
    private readonly int[]? widths;

    private PdfFont(string key, string name, int[]? widths) => (Key, Name, this.widths) = (key, name, widths);

    public static PdfFont Text { get; } = new("F1", "Helvetica", Regular);

    public static PdfFont Bold { get; } = new("F2", "Helvetica-Bold", Strong);

    public static PdfFont Code { get; } = new("F3", "Courier", null);

    public static IReadOnlyList<PdfFont> All { get; } = [Text, Bold, Code];

    /// <summary>What pages call it.</summary>
    public string Key { get; }

    /// <summary>What readers call it.</summary>
    public string Name { get; }

    /// <summary>The text as the font has it, one byte per letter.</summary>
    public static byte[] Encode(string text)
    {
        var bytes = new List<byte>(text.Length);
        foreach (var rune in text.EnumerateRunes())
            bytes.AddRange(Encode(rune));
        return [.. bytes];
    }

    /// <summary>How long a text is, in points.</summary>
    public double Width(string text, double size) => Encode(text).Sum(Advance) * size / 1000;

    private int Advance(byte letter)
    {
        if (widths is null)
            return 600;
        if (letter is >= 32 and < 127)
            return widths[letter - 32];
        var shown = letter is >= 0x80 and < 0xA0 ? Upper[letter - 0x80] : (char)letter;
        if (Wide.Contains(shown, StringComparison.Ordinal))
            return 1000;
        // An accent stands above its letter and needs no room.
        var bare = $"{shown}".Normalize(NormalizationForm.FormD)[0];
        return bare is >= ' ' and <= '~' ? widths[bare - 32] : 556;
    }

    private static IEnumerable<byte> Encode(Rune rune)
    {
        if (rune.Value is >= 32 and < 127 or >= 0xA0 and <= 0xFF)
            return [(byte)rune.Value];
        if (rune.Value is '\t')
            return [32];
        var upper = rune.IsBmp ? Upper.IndexOf((char)rune.Value, StringComparison.Ordinal) : -1;
        if (upper >= 0 && rune.Value != ' ')
            return [(byte)(0x80 + upper)];
        if (
            Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.Control
                or System.Globalization.UnicodeCategory.Format
        )
            return [];
        if (Written.TryGetValue(rune.Value, out var written))
            return Encoding.ASCII.GetBytes(written);
        var bare = $"{rune}".Normalize(NormalizationForm.FormKD)[0];
        return [bare is >= ' ' and <= '~' ? (byte)bare : (byte)'?'];
    }
}
