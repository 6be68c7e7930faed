using Steady.Experiments.Runs;

namespace Steady.Experiments.Safety.Gates;

/// <summary>
/// Closed while another run has something in hand of what this one needs. Of two that are asked at the same moment the
/// database still lets only one through; this gate says it sooner, and says what of.
/// </summary>
public sealed class ClaimGate : IGate
{
    public Task<IReadOnlyList<GateEvaluated>> Ask(GateQuestion question, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<GateEvaluated>>([Judge(question)]);

    public static GateEvaluated Judge(GateQuestion question)
    {
        var edge = question.Design.BlastRadius.Edge;
        var others = question.Standing.Claims.Where(claim => claim.RunId != question.Run).ToList();
        return others.Count == 0
            ? new("claim", edge, true, "No other run has anything of this in hand.", question.At)
            : Lost(edge, [.. others.Select(claim => claim.Id)], question.At);
    }

    /// <summary>The answer of a run that found its claim taken.</summary>
    public static GateEvaluated Lost(string edge, IReadOnlyList<string> taken, DateTimeOffset now)
    {
        var what = taken.Count > 0 ? $" ({string.Join(", ", taken)})" : "";
        return new(
            "claim",
            edge,
            false,
            $"Another run has this in hand{what}. Wait until it has ended, or halt it.",
            now
        );
    }
}
