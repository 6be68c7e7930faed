using System.Globalization;
using Steady.Contracts.Experiments;

namespace Steady.Web.Drawing;

/// <summary>What an experiment does and what its runs came to, as sentences. Pure.</summary>
public static class ExperimentWords
{
    private static readonly CultureInfo English = CultureInfo.InvariantCulture;

    /// <summary>What a run breaks, how strongly and for how long.</summary>
    public static string Breaks(ExperimentDesign design)
    {
        var (rungs, edge) = (design.Ladder.Rungs, design.BlastRadius.Edge);
        var strength =
            rungs.Count == 1
                ? Words.Strength(rungs[0])
                : $"{Words.Strength(rungs[0])}, rising in {rungs.Count} rungs to {Words.Strength(rungs[^1])}";
        var share = design.BlastRadius.Share is { } of ? $", for {Words.Percent(of)} of the calls" : "";
        return $"On {edge} in {design.Environment}: {strength}{share}. Each rung is held for {Words.Length(TimeSpan.FromSeconds(design.Ladder.HoldSeconds))}.";
    }

    /// <summary>Who may be hurt, who may feel it, and who must not.</summary>
    /// <param name="design">The design.</param>
    /// <param name="dependents">Who depends on what may be hurt; null while nobody knows.</param>
    public static string Reaches(ExperimentDesign design, IReadOnlyList<string>? dependents)
    {
        var radius = design.BlastRadius;
        string?[] sentences =
        [
            $"It may hurt {string.Join(", ", radius.Services)}.",
            dependents is { Count: > 0 } ? $"{string.Join(", ", dependents)} may feel it too." : null,
            radius.NeverTouch is { Count: > 0 } never ? $"It must not touch {string.Join(", ", never)}." : null,
            design.Budget is { } budget
                ? $"It may spend {Words.Percent(budget.SpendAtMost)} of an error budget."
                : null,
        ];
        return string.Join(' ', sentences.OfType<string>());
    }

    /// <summary>Where a run broke: <c>at 400 ms latency; 200 ms latency held</c>.</summary>
    public static string Broke(BreakingPoint at) =>
        at.Above is { } held ? $"at {Strength(at, at.At)}; {Strength(at, held)} held" : $"at {Strength(at, at.At)}";

    /// <summary>What became of the breaking point since the run before; null where there is nothing to compare.</summary>
    public static string? Since(BreakingPoint? now, BreakingPoint? was) =>
        (now, was) switch
        {
            (_, null) => null,
            (null, { } before) => $"the run before broke {Broke(before)}",
            ({ } after, { } before) when after.Fault != before.Fault => $"the run before broke {Broke(before)}",
            ({ } after, { } before) when after.At == before.At => "as the run before",
            ({ } after, { } before) =>
                $"the run before at {Strength(before, before.At)}: it bears {(after.At > before.At ? "more" : "less")} now",
        };

    /// <summary>What was put down to a run in an error budget: <c>12 failures, 0.8 % of it</c>.</summary>
    public static string Charged(BudgetCharge charge) =>
        $"{Count(charge.Failures)}{(charge.ShareOfBudget is { } share ? $", {Words.Percent(share, "0.##")} of it" : "")}";

    public static string Count(long failures) =>
        failures == 1 ? "1 failure" : $"{failures.ToString("N0", English)} failures";

    private static string Strength(BreakingPoint at, int magnitude) => Words.Strength(new Rung(at.Fault, magnitude));
}
