namespace Steady.Contracts.Faults;

/// <summary>What a service tells the fault agent when it asks for its faults.</summary>
/// <param name="Hits">How many calls each lease has hit so far in this process.</param>
/// <param name="WaitMs">How long the agent may wait for something to tell: 0 to 30,000 milliseconds.</param>
public sealed record ChaosReport(IReadOnlyDictionary<Guid, long> Hits, int WaitMs = 0);

/// <summary>A fault that a service is to bring in itself.</summary>
/// <param name="LeaseId">The lease that switches it on.</param>
/// <param name="Type">latency or failure.</param>
/// <param name="Share">The share of calls that are hit, from 0 to 1.</param>
/// <param name="LatencyMs">How long a hit call waits, in milliseconds; 0 of a failure.</param>
/// <param name="LiveMs">How long it may go on without being told again, in milliseconds. A duration, because clocks differ.</param>
public sealed record ChaosOrder(Guid LeaseId, string Type, double Share, long LatencyMs, long LiveMs)
{
    /// <summary>Calls wait.</summary>
    public const string Latency = "latency";

    /// <summary>Calls throw.</summary>
    public const string Failure = "failure";

    /// <summary>The longest that a service goes on without being told again, in milliseconds.</summary>
    public const long LongestLiveMs = 1_000;
}
