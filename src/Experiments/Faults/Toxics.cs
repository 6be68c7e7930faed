using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;

namespace Steady.Experiments.Faults;

/// <summary>A rung in the fault agent's words, and what proves that it took effect.</summary>
public static class Toxics
{
    public static FaultSpec Of(Rung rung) =>
        rung.Fault switch
        {
            FaultKind.Latency => Spec("latency", ("latency", rung.Magnitude), ("jitter", 0)),
            FaultKind.Failure => Spec("reset_peer", ("timeout", 0)) with { Toxicity = rung.Magnitude / 100.0 },
            FaultKind.Pause => new("pause"),
            FaultKind.Kill => new("kill"),
            FaultKind.LockedTable => new("hold_lock"),
            FaultKind.HeldConnections => Spec("exhaust_connections", ("connections", rung.Magnitude)),
            FaultKind.EndedSessions => Spec("terminate_sessions", ("sessions", rung.Magnitude)),
            FaultKind.ClosedConnections => Spec("close_connections", ("connections", rung.Magnitude)),
            FaultKind.BlockedPort => new("block"),
            FaultKind.RefusedPort => new("refuse"),
            FaultKind.ServiceLatency => Spec("latency", ("latency", rung.Magnitude)),
            FaultKind.ServiceFailure => new("failure", Toxicity: rung.Magnitude / 100.0),
            _ => throw new ArgumentOutOfRangeException(nameof(rung), rung.Fault, "This kind of failure is unknown."),
        };

    public static bool Shows(Rung rung, FaultEffect effect) =>
        effect.Seen
        && rung.Fault switch
        {
            FaultKind.Latency or FaultKind.ServiceLatency => effect.ChunksDelayed > 0,
            FaultKind.Failure or FaultKind.ServiceFailure => effect.Resets > 0,
            _ => true,
        };

    private static FaultSpec Spec(string type, params (string Name, long Value)[] numbers) =>
        new(type, Attributes: numbers.ToDictionary(number => number.Name, number => number.Value));
}
