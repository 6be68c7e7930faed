namespace Steady.Contracts.Experiments;

/// <summary>A run was asked for and refused; nothing was touched.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">Its blast radius.</param>
/// <param name="Reason">Which gate said no, and why.</param>
/// <param name="By">Who asked.</param>
/// <param name="At">When.</param>
public sealed record RunRefused(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>A run began.</summary>
/// <param name="RunId">The run.</param>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="Experiment">Its name.</param>
/// <param name="Edge">The edge that will be hurt.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="By">Who started it.</param>
/// <param name="At">When.</param>
public sealed record RunStarted(
    Guid RunId,
    Guid ExperimentId,
    string Experiment,
    string Edge,
    IReadOnlyList<string> Services,
    string By,
    DateTimeOffset At
);

/// <summary>A fault was brought in and seen to take effect.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="Edge">The edge.</param>
/// <param name="RungNumber">1 for the first rung.</param>
/// <param name="Rung">Fault and magnitude.</param>
/// <param name="By">Who started the run.</param>
/// <param name="At">When.</param>
public sealed record FaultInjected(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    string Edge,
    int RungNumber,
    Rung Rung,
    string By,
    DateTimeOffset At
);

/// <summary>A fault is out, confirmed by the agent that held it.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="Edge">The edge.</param>
/// <param name="RungNumber">1 for the first rung.</param>
/// <param name="By">Who or what ended it.</param>
/// <param name="At">When.</param>
public sealed record FaultReverted(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    string Edge,
    int RungNumber,
    string By,
    DateTimeOffset At
);

/// <summary>A rung was judged.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="RungNumber">1 for the first rung.</param>
/// <param name="Rung">Fault and magnitude.</param>
/// <param name="Held">Whether the steady state held.</param>
/// <param name="Good">Probe requests within tolerance.</param>
/// <param name="Bad">Probe requests out of tolerance.</param>
/// <param name="By">Who started the run.</param>
/// <param name="At">When.</param>
public sealed record RungJudged(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    int RungNumber,
    Rung Rung,
    bool Held,
    int Good,
    int Bad,
    string By,
    DateTimeOffset At
);

/// <summary>A run ended early; every fault is out.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="Reason">What ended it.</param>
/// <param name="Finding">What it has shown all the same.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="By">Who or what halted it.</param>
/// <param name="At">When it ended.</param>
/// <param name="BreakingPoint">Where it broke; null when it did not.</param>
/// <param name="Was">Where the run before it broke.</param>
public sealed record RunHalted(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    string Reason,
    string Finding,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At,
    BreakingPoint? BreakingPoint = null,
    BreakingPoint? Was = null
);

/// <summary>A run ended as planned.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="Verdict">What it has shown.</param>
/// <param name="Finding">The verdict as a sentence.</param>
/// <param name="StartedAt">When it began.</param>
/// <param name="By">Who started it.</param>
/// <param name="At">When it ended.</param>
/// <param name="BreakingPoint">Where it broke; null when it did not.</param>
/// <param name="Was">Where the run before it broke.</param>
public sealed record RunConcluded(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    Verdict Verdict,
    string Finding,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At,
    BreakingPoint? BreakingPoint = null,
    BreakingPoint? Was = null
);

/// <summary>A run has ended, but a fault could not be shown to be gone. Somebody must look.</summary>
/// <param name="RunId">The run.</param>
/// <param name="Experiment">The experiment's name.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="Edge">The edge that may still be hurt.</param>
/// <param name="Detail">What was tried.</param>
/// <param name="StartedAt">When the run began.</param>
/// <param name="By">Who started the run.</param>
/// <param name="At">When.</param>
public sealed record RevertUnconfirmed(
    Guid RunId,
    string Experiment,
    IReadOnlyList<string> Services,
    string Edge,
    string Detail,
    DateTimeOffset StartedAt,
    string By,
    DateTimeOffset At
);
