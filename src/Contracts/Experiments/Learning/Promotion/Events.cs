namespace Steady.Contracts.Experiments;

/// <summary>An experiment may run in the next environment.</summary>
/// <param name="Experiment">The experiment that was shown to hold.</param>
/// <param name="Environment">Where it may run now.</param>
/// <param name="Target">The same design in that environment, by name.</param>
/// <param name="Evidence">What was shown.</param>
/// <param name="ValidUntil">When the evidence is too old.</param>
/// <param name="By">Who promoted it.</param>
/// <param name="At">When.</param>
public sealed record ExperimentPromoted(
    string Experiment,
    string Environment,
    string Target,
    PromotionEvidence Evidence,
    DateTimeOffset ValidUntil,
    string By,
    DateTimeOffset At
);

/// <summary>An experiment may no longer run in the next environment.</summary>
/// <param name="Experiment">The experiment.</param>
/// <param name="Environment">Where it may no longer run.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who took it back.</param>
/// <param name="At">When.</param>
public sealed record PromotionRevoked(
    string Experiment,
    string Environment,
    string Reason,
    string By,
    DateTimeOffset At
);
