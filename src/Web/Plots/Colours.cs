using System.Globalization;
using System.Text.RegularExpressions;

namespace Steady.Web.Plots;

/// <summary>
/// Colours as the style sheets write them (<c>var()</c>, <c>light-dark()</c>, <c>color-mix(in oklab, …)</c>), as <c>#rrggbb</c>, which every
/// program that shows a picture understands. Pure.
/// </summary>
/// <param name="tokens">What <c>--name</c> stands for.</param>
/// <param name="isDark">Which of the two themes.</param>
public sealed partial class Colours(IReadOnlyDictionary<string, string> tokens, bool isDark)
{
    private const string Ground = "--panel";

    /// <exception cref="FormatException">The value names no token, or mixes what is no colour.</exception>
    public string Resolve(string value)
    {
        // Innermost first: what is between the brackets then has none of its own.
        while (Call().Match(value) is { Success: true } call)
        {
            var said = call.Groups["said"].Value;
            var means = call.Groups["name"].Value switch
            {
                "var" => Token(said.Trim()),
                "light-dark" => said.Split(',') is [var light, var dark]
                    ? (isDark ? dark : light).Trim()
                    : throw Wrong(value),
                _ => Mix(said),
            };
            value = value[..call.Index] + means + value[(call.Index + call.Length)..];
        }

        return value;
    }

    private string Token(string name) => tokens.TryGetValue(name, out var means) ? means : throw Wrong(name);

    // What is mixed with nothing lies on the panel, and looks as if it were mixed with that.
    private string Mix(string said)
    {
        if (said.Split(',') is not ["in oklab", var first, var second])
            throw Wrong(said);
        var (one, share) = Part(first);
        var (other, _) = Part(second);
        var (a, b) = (Oklab.Of(Solid(one)), Oklab.Of(Solid(other)));
        return Oklab.Between(a, b, 1 - share).ToHex();
    }

    private string Solid(string colour) => colour == "transparent" ? Resolve($"var({Ground})") : colour;

    private static (string Colour, double Share) Part(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words switch
        {
            [var colour] => (colour, 0.5),
            [var colour, [.. var percent, '%']] => (
                colour,
                double.Parse(percent, NumberStyles.Float, CultureInfo.InvariantCulture) / 100
            ),
            _ => throw Wrong(text),
        };
    }

    private static FormatException Wrong(string value) =>
        new($"'{value}' is no colour that a picture can be drawn with.");

    [GeneratedRegex(@"(?<name>var|light-dark|color-mix)\((?<said>[^()]*)\)")]
    private static partial Regex Call();
}

/// <summary>A colour where equal steps look equal (B. Ottosson, 2020).</summary>
public readonly record struct Oklab(double L, double A, double B)
{
    /// <param name="hex">Six digits after a <c>#</c>.</param>
    public static Oklab Of(string hex)
    {
        var (r, g, b) = (Linear(hex, 1), Linear(hex, 3), Linear(hex, 5));
        var l = Math.Cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
        var m = Math.Cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
        var s = Math.Cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
        return new Oklab(
            0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
            1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
            0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s
        );
    }

    /// <param name="share">0 is the one, 1 the other.</param>
    public static Oklab Between(Oklab one, Oklab other, double share) =>
        new(one.L + (other.L - one.L) * share, one.A + (other.A - one.A) * share, one.B + (other.B - one.B) * share);

    public string ToHex()
    {
        var l = Math.Pow(L + 0.3963377774 * A + 0.2158037573 * B, 3);
        var m = Math.Pow(L - 0.1055613458 * A - 0.0638541728 * B, 3);
        var s = Math.Pow(L - 0.0894841775 * A - 1.2914855480 * B, 3);
        return "#"
            + Digits(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s)
            + Digits(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s)
            + Digits(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    }

    private static double Linear(string hex, int at)
    {
        var value = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
    }

    private static string Digits(double linear)
    {
        var value = Math.Clamp(linear, 0, 1);
        var seen = value <= 0.0031308 ? 12.92 * value : 1.055 * Math.Pow(value, 1 / 2.4) - 0.055;
        return ((int)Math.Round(seen * 255)).ToString("x2", CultureInfo.InvariantCulture);
    }
}
