using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent.Injectors;

/// <summary>What faults other than those of the proxy say of themselves.</summary>
internal static class Effects
{
    /// <summary>Of a fault that needs nobody to take it back.</summary>
    public static Task NeverLost { get; } = new TaskCompletionSource().Task;

    /// <summary>So many connections, sessions or processes felt it.</summary>
    public static FaultEffect Touched(long count) => FaultEffect.None with { Connections = count };

    /// <summary>So many sessions or connections were closed.</summary>
    public static FaultEffect Closed(long count) => FaultEffect.None with { Connections = count, Closed = count };
}

/// <summary>What is said of targets that cannot be broken.</summary>
internal static class TargetRefusals
{
    public static Refusal Unknown(string target, string injector, IReadOnlyList<string> known) =>
        new(
            404,
            "target-unknown",
            known.Count == 0
                ? $"There is no target {target} for {injector}: this agent's configuration lists none. Add it under Targets."
                : $"There is no target {target} for {injector}. Known: {string.Join(", ", known)}."
        );

    public static Refusal Absent(string target, string why) =>
        new(409, "target-absent", $"{target} cannot be broken now: {why}.");
}
