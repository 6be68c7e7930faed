using Steady.Experiments.Runs;

namespace Steady.Experiments.Faults;

/// <summary>Samples, counted.</summary>
public static class Tallies
{
    public static Tally Of(IReadOnlyList<Sample> samples)
    {
        var good = samples.Count(sample => sample.Good);
        return new Tally(good, samples.Count - good);
    }
}
