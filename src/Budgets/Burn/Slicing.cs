using System.Numerics;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// The slices of a period that had events: good and bad ones, and their error ratios added up in millionths of a
/// millionth, each rounded down.
/// </summary>
public readonly record struct SliceSums(long Good, long Bad, long BadParts)
{
    public long Observed => Good + Bad;

    public static SliceSums operator +(SliceSums a, SliceSums b) =>
        new(a.Good + b.Good, a.Bad + b.Bad, a.BadParts + b.BadParts);

    public static SliceSums operator -(SliceSums a, SliceSums b) =>
        new(a.Good - b.Good, a.Bad - b.Bad, a.BadParts - b.BadParts);
}

/// <summary>
/// Budgets by slices of time. Timeslices: a slice is bad when good ÷ all is below its target (equal is good), and the
/// indicator is good slices ÷ slices. RatioTimeslices: the indicator is the mean of the slices' ratios. OpenSLO,
/// budgetingMethod; what slices without events count as is an explicit rule, because tools disagree.
/// </summary>
public static class Slicing
{
    /// <summary>Parts of a slice in which error ratios are added up. A year of one-minute slices is off by less than 10⁻⁶ of a slice.</summary>
    public const long Parts = 1_000_000_000_000;

    /// <summary>A whole slice in the unit of a method.</summary>
    public static long Whole(BudgetingMethod method) => method == BudgetingMethod.Timeslices ? 1 : Parts;

    /// <summary>Whether good ÷ total is at least the target.</summary>
    public static bool IsGood(long good, long total, decimal target)
    {
        var ratio = Ratio.Of(target);
        return (Int128)good * ratio.Denominator >= (Int128)ratio.Numerator * total;
    }

    /// <summary>What one slice adds; nothing without events.</summary>
    public static SliceSums Of(Tally slice, decimal? target)
    {
        if (slice.Total == 0)
            return default;
        var good = target is null || IsGood(slice.Good, slice.Good + slice.Bad, target.Value);
        var parts = (long)((Int128)slice.Bad * Parts / slice.Total);
        return good ? new(1, 0, parts) : new(0, 1, parts);
    }

    /// <summary>
    /// Good and bad of a period in the unit of the method (<see cref="CountUnit"/>): what is judged like events are.
    /// </summary>
    public static Tally Tally(SliceSums sums, long slices, BudgetingMethod method, NoDataRule noData)
    {
        var silent = Math.Max(0, slices - sums.Observed);
        var (good, bad) = noData switch
        {
            NoDataRule.Good => (silent, 0L),
            NoDataRule.Bad => (0L, silent),
            _ => (0L, 0L),
        };
        return method == BudgetingMethod.Timeslices
            ? new(sums.Good + good, sums.Bad + bad)
            : new((sums.Observed + good) * Parts - sums.BadParts, bad * Parts + sums.BadParts);
    }

    /// <summary>How much one slice is bad, as a bucket that may have a cause.</summary>
    public static FailedBucket Failed(DateTimeOffset start, Tally slice, ObjectiveTerms terms)
    {
        var sums = Of(slice, terms.Slice!.Target);
        var bad = terms.Method == BudgetingMethod.Timeslices ? sums.Bad : sums.BadParts;
        return new(start, terms.Slice.Seconds, bad);
    }

    /// <summary>Slices in a length of time; the last one may be shorter.</summary>
    public static BigInteger Count(Rational length, Rational slice) => (length / slice).Ceiling;

    /// <summary>b·N slices may be bad.</summary>
    public static Rational MayBeBad(Rational slices, Rational objective) => (1 - objective) * slices;

    /// <summary>Good ÷ observed: slices without events left out; null when none had any.</summary>
    public static Rational? OfObserved(Rational good, Rational observed) => observed == 0 ? null : good / observed;

    /// <summary>1 − bad ÷ slices: slices without events taken as good.</summary>
    public static Rational OfWindow(Rational good, Rational observed, Rational slices) =>
        1 - (observed - good) / slices;

    /// <summary>Mean of the slices' error ratios, exactly. It weighs a quiet slice like a busy one.</summary>
    public static Rational? MeanErrorRatio(IEnumerable<Tally> slices)
    {
        var observed = slices.Where(slice => slice.Total > 0).ToList();
        return observed.Count == 0
            ? null
            : observed.Aggregate((Rational)0, (sum, slice) => sum + new Rational(slice.Bad, slice.Good + slice.Bad))
                / observed.Count;
    }

    /// <summary>
    /// For ratio timeslices: how many slices of an attack's ratio it takes, over a background ratio, until the mean is
    /// at the objective; null when it never is. (background − objective)·N ÷ (background − attack).
    /// </summary>
    public static Rational? UntilExhausted(Rational slices, Rational objective, Rational background, Rational attack) =>
        attack < background && attack < objective
            ? Rational.Max(0, background - objective) * slices / (background - attack)
            : null;
}
