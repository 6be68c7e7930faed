using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;

namespace Steady.Experiments.Faults;

/// <summary>A rung in the fault agent's words, and what proves that it took effect.</summary>
public static class Toxics
{
    public static FaultSpec Of(Rung rung) =>
        rung.Fault == FaultKind.Latency
            ? new FaultSpec(
                "latency",
                Attributes: new Dictionary<string, long> { ["latency"] = rung.Magnitude, ["jitter"] = 0 }
            )
            : new FaultSpec(
                "reset_peer",
                Toxicity: rung.Magnitude / 100.0,
                Attributes: new Dictionary<string, long> { ["timeout"] = 0 }
            );

    public static bool Shows(Rung rung, FaultEffect effect) =>
        effect.Seen && (rung.Fault == FaultKind.Latency ? effect.ChunksDelayed > 0 : effect.Resets > 0);
}
