using System.Numerics;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// When an alert over windows opens and closes, for a constant error ratio r that begins after a clean stretch. Over a
/// window w the ratio is r·t/w while it fills, so it passes f·b after f·b·w/r, and falls back to it w − f·b·w/r after the
/// errors have stopped. Times in seconds. SRE Workbook, chapter 5.
/// </summary>
public static class AlertTimes
{
    /// <summary>Time from the first error until the window is above the factor; null when it never is (r ÷ b ≤ f).</summary>
    public static Rational? Detection(Rational errorRatio, Rational mayFail, Rational factor, Rational window) =>
        errorRatio > factor * mayFail ? factor * mayFail * window / errorRatio : null;

    /// <summary>Time from the last error until the window is back at the factor; null when it never was above.</summary>
    public static Rational? Reset(Rational errorRatio, Rational mayFail, Rational factor, Rational window) =>
        window - Detection(errorRatio, mayFail, factor, window);

    /// <summary>
    /// An alert of two windows opens when the later one is above and closes when the first of them is back. All null
    /// when the errors stop before it opens.
    /// </summary>
    public static PairTimes Pair(
        Rational errorRatio,
        Rational duration,
        Rational mayFail,
        Rational factor,
        Rational longWindow,
        Rational shortWindow
    )
    {
        var inShort = Detection(errorRatio, mayFail, factor, shortWindow);
        var inLong = Detection(errorRatio, mayFail, factor, longWindow);
        if (inShort is not { } s || inLong is not { } l || Rational.Max(s, l) > duration)
            return new(inShort <= duration ? inShort : null, null, null, null);
        return new(s, Rational.Max(s, l), Rational.Min(shortWindow - s, longWindow - l), longWindow - l);
    }

    /// <summary>Whether an alert over one window ever opens.</summary>
    public static bool Fires(Rational errorRatio, Rational mayFail, Rational factor) => errorRatio > factor * mayFail;

    /// <summary>Whether an alert that wants its condition to hold for some time opens: a shorter spike starts it anew, however often it comes.</summary>
    public static bool FiresWhenHeld(Rational spike, Rational hold) => spike >= hold;

    /// <summary>f·w ÷ W: share of the budget that is gone when the alert opens.</summary>
    public static Rational SpentWhenFired(Rational factor, Rational window, Rational period) =>
        factor * window / period;

    /// <summary>How often an alert over one window can open and close in a day while the objective is met.</summary>
    public static BigInteger MostPerDay(Rational window) => ((Rational)86_400 / window).Floor;

    /// <summary>
    /// Judged each minute with every request failing from a minute on: the first minute whose ratio is above f·b, counted
    /// from 0; null when it never is. The minute itself is in the window.
    /// </summary>
    public static BigInteger? FirstMinute(BigInteger from, Rational mayFail, Rational factor, Rational windowMinutes) =>
        factor * mayFail < 1 ? from + (factor * mayFail * windowMinutes).Floor : null;

    /// <summary>
    /// Which of several single-window rules hold when a share of the budget was spent evenly within a stretch of time.
    /// However many: one alert, of the first.
    /// </summary>
    public static IReadOnlyList<BudgetRule> Holding(IEnumerable<BudgetRule> rules, Rational spent, Rational within) =>
        [.. rules.Where(rule => spent * Rational.Min(1, Rational.Seconds(rule.Window.Length) / within) >= rule.Share)];
}

/// <summary>Times of an alert of two windows, from the first error on or, for the last two, from the last error on.</summary>
public readonly record struct PairTimes(
    Rational? ShortAbove,
    Rational? Fires,
    Rational? ClearsAfterStop,
    Rational? LongBelowAfterStop
);

/// <summary>Alert when a share of the budget is spent within a window. SRE Workbook, table 5-6.</summary>
public readonly record struct BudgetRule(BurnSeverity Severity, Rational Share, Window Window)
{
    /// <summary>The workbook's three, most urgent first.</summary>
    public static IReadOnlyList<BudgetRule> Workbook { get; } =
    [
        new(BurnSeverity.Page, new(2, 100), Window.Parse("1h")),
        new(BurnSeverity.Page, new(5, 100), Window.Parse("6h")),
        new(BurnSeverity.Ticket, new(10, 100), Window.Parse("3d")),
    ];
}
