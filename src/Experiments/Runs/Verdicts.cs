using Steady.Contracts.Experiments;

namespace Steady.Experiments.Runs;

/// <summary>What a run has shown: a pure function of the frozen design and the recorded events.</summary>
public static class Verdicts
{
    public static (Verdict Verdict, string Finding) Of(Run run)
    {
        var held = run.Rungs.Where(rung => rung.Held == true).Select(rung => rung.Rung).ToList();
        var broke = Ladders.Broke(run.Rungs);
        var notBack = run.RecoveryDone && run.RecoverySeconds is null;
        var late = notBack
            ? $" The steady state did not come back within {run.Design.RecoveryWithinSeconds} s after the last fault."
            : "";
        if (broke is not null)
            return (Verdict.Broke, $"{Point(held, broke)}{Alarms(run)}{late}");
        if (run.EffectMissed)
            return (Verdict.Inconclusive, $"{Prefix(held)}{Sentence(run.Rungs[^1])}{late}");
        if (run.Halt is not null || held.Count < run.Design.Ladder.Rungs.Count)
            return (Verdict.Inconclusive, $"{Prefix(held)}{Unjudged(run)}{late}");
        // Holding under fault and then not coming back is no resilience.
        return (notBack ? Verdict.Broke : Verdict.Held, $"{Held(held)}.{late}");
    }

    private static string Point(List<Rung> held, BreakingPoint broke)
    {
        var at = Strength(new Rung(broke.Fault, broke.At));
        if (broke.Above is { } above)
            return $"Broke between {above} and {at}.";
        return held.Count > 0 ? $"Held {Highest(held)}; broke at {at}."
            : IsSwitch(broke.Fault) ? $"Broke with {at}."
            : $"Broke at or below {at}.";
    }

    // The first broken rung: what came after it only narrows the number down.
    private static string Alarms(Run run) =>
        run.Rungs.First(rung => rung.Held == false).Alarms is { } alarms
            ? $" Outcome alarm: {string.Join(", ", alarms)}."
            : "";

    private static string Prefix(List<Rung> held) => held.Count > 0 ? $"{Held(held)}. " : "";

    private static string Held(List<Rung> held) =>
        $"Held {(held.All(rung => IsSwitch(rung.Fault)) ? "with" : "up to")} {Highest(held)}";

    // There or not: nothing lies below it.
    private static bool IsSwitch(FaultKind kind) => FaultKinds.Most(kind) == 1;

    private static string Sentence(RungResult rung) =>
        $"The fault of rung {rung.Number} ({Strength(rung.Rung)}) did not take effect.";

    private static string Unjudged(Run run) =>
        run.Rungs is [.., { Held: null } rung]
            ? $"Ended before {Strength(rung.Rung)} was judged."
            : "Ended before the next rung.";

    private static string Highest(List<Rung> held) =>
        string.Join(
            " and ",
            held.GroupBy(rung => rung.Fault).Select(kind => Strength(kind.MaxBy(rung => rung.Magnitude)!))
        );

    private static string Strength(Rung rung) =>
        rung.Fault switch
        {
            FaultKind.Latency => $"{rung.Magnitude} ms of latency",
            FaultKind.Failure => $"{rung.Magnitude} % failures",
            _ => FaultKinds.Strength(rung),
        };
}
