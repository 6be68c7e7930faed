using System.Globalization;
using CsCheck;
using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.OpenSlo;

public sealed class NumeralTests
{
    [Theory]
    [InlineData("0.999", 3, 0.999)]
    [InlineData("0.9990000000", 3, 0.999)]
    [InlineData("9.99e-1", 9, 0.999)]
    [InlineData("99.9E2", 0, 9990.0)]
    [InlineData("-1e3", 0, -1000.0)]
    [InlineData("0", 0, 0.0)]
    [InlineData("0.0001", 3, null)]
    [InlineData("1e300", 9, null)]
    public void A_number_is_the_decimal_that_was_written(string text, int places, double? value) =>
        Assert.Equal((decimal?)value, Numeral.Read(text)?.Exact(places));

    [Theory]
    [InlineData("")]
    [InlineData("1.")]
    [InlineData("1e")]
    [InlineData("1e400")]
    [InlineData("1e99999999999")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    public void What_no_float_can_hold_is_no_number(string text) => Assert.Null(Numeral.Read(text));

    [Fact]
    public void Decimals_survive_and_compare_as_themselves() =>
        Gen.Select(Gen.Decimal, Gen.Decimal)
            .Sample(
                (a, b) =>
                {
                    var (x, y) = (Read(a), Read(b));
                    Assert.Equal(a, x.Exact(28));
                    Assert.Equal(a.CompareTo(b), Math.Sign(x.CompareTo(y)));
                }
            );

    private static Numeral Read(decimal value) => Numeral.Read(value.ToString(CultureInfo.InvariantCulture))!.Value;
}
