using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace Steady.OpenSlo;

/// <summary>A number of a document, exactly: digits · 10^-scale. A double would make 0.999 something else.</summary>
public readonly partial record struct Numeral(BigInteger Digits, int Scale)
{
    // What a 64-bit float can hold; more digits or a larger exponent is no number of a person.
    private const int MostDigits = 400;
    private const int LargestExponent = 308;

    public static Numeral? Read(string text)
    {
        if (text.Length > MostDigits || Form().Match(text) is not { Success: true } match)
            return null;
        var fraction = match.Groups["fraction"].Value;
        if (!int.TryParse(match.Groups["exponent"].Value, CultureInfo.InvariantCulture, out var exponent))
        {
            if (match.Groups["exponent"].Success)
                return null;
        }

        if (Math.Abs((long)exponent) > LargestExponent + MostDigits)
            return null;
        var digits = BigInteger.Parse(match.Groups["whole"].Value + fraction, CultureInfo.InvariantCulture);
        if (match.Groups["sign"].Value == "-")
            digits = -digits;
        var number = new Numeral(digits, fraction.Length - exponent);
        return number.Magnitude > LargestExponent ? null : number;
    }

    public int CompareTo(Numeral other)
    {
        var scale = Math.Max(Scale, other.Scale);
        return At(scale).CompareTo(other.At(scale));
    }

    public int CompareTo(int whole) => CompareTo(new Numeral(whole, 0));

    /// <summary>The same as a decimal, when it has at most so many places.</summary>
    public decimal? Exact(int places)
    {
        var (digits, scale) = (Digits, Scale);
        while (scale > 0 && digits % 10 == 0)
            (digits, scale) = (digits / 10, scale - 1);
        var whole = scale < 0 ? digits * BigInteger.Pow(10, -scale) : digits;
        if (scale > places || BigInteger.Abs(whole) > (BigInteger)decimal.MaxValue)
            return null;
        return scale <= 0 ? (decimal)whole : (decimal)whole / (decimal)BigInteger.Pow(10, scale);
    }

    public Numeral Hundredth() => new(Digits, Scale + 2);

    private int Magnitude =>
        Digits.IsZero ? 0 : BigInteger.Abs(Digits).ToString(CultureInfo.InvariantCulture).Length - Scale;

    private BigInteger At(int scale) => Digits * BigInteger.Pow(10, scale - Scale);

    [GeneratedRegex(
        @"^(?<sign>-)?(?<whole>[0-9]+)(\.(?<fraction>[0-9]+))?([eE](?<exponent>[-+]?[0-9]+))?\z",
        RegexOptions.CultureInvariant
    )]
    private static partial Regex Form();
}
