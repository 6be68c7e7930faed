using Steady.Contracts.Experiments;
using Steady.Experiments.Design;
using Steady.Kernel;

namespace Steady.Experiments.Learning;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

/// <summary>A run of the design that asks for promotion, as far as that goes.</summary>
/// <param name="Id">The run.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="Held">It ended as planned and held.</param>
/// <param name="Drill">Its controller was killed while a fault was in place, and every fault was seen gone afterwards.</param>
public sealed record Shown(Guid Id, DateTimeOffset StartedAt, bool Held, bool Drill);

/// <summary>From one environment to the next, on evidence alone: pure.</summary>
public static class Promoting
{
    private const int LongestName = 63;

    /// <summary>
    /// Whether the recorded events of a run prove its rollback: a second controller took it over after a rung had begun –
    /// nothing but the death of the first brings that about –, and it ended by itself with every fault seen out. A run that
    /// a person had to confirm proves nothing.
    /// </summary>
    public static bool IsDrill(IReadOnlyList<object> happened)
    {
        var inPlace = new HashSet<Guid>();
        var (controllers, killed) = (0, false);
        foreach (var one in happened)
        {
            switch (one)
            {
                case StepStarted step:
                    inPlace.Add(step.LeaseId);
                    break;
                case FaultReverted gone:
                    inPlace.Remove(gone.LeaseId);
                    break;
                case ControllerAttached:
                    killed |= ++controllers > 1 && inPlace.Count > 0;
                    break;
                case RevertUnconfirmed:
                    return false;
            }
        }

        return killed && inPlace.Count == 0 && happened.Any(one => one is RunHalted or RunConcluded);
    }

    /// <summary>The same design in the next environment; null when the design does not say which that is.</summary>
    public static ExperimentDesign? Target(ExperimentDesign design)
    {
        if (design.Promotion is not { } terms)
            return null;
        var suffix = $"-in-{new string([.. terms.Environment.ToLowerInvariant().Where(char.IsAsciiLetterOrDigit)])}";
        var room = Math.Max(1, LongestName - suffix.Length);
        var name = design.Name[..Math.Min(design.Name.Length, room)].TrimEnd('-') + suffix;
        return design with { Name = name, Environment = terms.Environment, Promotion = null };
    }

    private const string PutsNothingBack = "W-NO-ROLLBACK";

    public static Decision Decide(
        Promotion? before,
        ExperimentView experiment,
        IReadOnlyList<Shown> runs,
        string by,
        DateTimeOffset now
    )
    {
        if (Never(experiment) is { } refusal)
            return refusal;
        var (design, hash, terms) = (experiment.Design, experiment.FrozenHash!, experiment.Design.Promotion!);
        if (before?.Holds(now) == true)
            return [];
        // What was taken back needs new evidence.
        var since = now.AddDays(-terms.WithinDays);
        var counted = runs.Where(run =>
                run.StartedAt >= since && (before?.RevokedAt is not { } revoked || run.StartedAt > revoked)
            )
            .OrderByDescending(run => run.StartedAt)
            .ToList();
        var held = counted.Where(run => run.Held).Take(terms.Held).ToList();
        var drill = counted.FirstOrDefault(run => run.Drill);
        if (held.Count < terms.Held || drill is null)
            return Unproven(terms, held.Count, drill is not null);
        var target = Target(design)!;
        var oldest = held.Append(drill).Min(run => run.StartedAt);
        return
        [
            new ExperimentPromoted(
                design.Name,
                terms.Environment,
                target.Name,
                DesignHash.Of(target),
                new PromotionEvidence(hash, [.. held.Select(run => run.Id)], drill.Id),
                oldest.AddDays(terms.WithinDays),
                by,
                now
            ),
        ];
    }

    public static Decision Revoke(Promotion promotion, RevokePromotion command, string by, DateTimeOffset now) =>
        promotion.RevokedAt is not null
            ? []
            : [new PromotionRevoked(promotion.Experiment, promotion.Environment, command.Reason, by, now)];

    // What no run can make up for.
    private static Refusal? Never(ExperimentView experiment)
    {
        var name = experiment.Design.Name;
        if (experiment.Design.Promotion is null)
            return new(
                "promotion-without-terms",
                $"'{name}' says neither where it may be promoted to nor what has to be shown. Give 'promotion' in the design, before it is frozen."
            );
        if (experiment.FrozenHash is null)
            return new(
                "design-not-frozen",
                $"'{name}' is a draft, and what may still change proves nothing. Freeze it, and run it."
            );
        return experiment.Import?.Warnings.Any(warning => warning.Code == PutsNothingBack) == true
            ? new(
                "promotion-without-rollback",
                $"The file that '{name}' was imported from puts nothing back ({PutsNothingBack}). Give it 'rollbacks' and import it under another name."
            )
            : null;
    }

    private static Refusal Unproven(PromotionTerms terms, int held, bool drilled) =>
        new(
            "promotion-unproven",
            $"Within {terms.WithinDays} days it held {held} of {terms.Held} times"
                + (
                    drilled
                        ? ". Run it again until it has."
                        : ", and its rollback was not proven: kill the process of Experiments while a fault is in place, start it again, and let it take the fault out."
                )
        );
}
