using System.Globalization;
using Steady.ChaosToolkit;
using Steady.Contracts.Experiments;

namespace Steady.Experiments.Design;

/// <summary>What cannot be accepted in a document, and where.</summary>
/// <param name="Path">The place, for example <c>ladder.rungs[1].magnitude</c>.</param>
/// <param name="Message">What is wrong and what would be accepted.</param>
public sealed record Finding(string Path, string Message);

/// <summary>What a design must obey beyond the ranges of its single members.</summary>
public static class DesignRules
{
    private const int Margin = 10;

    public static IEnumerable<Finding> Check(ExperimentDesign design) =>
        [
            .. Rungs(design.Ladder),
            .. Lease(design),
            .. Probe(design.SteadyState.Probe, "steadyState.probe"),
            .. (design.Alarms ?? [])
                .Index()
                .SelectMany(alarm => Probe(alarm.Item.Probe, $"alarms[{alarm.Index}].probe")),
            .. (design.Rollback ?? [])
                .Index()
                .SelectMany(call => Address(call.Item.Url, $"rollback[{call.Index}].url")),
            .. Abort(design),
            .. Radius(design.BlastRadius),
        ];

    private static IEnumerable<Finding> Rungs(Ladder ladder)
    {
        var highest = new Dictionary<FaultKind, int>();
        for (var at = 0; at < ladder.Rungs.Count; at++)
        {
            var rung = ladder.Rungs[at];
            var path = $"ladder.rungs[{at}].magnitude";
            if (rung.Magnitude > FaultKinds.Most(rung.Fault))
                yield return new(path, TooStrong(rung));
            if (FaultKinds.Injector(rung.Fault) != FaultKinds.Injector(ladder.Rungs[0].Fault))
                yield return new(
                    $"ladder.rungs[{at}].fault",
                    "It is brought in elsewhere than the first rung. Give a design of its own to each place that is broken."
                );
            if (highest.TryGetValue(rung.Fault, out var before) && rung.Magnitude <= before)
                yield return new(
                    path,
                    $"{rung.Magnitude} does not rise: an earlier rung of the same kind has {before}. Give more than {before}."
                );
            highest[rung.Fault] = Math.Max(rung.Magnitude, highest.GetValueOrDefault(rung.Fault));
        }
    }

    private static string TooStrong(Rung rung) =>
        rung.Fault == FaultKind.Failure
            ? $"{rung.Magnitude} is more than all connections. Give 1 to 100 per cent."
            : $"{rung.Magnitude} is more than there can be. Give 1{(FaultKinds.Most(rung.Fault) is > 1 and var most ? string.Create(CultureInfo.InvariantCulture, $" to {most}") : "")}.";

    // A fault that ends by its hard stop while it is held would look like a lost lease.
    private static IEnumerable<Finding> Lease(ExperimentDesign design)
    {
        var hardStop = (design.Lease ?? new LeaseTerms()).HardStopSeconds;
        if (hardStop < design.Ladder.HoldSeconds + Margin)
            yield return new(
                "lease.hardStopSeconds",
                $"The fault would end by its hard stop ({hardStop} s) while it is held ({design.Ladder.HoldSeconds} s). Give at least {design.Ladder.HoldSeconds + Margin}, or hold for a shorter time."
            );
    }

    private static IEnumerable<Finding> Probe(HttpProbe probe, string path)
    {
        foreach (var finding in Address(probe.Url, $"{path}.url"))
            yield return finding;
        if (probe.Body is not null && probe.Method != "POST")
            yield return new($"{path}.body", $"A {probe.Method} sends no body. Leave it out, or use POST.");
    }

    private static IEnumerable<Finding> Address(string address, string path)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https"))
            yield return new(path, "Give an absolute http or https address.");
        else if (Targets.Refusal(url) is { } refusal)
            yield return new(path, refusal);
    }

    private static IEnumerable<Finding> Abort(ExperimentDesign design)
    {
        if (design.Abort.Count == 0 && design.Environment != "sandbox")
            yield return new(
                "abort",
                $"A run in '{design.Environment}' needs at least one abort criterion. Only in 'sandbox' it may do without."
            );
    }

    private static IEnumerable<Finding> Radius(BlastRadius radius) =>
        radius
            .Services.Index()
            .Where(service => (radius.NeverTouch ?? []).Contains(service.Item))
            .Select(service => new Finding(
                $"blastRadius.services[{service.Index}]",
                $"'{service.Item}' is also in neverTouch. Take it out of one of the two."
            ));
}
