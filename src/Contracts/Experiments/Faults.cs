using System.Globalization;

namespace Steady.Contracts.Experiments;

/// <summary>What is the same for every kind of failure: who brings it in, how its strength is counted and told.</summary>
public static class FaultKinds
{
    /// <summary>The fault agent's injector that brings the kind in, as a lease names it.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>tcp, process, postgres, rabbitmq, port or service.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The kind is none of those there are.</exception>
    public static string Injector(FaultKind kind) =>
        kind switch
        {
            FaultKind.Latency or FaultKind.Failure => "tcp",
            FaultKind.Pause or FaultKind.Kill => "process",
            FaultKind.LockedTable or FaultKind.HeldConnections or FaultKind.EndedSessions => "postgres",
            FaultKind.ClosedConnections => "rabbitmq",
            FaultKind.BlockedPort or FaultKind.RefusedPort => "port",
            FaultKind.ServiceLatency or FaultKind.ServiceFailure => "service",
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "This kind of failure is unknown."),
        };

    /// <summary>The strongest that a kind can be; 1 of those that are there or not.</summary>
    /// <param name="kind">The kind.</param>
    /// <returns>Milliseconds, per cent or a count, as the kind says.</returns>
    public static int Most(FaultKind kind) =>
        kind switch
        {
            FaultKind.Latency or FaultKind.ServiceLatency => 60_000,
            FaultKind.Failure or FaultKind.ServiceFailure => 100,
            FaultKind.HeldConnections or FaultKind.EndedSessions or FaultKind.ClosedConnections => 5_000,
            _ => 1,
        };

    /// <summary>The strength for people, for example <c>200 ms latency</c>.</summary>
    /// <param name="rung">The rung.</param>
    /// <returns>A few words, numbers without grouping.</returns>
    public static string Strength(Rung rung) =>
        rung.Fault switch
        {
            FaultKind.Latency => $"{Number(rung)} ms latency",
            FaultKind.Failure => $"{Number(rung)} % failing",
            FaultKind.Pause => "process paused",
            FaultKind.Kill => "process killed",
            FaultKind.LockedTable => "table locked",
            FaultKind.HeldConnections => $"{Number(rung)} connections held",
            FaultKind.EndedSessions => $"{Number(rung)} sessions ended",
            FaultKind.ClosedConnections => $"{Number(rung)} connections closed",
            FaultKind.BlockedPort => "port blocked",
            FaultKind.RefusedPort => "port refusing",
            FaultKind.ServiceLatency => $"{Number(rung)} ms latency in the service",
            FaultKind.ServiceFailure => $"{Number(rung)} % failing in the service",
            _ => $"{rung.Fault} {Number(rung)}",
        };

    private static string Number(Rung rung) => rung.Magnitude.ToString(CultureInfo.InvariantCulture);
}
