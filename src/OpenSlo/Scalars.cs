using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo;

/// <summary>What a plain YAML scalar is, as the official SDK's reader takes it (YAML 1.1: <c>yes</c> is true, <c>0x10</c> is 16).</summary>
internal static partial class Scalars
{
    public static Node Plain(string text, int line) =>
        text switch
        {
            "" or "~" or "null" or "Null" or "NULL" => new NoNode(line),
            "y" or "Y" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" => new TruthNode(true, line),
            "n" or "N" or "no" or "No" or "NO" or "off" or "Off" or "OFF" => new TruthNode(false, line),
            "true" or "True" or "TRUE" => new TruthNode(true, line),
            "false" or "False" or "FALSE" => new TruthNode(false, line),
            _ when NotFinite().IsMatch(text) => throw new DocumentException(
                "syntax",
                $"'{text}' is no number that JSON knows.",
                line
            ),
            _ => Number(text) is { } number ? new NumberNode(number, line) : new TextNode(text, line),
        };

    private static string? Number(string text)
    {
        if (text.Length > 400 || text[0] is not ((>= '0' and <= '9') or '-' or '+' or '.'))
            return null;
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Based().Match(plain) is { Success: true } based)
            return Whole(based.Groups["digits"].Value, Base(based.Groups["base"].Value), plain[0] == '-');
        if (Octal().Match(plain) is { Success: true } octal)
            return Whole(octal.Groups["digits"].Value, 8, plain[0] == '-');
        if (Decimal().Match(plain) is not { Success: true } match)
            return null;
        // 1_000.5 is text to the official reader: underscores are for whole numbers.
        if (plain.Length != text.Length && !plain.All(c => char.IsAsciiDigit(c) || c is '-' or '+'))
            return null;
        var whole = match.Groups["whole"].Value.TrimStart('0');
        var fraction = match.Groups["fraction"].Value;
        return (plain[0] == '-' ? "-" : "")
            + (whole.Length > 0 ? whole : "0")
            + (fraction.Length > 0 ? $".{fraction}" : "")
            + match.Groups["exponent"].Value;
    }

    private static int Base(string letter) =>
        letter switch
        {
            "x" or "X" => 16,
            "b" or "B" => 2,
            _ => 8,
        };

    private static string Whole(string digits, int number, bool negative)
    {
        var value = BigInteger.Zero;
        foreach (var digit in digits)
            value = value * number + int.Parse([digit], NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return (negative ? -value : value).ToString(CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"^[-+]?\.(inf|Inf|INF|nan|NaN|NAN)\z")]
    private static partial Regex NotFinite();

    [GeneratedRegex(
        @"^[-+]?0(?<base>[xX](?=[0-9a-fA-F]+\z)|[bB](?=[01]+\z)|[oO](?=[0-7]+\z))(?<digits>[0-9a-fA-F]+)\z"
    )]
    private static partial Regex Based();

    [GeneratedRegex(@"^[-+]?0(?<digits>[0-7]+)\z")]
    private static partial Regex Octal();

    [GeneratedRegex(
        @"^[-+]?((?<whole>[0-9]+)(\.(?<fraction>[0-9]*))?|\.(?<fraction>[0-9]+))(?<exponent>[eE][-+]?[0-9]+)?\z"
    )]
    private static partial Regex Decimal();
}
