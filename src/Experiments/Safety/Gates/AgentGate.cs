using Steady.Experiments.Faults;
using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>The fault agent must know the edge.</summary>
public sealed class AgentGate(FaultAgentClient agent, TimeProvider clock) : IGate
{
    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop)
    {
        var edge = question.Design.BlastRadius.Edge;
        var answer = await agent.Knows(edge, stop);
        var known = answer.Value is not null;
        return
        [
            new("agent", edge, known, known ? "The fault agent knows the edge." : answer.Problem, clock.GetUtcNow()),
        ];
    }
}
