using Steady.Client;
using Steady.Contracts.Budgets;
using Steady.Web.Drawing;
using Steady.Web.Pages;
using Xunit;

namespace Steady.Tests.Unit.Web;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0.4, "0.4 s")]
    [InlineData(42, "42 s")]
    [InlineData(200, "3 min 20 s")]
    [InlineData(1_500, "25 min")]
    [InlineData(7_500, "2 h 5 min")]
    [InlineData(180_000, "2 d 2 h")]
    public void A_length_has_at_most_two_units(double seconds, string said) =>
        Assert.Equal(said, Words.Length(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_moment_in_an_address_keeps_its_last_digit()
    {
        var at = new DateTimeOffset(2026, 11, 24, 14, 36, 20, TimeSpan.Zero).AddTicks(1_234_567);

        Assert.Equal(at, DateTimeOffset.Parse(Words.Iso(at), System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0.978, "97.8 %")]
    [InlineData(-0.0063, "-0.6 %")]
    [InlineData(-9.994, "-999.4 %")]
    [InlineData(-106.143, "-10,614 %")]
    public void A_share_of_thousands_has_no_decimals(double share, string said) =>
        Assert.Equal(said, Words.Percent((decimal)share));

    [Fact]
    public void A_target_keeps_the_decimals_it_has()
    {
        Assert.Equal("99.9 %", Words.Target(0.999m));
        Assert.Equal("99.95 %", Words.Target(0.9995m));
    }

    [Theory]
    [InlineData(412, "Somebody else changed this")]
    [InlineData(403, "You may not do this: The token lacks the scope.")]
    [InlineData(409, "The token lacks the scope.")]
    [InlineData(0, "does not answer")]
    public void A_refusal_is_a_sentence(int status, string said) =>
        Assert.Contains(
            said,
            Refusals.Sentence(new ProblemException(status, "code", "The token lacks the scope.", null, [])),
            StringComparison.Ordinal
        );

    [Fact]
    public void Burn_rates_lie_on_one_logarithmic_axis()
    {
        Assert.Equal(BurnAxis.Left, BurnAxis.X(0.01m));
        Assert.Equal(BurnAxis.Right, BurnAxis.X(5_000));
        Assert.Equal(BurnAxis.X(10) - BurnAxis.X(1), BurnAxis.X(100) - BurnAxis.X(10), 6);
    }

    [Fact]
    public void What_was_overspent_ends_with_the_bar()
    {
        SpendShare[] spend =
        [
            new(CauseKind.Incident, null, "a", 90, 0.9m),
            new(CauseKind.Unattributed, null, "b", 50, 0.5m),
        ];
        var budget = new BudgetStatus(
            Guid.Empty,
            "o",
            "o",
            "s",
            0.999m,
            "30d",
            BudgetState.Exhausted,
            1,
            140,
            100,
            -0.4m,
            [],
            [],
            spend,
            null,
            default
        );

        var parts = SpendParts.Of(budget, 100);

        Assert.Equal(100, parts[^1].X + parts[^1].Width, 6);
    }
}
