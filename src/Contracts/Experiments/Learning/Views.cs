namespace Steady.Contracts.Experiments;

/// <summary>Something to be done about a finding.</summary>
/// <param name="Number">1 for the first of the finding.</param>
/// <param name="Text">What.</param>
/// <param name="Owner">Who does it.</param>
/// <param name="DueOn">Until when; null when open.</param>
/// <param name="By">Who linked it.</param>
/// <param name="At">When.</param>
public sealed record ActionItem(int Number, string Text, string Owner, DateOnly? DueOn, string By, DateTimeOffset At);

/// <summary>The experiment that fails for as long as a finding is not fixed.</summary>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="Name">Its name.</param>
/// <param name="MustHold">What it has to hold: the strength at which it broke.</param>
/// <param name="At">When it was made.</param>
public sealed record RegressionExperiment(Guid ExperimentId, string Name, Rung MustHold, DateTimeOffset At);

/// <summary>Something that a run has shown.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="RunId">The run that showed it.</param>
/// <param name="Experiment">The run's experiment.</param>
/// <param name="Services">The services inside the run's blast radius.</param>
/// <param name="Kind">What kind of thing it is.</param>
/// <param name="Coupling">How the two that suffered together hang together.</param>
/// <param name="Title">In a few words.</param>
/// <param name="Description">What was seen and what it means.</param>
/// <param name="Actions">What is to be done about it.</param>
/// <param name="Regression">The experiment that fails while it is not fixed; null until one was made.</param>
/// <param name="VerifiedBy">The run that held and so shows that it is fixed; null until there is one.</param>
/// <param name="VerifiedAt">When that was seen.</param>
/// <param name="By">Who raised it.</param>
/// <param name="At">When.</param>
public sealed record FindingView(
    Guid Id,
    long Version,
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    FindingKind Kind,
    CouplingType? Coupling,
    string Title,
    string? Description,
    IReadOnlyList<ActionItem> Actions,
    RegressionExperiment? Regression,
    Guid? VerifiedBy,
    DateTimeOffset? VerifiedAt,
    string By,
    DateTimeOffset At
);
