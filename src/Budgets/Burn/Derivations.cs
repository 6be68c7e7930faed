using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>Where each factor comes from, with its figures: nobody should have to guess what 6 × 0.005 means.</summary>
public static class Derivations
{
    public static BurnRuleFigures Of(ObjectiveTerms terms, AlertPair pair, Reading reading, Tally whole)
    {
        var share = Share(terms, pair);
        var opens = OutageOpensAfter(terms, pair);
        return new(
            pair.Severity,
            pair.LongWindow.Name,
            pair.ShortWindow.Name,
            pair.Factor.Rounded(4),
            share.Rounded(6),
            Sentence(terms, pair),
            opens.Rounded(2),
            AlertJudging.IsAbove(terms, pair, reading, whole)
        );
    }

    /// <summary>c = f·w ÷ W.</summary>
    public static Rational Share(ObjectiveTerms terms, AlertPair pair) =>
        AlertTimes.SpentWhenFired(
            pair.Factor,
            Rational.Seconds(pair.LongWindow.Length),
            Rational.Seconds(BudgetTerms.PeriodOf(terms).Length)
        );

    public static string Sentence(ObjectiveTerms terms, AlertPair pair)
    {
        Rational mayFail = BurnRates.MayFail(terms.Target);
        var share = (Share(terms, pair) * 100).Print(3);
        var line = ((Rational)pair.Factor * mayFail * 100).Print(6);
        var factor = ((Rational)pair.Factor).Print(4);
        return $"{factor}x = {share} % of the budget · {terms.Windows[0].Duration} / {pair.LongWindow.Name}; "
            + $"above it fails more than {factor} · {(mayFail * 100).Print(7)} % = {line} %.";
    }

    /// <summary>Why a factor can never be exceeded, in one sentence; null when it can.</summary>
    public static string? Unreachable(ObjectiveTerms terms, Ratio factor, Window within)
    {
        var mayFail = BurnRates.MayFail(terms.Target);
        if (factor.IsReachable(mayFail))
            return null;
        var most = BudgetMaths.FastestBurn(terms.Target);
        var spent = BudgetMaths.Spent(
            most,
            Rational.Seconds(within.Length),
            Rational.Seconds(BudgetTerms.PeriodOf(terms).Length)
        );
        return $"{((Rational)terms.Target * 100).Print(7)} % may burn at most {most.Print(4)}x; {((Rational)factor).Print(4)}x can never be exceeded. "
            + $"A total outage of {within.Name} spends {(spent * 100).Print(2)} % of the budget.";
    }

    /// <summary>Which of the four usual pairs are not judged for an objective without rules of its own, and why.</summary>
    public static IEnumerable<string> LeftOut(ObjectiveTerms terms)
    {
        if (terms.Rules is not null)
            yield break;
        var kept = AlertPairs.Of(terms).Select(pair => pair.LongWindow.Name).ToHashSet();
        foreach (
            var pair in AlertPairs.Scaled(BudgetTerms.PeriodOf(terms)).Where(one => !kept.Contains(one.LongWindow.Name))
        )
        {
            var name = $"{pair.LongWindow.Name}/{pair.ShortWindow.Name}";
            yield return Unreachable(terms, pair.Factor, pair.LongWindow) is { } why ? $"{name}: {why}"
            : AlertPairs.Fits(terms, pair.ShortWindow) && AlertPairs.Fits(terms, pair.LongWindow)
                ? $"{name}: its factor of {((Rational)pair.Factor).Print(4)}x is below 0.9x, it would open while the objective is met."
            : $"{name}: its windows are no whole number of slices of {terms.Slice!.Seconds} s.";
        }
    }

    private static Rational OutageOpensAfter(ObjectiveTerms terms, AlertPair pair)
    {
        var window = Rational.Seconds(pair.LongWindow.Length);
        return AlertTimes.Detection(1, BurnRates.MayFail(terms.Target), pair.Factor, window) ?? window;
    }
}
