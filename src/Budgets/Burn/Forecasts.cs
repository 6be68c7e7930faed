namespace Steady.Budgets.Burn;

/// <summary>
/// How a budget will stand. In a rolling window old spend returns, so C(t + h) = C(t) + rate · h − what leaves within h;
/// in a calendar window nothing returns before its end. Shares of the budget and days, or any other pair of units.
/// </summary>
public static class Forecasts
{
    /// <summary>Spend per unit of time.</summary>
    public static Rational Rate(Rational spent, Rational over) => spent / over;

    /// <summary>How long what is left lasts when nothing returns; null when nothing is spent, 0 when nothing is left.</summary>
    public static Rational? Lasts(Rational spent, Rational rate) => rate > 0 ? Rational.Max(0, 1 - spent) / rate : null;

    /// <summary>What will be spent after a while.</summary>
    public static Rational After(Rational spent, Rational rate, Rational horizon, Rational leaves) =>
        spent + rate * horizon - leaves;
}
