namespace Steady.FaultAgent.Proxy;

/// <summary>
/// Seeded chance without a generator that connections would share: the same seed, toxic and connection always draw the
/// same number, in whatever order the connections come. So a run with toxicity below 1 can be repeated.
/// </summary>
public sealed record Chance(ulong Seed)
{
    /// <summary>Whether this connection is among the share that a toxic hits.</summary>
    public bool Hits(double toxicity, long toxic, long connection) => Draw(toxic, connection, 0) < toxicity;

    /// <summary>A number from 0 up to 1, not included.</summary>
    public double Draw(long toxic, long connection, long chunk)
    {
        var mixed = Mix(Mix(Mix(Seed ^ (ulong)toxic) ^ (ulong)connection) ^ (ulong)chunk);
        return (mixed >> 11) * (1.0 / (1UL << 53));
    }

    // The finaliser of SplitMix64: every bit of the input reaches every bit of the output.
    private static ulong Mix(ulong value)
    {
        value += 0x9E3779B97F4A7C15;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }
}
