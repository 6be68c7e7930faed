using Steady.Budgets.Burn;

namespace Steady.Budgets.Composites;

/// <summary>
/// Availability of what is made of parts, as exact fractions. Serial: all must work. Parallel: one is enough. Weighted:
/// OpenSLO's composite notes. The Calculus of Service Availability (ACM Queue, 2017).
/// </summary>
public static class CompositeMaths
{
    /// <summary>Π aᵢ.</summary>
    public static Rational Serial(IEnumerable<Rational> parts) => parts.Aggregate((Rational)1, (all, one) => all * one);

    /// <summary>1 − Π (1 − aᵢ).</summary>
    public static Rational Parallel(IEnumerable<Rational> parts) => 1 - Serial(parts.Select(one => 1 - one));

    /// <summary>1 − Σ wᵢ (1 − aᵢ): the weight multiplies what is missing. OpenSLO, RatioTimeslices.</summary>
    public static Rational Missing(IEnumerable<(Rational Availability, Rational Weight)> parts) =>
        1 - parts.Aggregate((Rational)0, (sum, part) => sum + part.Weight * (1 - part.Availability));

    /// <summary>A slice that is bad for one part is bad for the whole. OpenSLO, Timeslices.</summary>
    public static (long Good, long Bad) Slices(IEnumerable<IReadOnlyList<bool>> slices)
    {
        var (good, bad) = (0L, 0L);
        foreach (var slice in slices)
        {
            if (slice.All(part => part))
                good++;
            else
                bad++;
        }

        return (good, bad);
    }

    /// <summary>Σ wᵢ · burnᵢ. OpenSLO, Occurrences: "the weight multiplies the burn" is all it says; adding them up is our reading.</summary>
    public static Rational Burn(IEnumerable<(Rational Burn, Rational Weight)> parts) =>
        parts.Aggregate((Rational)0, (sum, part) => sum + part.Weight * part.Burn);

    /// <summary>
    /// Which share of what users see failing the last part of a chain answers for: it can only fail what came through to
    /// it. Null when nothing fails.
    /// </summary>
    public static Rational? LastShare(IReadOnlyList<Rational> parts)
    {
        var all = 1 - Serial(parts);
        return all == 0 ? null : Serial(parts.Take(parts.Count - 1)) * (1 - parts[^1]) / all;
    }

    /// <summary>The rule of the extra nine: a dependency may fail a tenth as often as what stands on it.</summary>
    public static Rational ExtraNine(Rational objective) => 1 - (1 - objective) / 10;

    /// <summary>Whether a target is reachable on what it stands on: at most Π of its hard dependencies.</summary>
    public static bool IsFeasible(Rational wanted, IEnumerable<Rational> dependencies) =>
        wanted <= Serial(dependencies);
}
