namespace Steady.Contracts.Experiments;

/// <summary>How much a finding about a design matters.</summary>
public enum FindingWeight
{
    /// <summary>The design is not accepted like this.</summary>
    Error,

    /// <summary>It is accepted, and will probably be regretted or refused when it is run.</summary>
    Warning,

    /// <summary>Worth a word.</summary>
    Note,
}

/// <summary>Something that is said of a design.</summary>
/// <param name="Weight">How much it matters.</param>
/// <param name="Code">Its stable name, for example <c>no-abort</c>.</param>
/// <param name="Path">The place, for example <c>blastRadius.neverTouch</c>; <c>$</c> for the whole.</param>
/// <param name="Message">What it is and what would be better.</param>
public sealed record DesignFinding(FindingWeight Weight, string Code, string Path, string Message);

/// <summary>What is to be said of a design before it is kept or run. Nothing of it is stored.</summary>
/// <param name="Accepted">Whether it would be kept as it is.</param>
/// <param name="Findings">What is wrong or worth a word, what matters most first.</param>
/// <param name="LastsSeconds">How long a run takes when every rung is held and the recovery takes all its time; null while the design is not accepted.</param>
/// <param name="Dependents">Services beyond the blast radius that may feel it; null while the design is not accepted.</param>
/// <param name="Reserves">What would be set aside of which budget; null when the design sets nothing aside, or it cannot be.</param>
/// <param name="Prediction">What it is expected to do, from declared and traced edges and earlier runs; null when nothing is known.</param>
public sealed record DesignLint(
    bool Accepted,
    IReadOnlyList<DesignFinding> Findings,
    int? LastsSeconds = null,
    IReadOnlyList<string>? Dependents = null,
    IReadOnlyList<BudgetReservation>? Reserves = null,
    ExperimentPrediction? Prediction = null
);
