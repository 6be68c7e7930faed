using System.Numerics;

namespace Steady.Budgets.Burn;

/// <summary>
/// Budgets as exact fractions. With the objective s, b = 1 − s may fail. Times are in seconds, shares between 0 and 1.
/// SRE Workbook, chapters 2 and 5; SRE book, appendix A.
/// </summary>
public static class BudgetMaths
{
    /// <summary>b = 1 − s.</summary>
    public static Rational MayFail(Rational objective) => 1 - objective;

    /// <summary>b·n events may fail; an event fails whole, so what may fail is this rounded down.</summary>
    public static Rational Events(Rational total, Rational objective) => MayFail(objective) * total;

    /// <summary>⌊b·n⌋.</summary>
    public static BigInteger WholeEvents(Rational total, Rational objective) => Events(total, objective).Floor;

    /// <summary>b·W: how long everything may fail within the window.</summary>
    public static Rational Time(Rational objective, Rational window) => MayFail(objective) * window;

    /// <summary>Failures as a share of a budget of failures; null when the budget is nothing.</summary>
    public static Rational? Share(Rational bad, Rational budget) => budget == 0 ? null : bad / budget;

    /// <summary>Good ÷ all; null without events: no data is neither good nor bad.</summary>
    public static Rational? Indicator(Rational good, Rational total) => total == 0 ? null : good / total;

    /// <summary>B = r ÷ b: 1 spends exactly the budget within the window.</summary>
    public static Rational BurnRate(Rational errorRatio, Rational objective) => errorRatio / MayFail(objective);

    /// <summary>W ÷ B: how long a full budget lasts; null when nothing burns.</summary>
    public static Rational? Exhaustion(Rational burnRate, Rational window) => burnRate > 0 ? window / burnRate : null;

    /// <summary>B·t ÷ W: share of the budget that a burn rate spends within t.</summary>
    public static Rational Spent(Rational burnRate, Rational within, Rational window) => burnRate * within / window;

    /// <summary>f = c·W ÷ w: the burn rate that spends the share c within w.</summary>
    public static Rational Factor(Rational share, Rational within, Rational window) => share * window / within;

    /// <summary>1 ÷ b: a total outage burns no faster.</summary>
    public static Rational FastestBurn(Rational objective) => 1 / MayFail(objective);
}
