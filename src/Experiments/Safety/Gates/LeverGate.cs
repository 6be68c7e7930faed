using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Levers;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Closed while the environment's safety lever is engaged.</summary>
public sealed class LeverGate(LeverBoard board) : IGate
{
    public Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop)
    {
        var environment = question.Design.Environment;
        var closed = board.Closed(environment);
        return Task.FromResult<IReadOnlyList<GateEvaluated>>([
            new("lever", environment, closed is null, closed ?? "The safety lever is released.", question.At),
        ]);
    }
}
