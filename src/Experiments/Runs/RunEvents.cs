using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;

namespace Steady.Experiments.Runs;

// Events of a run. These names and shapes are what is stored.

/// <summary>What a run is about; repeated where others hear of it, so that announcing an event needs only that event.</summary>
public sealed record About(
    string Experiment,
    string Edge,
    IReadOnlyList<string> Services,
    DateTimeOffset StartedAt,
    string By
);

public sealed record RunRequested(
    About About,
    Guid ExperimentId,
    ExperimentDesign Design,
    string DesignHash,
    DateTimeOffset At,
    IReadOnlyList<string>? Dependents = null
);

public sealed record GateEvaluated(string Kind, string Subject, bool Open, string Evidence, DateTimeOffset At);

/// <summary>A share of each affected budget was set aside for the run, before it began.</summary>
public sealed record BudgetReserved(decimal SpendAtMost, IReadOnlyList<BudgetReservation> Budgets, DateTimeOffset At);

public sealed record RunRefused(About About, string Reason, DateTimeOffset At);

public sealed record RunStarted(About About, Guid ExperimentId, DateTimeOffset At);

/// <summary>A controller took the run in hand. Its epoch fences off every controller before it.</summary>
public sealed record ControllerAttached(long Epoch, DateTimeOffset At);

public sealed record BaselineMeasured(int Good, int Bad, bool Held, DateTimeOffset At);

/// <summary>Written before the fault is asked for, so that whoever comes after a crash knows what to take out.</summary>
public sealed record StepStarted(int RungNumber, Rung Rung, Guid LeaseId, DateTimeOffset At);

public sealed record LeaseGranted(int RungNumber, Guid LeaseId, long Epoch, int TtlSeconds, DateTimeOffset At);

public sealed record FaultInjected(About About, int RungNumber, Rung Rung, FaultEffect Effect, DateTimeOffset At);

public sealed record EffectNotSeen(int RungNumber, Rung Rung, FaultEffect Effect, DateTimeOffset At);

public sealed record RungJudged(
    About About,
    int RungNumber,
    Rung Rung,
    bool Held,
    int Good,
    int Bad,
    DateTimeOffset At,
    IReadOnlyList<string>? Alarms = null
);

public sealed record HaltRequested(string Reason, string By, DateTimeOffset At);

public sealed record FaultReverted(
    About About,
    int RungNumber,
    Guid LeaseId,
    bool WasLive,
    string By,
    DateTimeOffset At
);

/// <summary>Seconds from the last fault's end to the steady state's return; null when it did not come back in time.</summary>
public sealed record RecoveryMeasured(decimal? Seconds, DateTimeOffset At);

/// <summary>With where it broke, and where the run before it broke, when they did.</summary>
public sealed record RunConcluded(
    About About,
    Verdict Verdict,
    string Finding,
    DateTimeOffset At,
    BreakingPoint? BreakingPoint = null,
    BreakingPoint? Was = null
);

public sealed record RunHalted(
    About About,
    Verdict Verdict,
    string Finding,
    string Reason,
    string By,
    DateTimeOffset At,
    BreakingPoint? BreakingPoint = null,
    BreakingPoint? Was = null
);

/// <summary>A call that puts something back was made, after every fault was out.</summary>
public sealed record RollbackCalled(int Number, string Method, string Url, bool Ok, string Detail, DateTimeOffset At);

public sealed record RevertUnconfirmed(About About, string Detail, Verdict Verdict, string Finding, DateTimeOffset At);

/// <summary>A person has looked and says, with evidence, that no fault is left.</summary>
public sealed record RevertConfirmed(About About, string Evidence, string Finding, string By, DateTimeOffset At);
