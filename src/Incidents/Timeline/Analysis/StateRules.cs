using Steady.Contracts.Incidents;

namespace Steady.Incidents.Timeline.Analysis;

/// <summary>What cannot happen in the state in which it is said to have happened. Pure.</summary>
internal static class StateRules
{
    private static readonly string[] Signs = ["symptom", "alert", "page", "detect", "declare"];

    // What stands first must not surely lie before everything of what stands second.
    private static readonly (string Sort, string[] Needs, string Says)[] Forbidden =
    [
        ("ack", [.. Signs, "budget"], "was acknowledged before anything had been noticed"),
        ("mitigate", [.. Signs, "budget", "diagnose"], "was mitigated before anything had been noticed"),
        ("recover", [.. Signs, "budget", "diagnose"], "recovered before anything had been noticed"),
        ("resolve", [.. Signs, "budget", "diagnose"], "was resolved before anything had been noticed"),
        ("close", ["resolve"], "was closed before it was resolved"),
    ];

    // What one thing goes through: the second never before the first.
    private static readonly (string First, string Second)[] Lives =
    [
        ("alert-fired", "alert-resolved"),
        ("burn-alert-opened", "burn-alert-closed"),
        ("run-started", "run-concluded"),
        ("run-started", "run-halted"),
        ("fault-injected", "fault-reverted"),
    ];

    public static IEnumerable<ContradictionView> Find(IReadOnlyList<TimelineEntry> entries, Lags lags) =>
        TooEarly(entries, lags).Concat(Backwards(entries, lags)).Concat(AfterTheEnd(entries, lags));

    private static IEnumerable<ContradictionView> TooEarly(IReadOnlyList<TimelineEntry> entries, Lags lags)
    {
        foreach (var (sort, needs, says) in Forbidden)
        {
            var needed = entries
                .Where(one => needs.Contains(Sorts.Of(one)))
                .OrderBy(one => lags.Of(one).From)
                .ThenBy(one => one.Id)
                .FirstOrDefault();
            if (needed is null)
                continue;
            foreach (var one in entries.Where(one => Sorts.Of(one) == sort && IsOfIncident(one)))
            {
                if (lags.Of(one).IsSurelyBefore(lags.Of(needed)))
                    yield return Contradictions.Of(
                        ContradictionKind.ForbiddenState,
                        $"It {says}: \"{one.Text}\" {Contradictions.When(lags.Of(one))}, but the first of that is \"{needed.Text}\", "
                            + $"{Contradictions.When(lags.Of(needed))}.",
                        [one, needed],
                        lags
                    );
            }
        }
    }

    private static IEnumerable<ContradictionView> Backwards(IReadOnlyList<TimelineEntry> entries, Lags lags)
    {
        foreach (var subject in entries.Where(one => one.SubjectId is not null).GroupBy(one => one.SubjectId))
        {
            foreach (var (first, second) in Lives)
            {
                var begins = subject.Where(one => one.Kind == first).MinBy(one => lags.Of(one).From);
                var ends = subject.Where(one => one.Kind == second).MaxBy(one => lags.Of(one).To);
                if (begins is not null && ends is not null && lags.Of(ends).IsSurelyBefore(lags.Of(begins)))
                    yield return Contradictions.Of(
                        ContradictionKind.ForbiddenState,
                        $"It ended before it began: \"{ends.Text}\" {Contradictions.When(lags.Of(ends))}, "
                            + $"\"{begins.Text}\" {Contradictions.When(lags.Of(begins))}.",
                        [ends, begins],
                        lags
                    );
            }
        }
    }

    // What ended stays ended unless somebody says that it goes on.
    private static IEnumerable<ContradictionView> AfterTheEnd(IReadOnlyList<TimelineEntry> entries, Lags lags)
    {
        var own = entries.Where(IsOfIncident).ToList();
        if (own.Any(one => one.Kind == "incident-reopened"))
            yield break;
        var ends = own.Where(one => Sorts.Of(one) == "resolve").ToList();
        if (ends.Count == 0)
            yield break;
        var end = ends.OrderByDescending(one => lags.Of(one).To).ThenBy(one => one.Id).First();
        foreach (var late in own.Where(one => Sorts.Of(one) == "mitigate" && lags.Of(end).IsSurelyBefore(lags.Of(one))))
            yield return Contradictions.Of(
                ContradictionKind.ForbiddenState,
                $"It was mitigated after it was over: \"{late.Text}\" {Contradictions.When(lags.Of(late))}, "
                    + $"\"{end.Text}\" {Contradictions.When(lags.Of(end))}.",
                [end, late],
                lags
            );
    }

    private static bool IsOfIncident(TimelineEntry entry) => entry.IncidentId is not null || Accounts.IsTold(entry);
}
