using Polly;
using Polly.Simmy;
using Polly.Simmy.Fault;
using Polly.Simmy.Latency;

namespace Steady.Chaos;

/// <summary>Thrown in place of a call, because a lease says so.</summary>
public sealed class ChaosInjectedException()
    : Exception("This call failed on purpose: an experiment holds a lease on it.");

/// <summary>Puts the faults of leases into a resilience pipeline.</summary>
public static class ChaosPipeline
{
    /// <summary>
    /// Adds the two chaos strategies, latency and failure. Add them last, closest to the call, so that everything before
    /// them – retries, time-outs, circuit breakers – meets the fault. Without a live lease a call costs well under a
    /// microsecond more and allocates nothing.
    /// </summary>
    /// <param name="pipeline">The pipeline that is being built.</param>
    /// <param name="leases">The process's leases.</param>
    /// <param name="randomizer">Draws from 0 up to 1 which calls are hit; .NET's own when absent.</param>
    /// <returns>The same builder.</returns>
    public static TBuilder AddSteadyChaos<TBuilder>(
        this TBuilder pipeline,
        ChaosLeases leases,
        Func<double>? randomizer = null
    )
        where TBuilder : ResiliencePipelineBuilderBase
    {
        var random = randomizer ?? Random.Shared.NextDouble;
        return pipeline
            .AddChaosLatency(
                new ChaosLatencyStrategyOptions
                {
                    EnabledGenerator = _ => new(leases.IsSlow),
                    InjectionRateGenerator = _ => new(leases.Slow?.Share ?? 0),
                    LatencyGenerator = _ => new(leases.Slow?.Wait(leases.Clock) ?? TimeSpan.Zero),
                    OnLatencyInjected = _ => Hit(leases.Slow),
                    Randomizer = random,
                }
            )
            .AddChaosFault(
                new ChaosFaultStrategyOptions
                {
                    EnabledGenerator = _ => new(leases.IsFailing),
                    InjectionRateGenerator = _ => new(leases.Failing?.Share ?? 0),
                    FaultGenerator = _ => new(new ChaosInjectedException()),
                    OnFaultInjected = _ => Hit(leases.Failing),
                    Randomizer = random,
                }
            );
    }

    private static ValueTask Hit(ChaosLeases.Live? live)
    {
        live?.Hit();
        return ValueTask.CompletedTask;
    }
}
