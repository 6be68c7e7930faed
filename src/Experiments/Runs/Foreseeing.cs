using System.Globalization;
using Steady.Contracts.Experiments;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Blackouts;
using Steady.Experiments.Safety.Gates;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>An experiment on the agenda of a game day that is not over.</summary>
public sealed record PlannedRun(string Day, DateTimeOffset Opens, DateTimeOffset Closes, ExperimentDesign Design);

/// <summary>What a run of a design would meet, as far as it can be seen before: pure.</summary>
public static class Foreseeing
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    /// <summary>What would refuse a run today.</summary>
    /// <param name="question">What the gates would be asked.</param>
    /// <param name="lever">Why nothing may run in the environment; null when it may.</param>
    public static IEnumerable<DesignFinding> Of(GateQuestion question, string? lever)
    {
        if (lever is not null)
            yield return Warning("lever", "environment", lever);
        if (ClaimGate.Judge(question) is { Open: false } taken)
            yield return Warning("claimed", "blastRadius", taken.Evidence);
        foreach (var reserve in ReserveGate.Judge(question).Where(one => !one.Open))
            yield return Warning("reserve", "budget.spendAtMost", $"{reserve.Subject}: {reserve.Evidence}");
        foreach (var blackout in question.Standing.Blackouts ?? [])
        {
            if (BlackoutTimes.Touched(blackout, question.At, question.At + Soon) is { } touched)
                yield return Note(
                    "blackout",
                    "environment",
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Nothing runs in {question.Design.Environment} from {touched.Begins:yyyy-MM-dd HH:mm}Z to {touched.Ends:yyyy-MM-dd HH:mm}Z, the blackout '{blackout.Name}': {blackout.Reason}"
                    )
                );
        }
    }

    /// <summary>Who plans to break the same at some time.</summary>
    public static IEnumerable<DesignFinding> Overlaps(GateQuestion question, IEnumerable<PlannedRun> planned)
    {
        var ours = Claiming.Of(question.Design, question.Dependents).ToHashSet(StringComparer.Ordinal);
        return from run in planned
            where run.Design.Name != question.Design.Name
            let common = Claiming.Of(run.Design, []).Where(ours.Contains).ToList()
            where common.Count > 0
            select Warning(
                "overlaps",
                "blastRadius",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"It overlaps the game day '{run.Day}' ({run.Opens:yyyy-MM-dd HH:mm}Z to {run.Closes:HH:mm}Z), which runs '{run.Design.Name}': both need {string.Join(", ", common)}. One of two that run at once is refused."
                )
            );
    }

    /// <summary>What is expected beyond what is declared.</summary>
    public static IEnumerable<DesignFinding> Of(ExperimentPrediction? expected, Refusal? unknown)
    {
        if (unknown is not null)
            yield return Note(unknown.Code, "blastRadius.edge", unknown.Detail);
        if (expected is { Beyond.Count: > 0 })
            yield return Warning(
                "beyond-radius",
                "blastRadius.services",
                $"{string.Join(", ", expected.Beyond)} {(expected.Beyond.Count == 1 ? "is" : "are")} expected to break and not in the blast radius. Name them, or put the fault elsewhere."
            );
    }

    private static DesignFinding Warning(string code, string path, string message) =>
        new(FindingWeight.Warning, code, path, message);

    private static DesignFinding Note(string code, string path, string message) =>
        new(FindingWeight.Note, code, path, message);
}
