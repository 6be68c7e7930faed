using System.Globalization;
using System.Numerics;

namespace Steady.Budgets.Burn;

/// <summary>
/// An exact fraction of any size, in lowest terms. For figures that are shown or derived; what is judged each second uses
/// integers of 128 bits (<see cref="BurnRates"/>), and tests hold one against the other.
/// </summary>
public readonly record struct Rational : IComparable<Rational>
{
    private readonly BigInteger denominator;

    public Rational(BigInteger numerator, BigInteger denominator)
    {
        ArgumentOutOfRangeException.ThrowIfZero(denominator);
        var common = BigInteger.GreatestCommonDivisor(numerator, denominator) * denominator.Sign;
        Numerator = numerator / common;
        this.denominator = denominator / common;
    }

    public BigInteger Numerator { get; }
    public BigInteger Denominator => denominator.IsZero ? BigInteger.One : denominator;

    /// <summary>The whole number at or below.</summary>
    public BigInteger Floor =>
        BigInteger.DivRem(Numerator, Denominator, out var rest) - (rest.Sign < 0 ? BigInteger.One : BigInteger.Zero);

    public BigInteger Ceiling => -(-this).Floor;

    public static implicit operator Rational(long value) => new(value, 1);

    public static implicit operator Rational(decimal value)
    {
        var scale = value.Scale;
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var digits = (new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0];
        return new(value < 0 ? -digits : digits, BigInteger.Pow(10, scale));
    }

    public static implicit operator Rational(Ratio value) => new(value.Numerator, value.Denominator);

    public static Rational operator +(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator + b.Numerator * a.Denominator, a.Denominator * b.Denominator);

    public static Rational operator -(Rational a, Rational b) => a + -b;

    public static Rational operator -(Rational a) => new(-a.Numerator, a.Denominator);

    public static Rational operator *(Rational a, Rational b) =>
        new(a.Numerator * b.Numerator, a.Denominator * b.Denominator);

    public static Rational operator /(Rational a, Rational b) =>
        new(a.Numerator * b.Denominator, a.Denominator * b.Numerator);

    public static bool operator <(Rational a, Rational b) => a.CompareTo(b) < 0;

    public static bool operator >(Rational a, Rational b) => a.CompareTo(b) > 0;

    public static bool operator <=(Rational a, Rational b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Rational a, Rational b) => a.CompareTo(b) >= 0;

    public static Rational Min(Rational a, Rational b) => a < b ? a : b;

    public static Rational Max(Rational a, Rational b) => a > b ? a : b;

    /// <summary>A length of time in seconds.</summary>
    public static Rational Seconds(TimeSpan length) => new(length.Ticks, TimeSpan.TicksPerSecond);

    /// <summary>A decimal as it is written, of any length; an exponent may follow.</summary>
    public static Rational Parse(string text)
    {
        var e = text.IndexOfAny(['e', 'E']);
        var (digits, power) = e < 0 ? (text, 0) : (text[..e], int.Parse(text[(e + 1)..], CultureInfo.InvariantCulture));
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        power -= point < 0 ? 0 : digits.Length - point - 1;
        var whole = BigInteger.Parse(digits.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        return power < 0
            ? new(whole, BigInteger.Pow(10, -power))
            : new(whole * BigInteger.Pow(10, power), BigInteger.One);
    }

    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public Rational Power(int exponent) =>
        new(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent));

    /// <summary>The square root, cut after this many digits behind the point.</summary>
    public Rational Root(int digits)
    {
        var scale = BigInteger.Pow(10, digits);
        var square = Numerator * scale * scale / Denominator;
        if (square.IsZero)
            return 0;
        var root = BigInteger.One << (int)(square.GetBitLength() / 2 + 1);
        while (true)
        {
            var next = (root + square / root) >> 1;
            if (next >= root)
                return new(root, scale);
            root = next;
        }
    }

    /// <summary>For reading only: half away from zero.</summary>
    public decimal Rounded(int digits)
    {
        var scale = BigInteger.Pow(10, digits);
        var twice = 2 * BigInteger.Abs(Numerator) * scale + Denominator;
        var whole = twice / (2 * Denominator);
        return (decimal)whole / (decimal)scale * Numerator.Sign;
    }

    /// <summary>For reading only: at most this many digits behind the point, none that are zero at the end.</summary>
    public string Print(int digits) =>
        Rounded(digits).ToString(digits == 0 ? "0" : "0." + new string('#', digits), CultureInfo.InvariantCulture);

    public override string ToString() => Denominator.IsOne ? $"{Numerator}" : $"{Numerator}/{Denominator}";
}
