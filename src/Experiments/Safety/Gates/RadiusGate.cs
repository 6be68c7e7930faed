using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>Closed when what a design must never touch depends on what it breaks.</summary>
public sealed class RadiusGate : IGate
{
    public Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<GateEvaluated>>(Judge(question));

    public static IReadOnlyList<GateEvaluated> Judge(GateQuestion question) =>
        [
            .. question.Dependents.Select(service => new GateEvaluated(
                "radius",
                service,
                !(question.Design.BlastRadius.NeverTouch ?? []).Contains(service),
                $"{service} depends on what is broken{(question.Design.BlastRadius.NeverTouch?.Contains(service) == true ? ", and the design must never touch it" : "")}.",
                question.At
            )),
        ];
}
