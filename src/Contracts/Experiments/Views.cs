namespace Steady.Contracts.Experiments;

/// <summary>An experiment's design and where it stands.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="Design">The design.</param>
/// <param name="FrozenHash">SHA-256 of the frozen design, hexadecimal; null while it is a draft.</param>
/// <param name="DraftedAt">When it was drafted first.</param>
/// <param name="By">Who drafted it.</param>
/// <param name="Import">The foreign file that the design came from last; null when it was written here.</param>
public sealed record ExperimentView(
    Guid Id,
    long Version,
    ExperimentDesign Design,
    string? FrozenHash,
    DateTimeOffset DraftedAt,
    string By,
    ImportSource? Import = null
);

/// <summary>The foreign file that a design came from.</summary>
/// <param name="SourceHash">SHA-256 of the file as it was sent, hexadecimal.</param>
/// <param name="Warnings">What was worth a word in it.</param>
/// <param name="At">When it was imported.</param>
public sealed record ImportSource(string SourceHash, IReadOnlyList<DocumentFinding> Warnings, DateTimeOffset At);

/// <summary>Where a run is.</summary>
public enum RunState
{
    /// <summary>A gate said no; nothing was touched.</summary>
    Refused,

    /// <summary>Measuring the steady state without a fault.</summary>
    Baselining,

    /// <summary>Bringing a rung's fault in and checking that it took effect.</summary>
    Injecting,

    /// <summary>The fault is live and watched.</summary>
    Holding,

    /// <summary>Taking every fault out.</summary>
    Reverting,

    /// <summary>Waiting for the steady state to come back.</summary>
    Recovering,

    /// <summary>Ended as planned, with a verdict.</summary>
    Concluded,

    /// <summary>Ended early; every fault is out.</summary>
    Halted,

    /// <summary>Ended, but a fault could not be shown to be gone. A person must look.</summary>
    RevertUnconfirmed,
}

/// <summary>What a run has shown.</summary>
public enum Verdict
{
    /// <summary>The steady state held on every rung.</summary>
    Held,

    /// <summary>The steady state broke on a rung.</summary>
    Broke,

    /// <summary>The run could not tell: a fault did not take effect, or it ended before a rung was judged.</summary>
    Inconclusive,
}

/// <summary>Where a steady state broke, as a number to follow over time.</summary>
/// <param name="Fault">What kind of fault.</param>
/// <param name="At">The weakest magnitude that broke it.</param>
/// <param name="Above">The strongest weaker one that held; null when none of its kind did.</param>
public sealed record BreakingPoint(FaultKind Fault, int At, int? Above);

/// <summary>A call that put something back after the run, or did not.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Url">The address.</param>
/// <param name="Ok">Whether it was answered with success.</param>
/// <param name="Detail">The answer, or why there was none.</param>
/// <param name="At">When.</param>
public sealed record RollbackResult(int Number, string Method, string Url, bool Ok, string Detail, DateTimeOffset At);

/// <summary>What one run of an experiment has shown, to compare with the others.</summary>
/// <param name="RunId">The run.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="State">How it ended.</param>
/// <param name="Verdict">What it has shown.</param>
/// <param name="BreakingPoint">Where it broke; null when it did not.</param>
/// <param name="Was">Where the run before it broke, as it was known then.</param>
/// <param name="Finding">The verdict as a sentence.</param>
/// <param name="RecoverySeconds">How long the steady state took to come back.</param>
public sealed record RunSummary(
    Guid RunId,
    DateTimeOffset StartedAt,
    RunState State,
    Verdict? Verdict,
    BreakingPoint? BreakingPoint,
    BreakingPoint? Was,
    string? Finding,
    decimal? RecoverySeconds
);

/// <summary>One rung as it went.</summary>
/// <param name="Number">1 for the first.</param>
/// <param name="Rung">Fault and magnitude.</param>
/// <param name="StartedAt">When its fault was asked for.</param>
/// <param name="EffectVerified">Whether the fault was seen to take effect.</param>
/// <param name="Good">Probe requests within tolerance while it was held.</param>
/// <param name="Bad">Probe requests out of tolerance while it was held.</param>
/// <param name="Held">Whether the tolerance held; null while it was not judged.</param>
/// <param name="RevertedAt">When its fault was out; null while it is in.</param>
/// <param name="Alarms">Outcome alarms that were out of tolerance while it was held; null when none was.</param>
public sealed record RungResult(
    int Number,
    Rung Rung,
    DateTimeOffset StartedAt,
    bool EffectVerified,
    int Good,
    int Bad,
    bool? Held,
    DateTimeOffset? RevertedAt,
    IReadOnlyList<string>? Alarms = null
);

/// <summary>One execution of a frozen experiment.</summary>
/// <param name="Id">Its stream.</param>
/// <param name="Version">Its stream's version; the ETag.</param>
/// <param name="ExperimentId">The experiment.</param>
/// <param name="Experiment">Its name.</param>
/// <param name="Hypothesis">Its hypothesis.</param>
/// <param name="Environment">Where it runs.</param>
/// <param name="Edge">The edge that is hurt.</param>
/// <param name="Services">The services inside the blast radius.</param>
/// <param name="State">Where it is.</param>
/// <param name="Rungs">Rungs begun so far.</param>
/// <param name="RungCount">Rungs of the ladder.</param>
/// <param name="FaultsLive">Faults in place right now.</param>
/// <param name="Verdict">What it has shown; null while it runs and when it was refused.</param>
/// <param name="Finding">The verdict as a sentence, for example "Broke between 200 and 400 ms of latency."</param>
/// <param name="Reason">Why it was refused or halted.</param>
/// <param name="RecoverySeconds">Time from the last fault's end to the steady state's return; null when not measured.</param>
/// <param name="StartedAt">When it was asked for.</param>
/// <param name="EndedAt">When it ended.</param>
/// <param name="By">Who started it.</param>
/// <param name="BreakingPoint">Where it broke, as far as is known; null while it has not.</param>
/// <param name="Was">Where the run before it broke.</param>
/// <param name="Rollbacks">Calls that put something back after the last fault; null when there were none.</param>
/// <param name="Dependents">Services that depend on the blast radius; null when nobody was declared to.</param>
public sealed record RunView(
    Guid Id,
    long Version,
    Guid ExperimentId,
    string Experiment,
    string Hypothesis,
    string Environment,
    string Edge,
    IReadOnlyList<string> Services,
    RunState State,
    IReadOnlyList<RungResult> Rungs,
    int RungCount,
    int FaultsLive,
    Verdict? Verdict,
    string? Finding,
    string? Reason,
    decimal? RecoverySeconds,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string By,
    BreakingPoint? BreakingPoint = null,
    BreakingPoint? Was = null,
    IReadOnlyList<RollbackResult>? Rollbacks = null,
    IReadOnlyList<string>? Dependents = null
);
