using System.Globalization;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

/// <summary>What is worth a word in a design that is accepted: pure.</summary>
public static class Linting
{
    // Fewer requests tell a broken rung from bad luck only by chance.
    private const int EnoughRequests = 20;

    public static IEnumerable<DesignFinding> Of(ExperimentDesign design) =>
        [.. Abort(design), .. Radius(design), .. Ladder(design), .. Budget(design)];

    /// <summary>What keeps a design from being accepted, in the shape of the others.</summary>
    public static DesignFinding Error(Finding finding) =>
        new(FindingWeight.Error, "design-invalid", finding.Path, finding.Message);

    /// <summary>What stands there under the same name; null when nothing does, or the same.</summary>
    public static DesignFinding? Before(Experiment? stands, ExperimentDesign design, string by) =>
        stands is null || DesignHash.Of(stands.Design) == DesignHash.Of(design) ? null
        : stands.FrozenHash is not null
            ? new(FindingWeight.Error, "design-frozen", "name", Drafting.Frozen(design).Detail)
        : stands.By != by
            ? new(
                FindingWeight.Note,
                "draft-of-another",
                "name",
                $"'{design.Name}' is a draft of {stands.By}. Keeping this changes it."
            )
        : null;

    private static IEnumerable<DesignFinding> Abort(ExperimentDesign design)
    {
        if (design.Abort.Count == 0)
            yield return Warning(
                "no-abort",
                "abort",
                "No abort line: only a person ends a run early. Say which share of failures over how many seconds ends it at once."
            );
        foreach (var (at, line) in design.Abort.Index())
        {
            if (line.FailingAbove >= 1)
                yield return Warning(
                    "abort-never",
                    $"abort[{at}].failingAbove",
                    "More than all requests cannot fail: this line is never crossed. Give less than 1."
                );
            else if (line.FailingAbove < 1 - design.SteadyState.Tolerance.MinimumGood)
                yield return Warning(
                    "abort-within-tolerance",
                    $"abort[{at}].failingAbove",
                    Text(
                        $"A run is ended when {line.FailingAbove:P0} fail, though the steady state takes {1 - design.SteadyState.Tolerance.MinimumGood:P0} for well. Raise the line, or ask for more good requests."
                    )
                );
            if (line.ForSeconds > design.Ladder.HoldSeconds)
                yield return Note(
                    "abort-slower-than-rung",
                    $"abort[{at}].forSeconds",
                    $"It looks at {line.ForSeconds} s and a rung is held for {design.Ladder.HoldSeconds} s: what the rung before did counts in."
                );
        }
    }

    private static IEnumerable<DesignFinding> Radius(ExperimentDesign design)
    {
        if (design.BlastRadius.NeverTouch is not { Count: > 0 })
            yield return Warning(
                "no-never-touch",
                "blastRadius.neverTouch",
                "The blast radius has no must-not-touch. Name the services that must not be hurt, whatever happens."
            );
    }

    private static IEnumerable<DesignFinding> Ladder(ExperimentDesign design)
    {
        var requests = design.Ladder.HoldSeconds * 1000 / design.SteadyState.Probe.EveryMs;
        if (requests < EnoughRequests)
            yield return Warning(
                "few-requests",
                "ladder.holdSeconds",
                $"A rung is judged by {requests} requests. Hold it longer or probe more often, until there are {EnoughRequests}."
            );
        if (design.Ladder is { Rungs.Count: 1, Bisect: null or 0 } && FaultKinds.Most(design.Ladder.Rungs[0].Fault) > 1)
            yield return Note(
                "one-rung",
                "ladder.rungs",
                "One rung shows whether it breaks, not where. Begin weaker and rise."
            );
        var probe = design.SteadyState.Probe;
        if (design.SteadyState.Tolerance.WithinMs > probe.TimeoutMs)
            yield return Warning(
                "never-slow",
                "steadyState.tolerance.withinMs",
                $"A request that takes longer than {probe.TimeoutMs} ms has failed: nothing is ever slow. Give less than that."
            );
    }

    private static IEnumerable<DesignFinding> Budget(ExperimentDesign design)
    {
        if (design.Budget is null)
            yield return Note(
                "no-reserve",
                "budget",
                "A run may spend the whole error budget. Set a share aside, and it is halted when that is used up."
            );
    }

    private static DesignFinding Warning(string code, string path, string message) =>
        new(FindingWeight.Warning, code, path, message);

    private static DesignFinding Note(string code, string path, string message) =>
        new(FindingWeight.Note, code, path, message);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
