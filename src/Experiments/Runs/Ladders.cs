using Steady.Contracts.Experiments;

namespace Steady.Experiments.Runs;

/// <summary>Which rung comes next, and where it broke: pure.</summary>
public static class Ladders
{
    /// <summary>
    /// The next rung of a run whose rungs so far are judged; null when it has shown what it can. Up the ladder, one rung
    /// after the other; after the first that broke, as often as the design allows, halfway between the strongest that held
    /// and the weakest that broke, which is never above a rung that the design has.
    /// </summary>
    public static Rung? Next(Run run)
    {
        var approved = run.Design.Ladder.Rungs;
        var first = run.Rungs.Index().FirstOrDefault(rung => rung.Item.Held == false, (-1, null!)).Index;
        if (first < 0)
            return run.Rungs.Count < approved.Count ? approved[run.Rungs.Count] : null;
        if (run.Rungs.Count - first > (run.Design.Ladder.Bisect ?? 0))
            return null;
        return Broke(run.Rungs) is { Above: { } above } point && point.At - above > 1
            ? new Rung(point.Fault, above + ((point.At - above) / 2))
            : null;
    }

    /// <summary>Where it broke, as far as it is known; null when no rung did.</summary>
    public static BreakingPoint? Broke(IReadOnlyList<RungResult> rungs)
    {
        if (rungs.FirstOrDefault(rung => rung.Held == false) is not { } first)
            return null;
        var alike = rungs.Where(rung => rung.Rung.Fault == first.Rung.Fault).ToList();
        var at = alike.Where(rung => rung.Held == false).Min(rung => rung.Rung.Magnitude);
        // What held above a break says nothing: the weakest break counts.
        var above = alike
            .Where(rung => rung.Held == true && rung.Rung.Magnitude < at)
            .Max(rung => (int?)rung.Rung.Magnitude);
        return new BreakingPoint(first.Rung.Fault, at, above);
    }
}
