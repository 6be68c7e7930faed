using Steady.Contracts.Experiments;
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Spending;

namespace Steady.Experiments.Safety.Gates;

/// <summary>What every gate is asked before a run.</summary>
/// <param name="Run">The run that wants to begin.</param>
/// <param name="Design">Its frozen design.</param>
/// <param name="Dependents">Services that depend on the design's services, however many steps away.</param>
/// <param name="Standing">What this service itself knows that may stand in the way.</param>
/// <param name="At">When it is asked.</param>
public sealed record GateQuestion(
    Guid Run,
    ExperimentDesign Design,
    IReadOnlyList<string> Dependents,
    Standing Standing,
    DateTimeOffset At
)
{
    /// <summary>Everybody who may feel the run: the blast radius and who stands on it.</summary>
    public IReadOnlyList<string> Affected { get; } = [.. Design.BlastRadius.Services.Union(Dependents)];
}

/// <summary>What this service itself knows that may stand in the way of a run.</summary>
/// <param name="Claims">What other runs have in hand of what this one needs.</param>
/// <param name="Budgets">The budgets of everybody affected, when the design sets a share of them aside.</param>
/// <param name="Blackouts">Times in which nothing may be broken in the design's environment.</param>
public sealed record Standing(
    IReadOnlyList<Claim> Claims,
    BudgetsFound? Budgets = null,
    IReadOnlyList<Blackout>? Blackouts = null
);

/// <summary>Somebody who may say no to a run. Who cannot be asked has said no.</summary>
public interface IGate
{
    /// <summary>One answer for each subject that was asked about; none when the gate has nothing to say of this design.</summary>
    Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop);
}

/// <summary>All gates, in the order in which their answers are kept.</summary>
public sealed class AllGates(IEnumerable<IGate> gates)
{
    public async Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        [.. (await Task.WhenAll(gates.Select(gate => gate.Ask(question, stop)))).SelectMany(answers => answers)];
}
