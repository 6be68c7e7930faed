using Steady.Contracts.Experiments;

namespace Steady.Experiments.Prediction;

/// <summary>
/// How likely a steady state breaks, and how surprising what was seen is. The edges give a prior (a beta distribution with
/// the weight of a few runs, our own choice and written here), each earlier run on the same edge counts as one more.
/// </summary>
public static class Surprise
{
    /// <summary>The expected probability that it breaks, 0 to 1, with four decimal places.</summary>
    public static decimal Breaks(Expectation expectation, int held, int broke)
    {
        var (breaks, holds) = expectation switch
        {
            Expectation.Breaks => (9m, 1m),
            Expectation.Degrades => (1m, 3m),
            _ => (1m, 19m),
        };
        return decimal.Round((breaks + broke) / (breaks + holds + broke + held), 4);
    }

    /// <summary>-log2 P(observed), in bits with two decimal places.</summary>
    public static decimal Bits(decimal breaksProbability, bool broke) =>
        decimal.Round((decimal)-Math.Log2((double)(broke ? breaksProbability : 1 - breaksProbability)), 2);
}
