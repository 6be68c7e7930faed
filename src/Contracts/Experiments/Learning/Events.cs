namespace Steady.Contracts.Experiments;

/// <summary>A run has shown something that is worth remembering.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="RunId">The run that showed it.</param>
/// <param name="Experiment">The run's experiment.</param>
/// <param name="Services">The services inside the run's blast radius.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Coupling">How the two that suffered together hang together; null when open.</param>
/// <param name="Title">In a few words.</param>
/// <param name="By">Who raised it.</param>
/// <param name="At">When.</param>
public sealed record FindingRaised(
    Guid FindingId,
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    FindingKind Kind,
    CouplingType? Coupling,
    string Title,
    string By,
    DateTimeOffset At
);

/// <summary>Something is to be done about a finding. Whoever keeps follow-ups listens to this.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Number">Which of its items.</param>
/// <param name="Finding">The finding, in a few words.</param>
/// <param name="Services">The services it is about.</param>
/// <param name="Text">What is to be done.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="DueOn">Until when; null when open.</param>
/// <param name="By">Who linked it.</param>
/// <param name="At">When.</param>
public sealed record ActionItemLinked(
    Guid FindingId,
    int Number,
    string Finding,
    IReadOnlyList<string> Services,
    string Text,
    string Owner,
    DateOnly? DueOn,
    string By,
    DateTimeOffset At
);

/// <summary>The experiment that failed while a finding was open has held: it is fixed.</summary>
/// <param name="FindingId">The finding.</param>
/// <param name="Finding">The finding, in a few words.</param>
/// <param name="Services">The services it is about.</param>
/// <param name="Experiment">The experiment that held.</param>
/// <param name="RunId">The run in which it did.</param>
/// <param name="At">When that was seen.</param>
public sealed record FixVerified(
    Guid FindingId,
    string Finding,
    IReadOnlyList<string> Services,
    string Experiment,
    Guid RunId,
    DateTimeOffset At
);
