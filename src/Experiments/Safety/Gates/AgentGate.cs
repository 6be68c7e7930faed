using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Experiments.Faults;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>The fault agent must know the edge or the target, and be able to break it.</summary>
public sealed class AgentGate(FaultAgentClient agent, TimeProvider clock) : IGate
{
    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop)
    {
        var (edge, injector) = (
            question.Design.BlastRadius.Edge,
            FaultKinds.Injector(question.Design.Ladder.Rungs[0].Fault)
        );
        if (injector == PlaceLease.Tcp)
        {
            var answer = await agent.Knows(edge, stop);
            var known = answer.Value is not null;
            return [Evaluated(edge, known, known ? "The fault agent knows the edge." : answer.Problem)];
        }

        var injectors = await agent.Injectors(stop);
        var problem = injectors.Value is null
            ? injectors.Problem
            : Problem(injectors.Value.FirstOrDefault(one => one.Name == injector), injector, edge);
        return [Evaluated(edge, problem is null, problem ?? $"The fault agent can break {edge} with {injector}.")];
    }

    /// <summary>What stands against breaking a target; null when nothing does.</summary>
    public static string? Problem(InjectorView? view, string injector, string target) =>
        view is null ? $"The fault agent has no injector {injector}."
        : view.Unavailable is { } why ? $"The fault agent cannot use {injector}: {why}"
        : view.Targets.Contains(target) ? null
        : $"The fault agent has no target {target} for {injector}. It has: {string.Join(", ", view.Targets.DefaultIfEmpty("none"))}.";

    private GateEvaluated Evaluated(string edge, bool passed, string detail) =>
        new("agent", edge, passed, detail, clock.GetUtcNow());
}
