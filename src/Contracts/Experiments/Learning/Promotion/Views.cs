using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Experiments;

/// <summary>What was shown before an experiment was let into the next environment.</summary>
/// <param name="DesignHash">The frozen design that was shown to hold.</param>
/// <param name="Held">Runs in which it held.</param>
/// <param name="Drill">The run whose controller was killed and whose faults were all seen gone afterwards.</param>
public sealed record PromotionEvidence(string DesignHash, IReadOnlyList<Guid> Held, Guid Drill);

/// <summary>An experiment's leave to run in the next environment.</summary>
/// <param name="Experiment">The experiment that was shown to hold.</param>
/// <param name="Environment">Where it may run now.</param>
/// <param name="Target">The same design in that environment, frozen, by name.</param>
/// <param name="TargetHash">Its hash.</param>
/// <param name="Evidence">What was shown.</param>
/// <param name="ValidUntil">When the evidence is too old; the experiment is to be shown to hold again then.</param>
/// <param name="RevokedBecause">Why it was taken back; null while it was not.</param>
/// <param name="By">Who promoted it.</param>
/// <param name="At">When.</param>
public sealed record PromotionView(
    string Experiment,
    string Environment,
    string Target,
    string TargetHash,
    PromotionEvidence Evidence,
    DateTimeOffset ValidUntil,
    string? RevokedBecause,
    string By,
    DateTimeOffset At
);

/// <summary>Takes a promotion back.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record RevokePromotion([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);
