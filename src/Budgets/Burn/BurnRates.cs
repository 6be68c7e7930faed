using System.Text.Json.Serialization;

namespace Steady.Budgets.Burn;

/// <summary>Good and bad events.</summary>
public readonly record struct Tally(long Good, long Bad)
{
    [JsonIgnore]
    public Int128 Total => (Int128)Good + Bad;

    public static Tally operator +(Tally left, Tally right) => new(left.Good + right.Good, left.Bad + right.Bad);
}

/// <summary>A positive fraction in lowest terms.</summary>
public readonly record struct Ratio
{
    private Ratio(long numerator, long denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public long Numerator { get; }
    public long Denominator { get; }

    public static Ratio Of(long numerator, long denominator)
    {
        var (a, b) = (numerator, denominator);
        while (b != 0)
            (a, b) = (b, a % b);
        return new Ratio(numerator / a, denominator / a);
    }

    public static Ratio Of(decimal value)
    {
        var denominator = 1L;
        while (decimal.Truncate(value) != value)
        {
            value *= 10;
            denominator *= 10;
        }

        return Of((long)value, denominator);
    }

    public decimal Rounded(int digits) => decimal.Round((decimal)Numerator / Denominator, digits);
}

/// <summary>
/// Burn rates and budgets in integers: with the share of events that may fail b = u/v, bad events x of n and a factor
/// f = c/d, the rate x/n/b is above f exactly when x·v·d &gt; c·u·n. Targets have at most nine decimals and counts fit
/// 63 bits, so all products fit 128. Rounded figures are for reading only; no decision takes one.
/// </summary>
public static class BurnRates
{
    /// <summary>The share of events that may fail: 1 − target.</summary>
    public static Ratio MayFail(decimal target) => Ratio.Of(1 - target);

    /// <summary>Whether the burn rate is above the factor; without events it is not.</summary>
    public static bool IsAbove(this Tally tally, Ratio factor, Ratio mayFail) =>
        (Int128)tally.Bad * mayFail.Denominator * factor.Denominator
        > (Int128)factor.Numerator * mayFail.Numerator * tally.Total;

    /// <summary>Whether the failures reached what the budget allows.</summary>
    public static bool IsExhausted(this Tally tally, Ratio mayFail) =>
        tally.Bad > 0 && (Int128)tally.Bad * mayFail.Denominator >= (Int128)mayFail.Numerator * tally.Total;

    /// <summary>Whether more failed than the budget allows: the objective is missed.</summary>
    public static bool IsOverspent(this Tally tally, Ratio mayFail) =>
        (Int128)tally.Bad * mayFail.Denominator > (Int128)mayFail.Numerator * tally.Total;

    /// <summary>Whether at least so many per cent of the budget are spent.</summary>
    public static bool HasSpent(this Tally tally, int percent, Ratio mayFail) =>
        tally.Bad > 0
        && (Int128)tally.Bad * mayFail.Denominator * 100 >= (Int128)mayFail.Numerator * tally.Total * percent;

    /// <summary>Whether what is left is less than this share of the whole budget; unknown without events, so no.</summary>
    public static bool HasLessThan(this Tally tally, Ratio share, Ratio mayFail)
    {
        var budget = mayFail.Numerator * tally.Total;
        var spent = (Int128)tally.Bad * mayFail.Denominator;
        return tally.Total > 0 && (budget - spent) * share.Denominator < share.Numerator * budget;
    }

    /// <summary>A total outage burns at 1/b: a factor that is not below that can never be exceeded.</summary>
    public static bool IsReachable(this Ratio factor, Ratio mayFail) =>
        (Int128)factor.Numerator * mayFail.Numerator < (Int128)factor.Denominator * mayFail.Denominator;

    /// <summary>Whole failures the budget allows, rounded down.</summary>
    public static long Allowed(this Tally tally, Ratio mayFail) =>
        (long)(mayFail.Numerator * tally.Total / mayFail.Denominator);

    /// <summary>Burn rate to four digits; null without events.</summary>
    public static decimal? Rate(this Tally tally, Ratio mayFail) =>
        tally.Total == 0 ? null : decimal.Round(SpentShare(tally.Bad, tally, mayFail), 4);

    /// <summary>Share of the budget left, to six digits; null without events.</summary>
    public static decimal? Remaining(this Tally tally, Ratio mayFail) =>
        tally.Total == 0 ? null : decimal.Round(1 - SpentShare(tally.Bad, tally, mayFail), 6);

    /// <summary>These failures as a share of the whole budget, to six digits.</summary>
    public static decimal ShareOfBudget(this Tally whole, long bad, Ratio mayFail) =>
        whole.Total == 0 ? 0 : decimal.Round(SpentShare(bad, whole, mayFail), 6);

    private static decimal SpentShare(long bad, Tally whole, Ratio mayFail) =>
        (decimal)((Int128)bad * mayFail.Denominator) / (decimal)(mayFail.Numerator * whole.Total);
}
