using Steady.Contracts.Experiments;

namespace Steady.Experiments.Runs;

/// <summary>Requests within and out of tolerance.</summary>
public sealed record Tally(int Good, int Bad)
{
    public int Total => Good + Bad;

    /// <summary>Enough of them were good. Nothing seen is not enough: unknown is never fine.</summary>
    public bool Holds(Tolerance tolerance) => Total > 0 && Good >= tolerance.MinimumGood * Total;
}
