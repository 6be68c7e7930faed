using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Experiments;

/// <summary>
/// A designed experiment: what should stay true, what is broken on purpose to find out, how far that may reach, and what
/// ends it early. Frozen with a hash before the first run; a frozen design never changes.
/// </summary>
/// <param name="Name">Unique name, lower-case words with hyphens. 1 to 63 characters.</param>
/// <param name="Hypothesis">The belief that is tested, as a sentence. 1 to 500 characters.</param>
/// <param name="Environment">Where it runs, for example <c>staging</c>. Everywhere but in <c>sandbox</c> an abort criterion is mandatory.</param>
/// <param name="SteadyState">The probe and the tolerance that say whether the system is well.</param>
/// <param name="Abort">Criteria that end a run at once.</param>
/// <param name="BlastRadius">What may be hurt.</param>
/// <param name="Ladder">The failure, step by step.</param>
/// <param name="Lease">How long a fault outlives its controller.</param>
/// <param name="RecoveryWithinSeconds">Time after the last fault in which the steady state must be back, 1 to 600.</param>
/// <param name="Owners">Who answers for it; at least one.</param>
/// <param name="Alarms">Further probes: what fails the run, and what forbids and stops it. None when absent.</param>
/// <param name="Budget">The share of the error budget that a run may spend; unlimited by the design when absent.</param>
/// <param name="Rollback">Calls made after every fault is out, in order, however the run ended. None when absent.</param>
/// <param name="Promotion">What a run in the next environment needs to have been shown here first. Nothing when absent.</param>
public sealed record ExperimentDesign(
    [property: Required, RegularExpression("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$")] string Name,
    [property: Required, StringLength(500, MinimumLength = 1)] string Hypothesis,
    [property: Required, StringLength(60, MinimumLength = 1)] string Environment,
    [property: Required] SteadyState SteadyState,
    [property: Required] IReadOnlyList<AbortCriterion> Abort,
    [property: Required] BlastRadius BlastRadius,
    [property: Required] Ladder Ladder,
    LeaseTerms? Lease,
    [property: Range(1, 600)] int RecoveryWithinSeconds,
    [property: Required, MinLength(1)] IReadOnlyList<string> Owners,
    [property: MaxLength(20)] IReadOnlyList<Alarm>? Alarms = null,
    BudgetReserve? Budget = null,
    [property: MaxLength(20)] IReadOnlyList<RollbackCall>? Rollback = null,
    PromotionTerms? Promotion = null
);

/// <summary>What a further probe decides.</summary>
public enum AlarmKind
{
    /// <summary>Out of tolerance, the run has broken: its rung is judged so.</summary>
    Outcome,

    /// <summary>Out of tolerance, no run starts, and one that goes on is halted.</summary>
    Blocking,
}

/// <summary>A probe beside the steady state, with a meaning of its own.</summary>
/// <param name="Name">A word for people. 1 to 63 characters, unique in the design.</param>
/// <param name="Kind">What it decides.</param>
/// <param name="Probe">How it is measured.</param>
/// <param name="Tolerance">What counts as well.</param>
public sealed record Alarm(
    [property: Required, StringLength(63, MinimumLength = 1)] string Name,
    AlarmKind Kind,
    [property: Required] HttpProbe Probe,
    [property: Required] Tolerance Tolerance
);

/// <summary>The part of an error budget that is set aside for a run before it begins and charged to it afterwards.</summary>
/// <param name="SpendAtMost">Share of the whole budget, above 0 and at most 1; a run that has spent it is halted.</param>
public sealed record BudgetReserve([property: Range(0.0, 1.0)] decimal SpendAtMost);

/// <summary>One HTTP call that puts something back. It may be made more than once, so it must be safe to repeat.</summary>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="Method"><c>GET</c>, <c>POST</c>, <c>PUT</c> or <c>DELETE</c>.</param>
/// <param name="Body">JSON that is sent; none when absent. At most 10,000 characters.</param>
/// <param name="TimeoutMs">How long an answer is waited for, 10 to 30,000 ms.</param>
public sealed record RollbackCall(
    [property: Required, Url] string Url,
    [property: Required, RegularExpression("^(GET|POST|PUT|DELETE)$")] string Method,
    [property: StringLength(10_000)] string? Body = null,
    [property: Range(10, 30_000)] int TimeoutMs = 5_000
);

/// <summary>The evidence that opens the next environment: the same design held here, and its rollback was proven.</summary>
/// <param name="Environment">The next environment, for example <c>production</c>.</param>
/// <param name="Held">How often the same frozen design must have held, 1 to 20.</param>
/// <param name="WithinDays">How old that evidence may be, 1 to 365 days.</param>
public sealed record PromotionTerms(
    [property: Required, StringLength(60, MinimumLength = 1)] string Environment,
    [property: Range(1, 20)] int Held = 1,
    [property: Range(1, 365)] int WithinDays = 14
);

/// <summary>The measurable steady state.</summary>
/// <param name="Probe">How it is measured.</param>
/// <param name="Tolerance">What counts as well.</param>
public sealed record SteadyState([property: Required] HttpProbe Probe, [property: Required] Tolerance Tolerance);

/// <summary>One HTTP request, repeated.</summary>
/// <param name="Url">Absolute http or https address.</param>
/// <param name="Method"><c>GET</c> or <c>POST</c>.</param>
/// <param name="TimeoutMs">A request that takes longer has failed, 10 to 10,000 ms.</param>
/// <param name="EveryMs">Time between two requests, 50 to 5,000 ms.</param>
/// <param name="Body">JSON that a POST sends; none when absent. At most 10,000 characters.</param>
public sealed record HttpProbe(
    [property: Required, Url] string Url,
    [property: Required, RegularExpression("^(GET|POST)$")] string Method,
    [property: Range(10, 10_000)] int TimeoutMs,
    [property: Range(50, 5_000)] int EveryMs,
    [property: StringLength(10_000)] string? Body = null
);

/// <summary>What counts as well: enough requests with the expected status in time.</summary>
/// <param name="Status">Expected HTTP status.</param>
/// <param name="WithinMs">Longest time of a good request.</param>
/// <param name="MinimumGood">Share of good requests, 0 to 1, for example 0.95.</param>
public sealed record Tolerance(
    [property: Range(100, 599)] int Status,
    [property: Range(1, 10_000)] int WithinMs,
    [property: Range(0.0, 1.0)] decimal MinimumGood
);

/// <summary>Ends a run when the probe fails too often. Evaluated at least once a second.</summary>
/// <param name="FailingAbove">Share of failed requests above which it is breached, 0 to 1.</param>
/// <param name="ForSeconds">Over the last so many seconds, 1 to 60.</param>
public sealed record AbortCriterion(
    [property: Range(0.0, 1.0)] decimal FailingAbove,
    [property: Range(1, 60)] int ForSeconds
);

/// <summary>What a run may hurt. Everything else is out of bounds.</summary>
/// <param name="Edge">Name of the fault agent's proxy, or of its target, that the fault is put on, for example <c>checkout-ledger</c>.</param>
/// <param name="Services">Services whose users may notice; at least one.</param>
/// <param name="NeverTouch">Services that must not be hurt, whatever the edge is called.</param>
/// <param name="Share">Share of the connections or calls that the fault may reach, above 0 and at most 1; all when absent.</param>
public sealed record BlastRadius(
    [property: Required, StringLength(100, MinimumLength = 1)] string Edge,
    [property: Required, MinLength(1)] IReadOnlyList<string> Services,
    IReadOnlyList<string>? NeverTouch = null,
    [property: Range(0.0, 1.0)] decimal? Share = null
);

/// <summary>The kinds of failure. The first two are on an edge, the others on a target of the fault agent's configuration.</summary>
public enum FaultKind
{
    /// <summary>Every reply comes later; magnitude in milliseconds.</summary>
    Latency,

    /// <summary>Connections are reset; magnitude in per cent of the connections.</summary>
    Failure,

    /// <summary>A process is paused; magnitude 1.</summary>
    Pause,

    /// <summary>A process is killed, once; magnitude 1.</summary>
    Kill,

    /// <summary>A table of PostgreSQL is locked for everybody else; magnitude 1.</summary>
    LockedTable,

    /// <summary>Connections of PostgreSQL are held so that others get none; magnitude: how many at most.</summary>
    HeldConnections,

    /// <summary>Sessions of PostgreSQL are ended, once; magnitude: how many at most.</summary>
    EndedSessions,

    /// <summary>Connections of RabbitMQ are closed, once; magnitude: how many at most.</summary>
    ClosedConnections,

    /// <summary>A port takes nothing; magnitude 1.</summary>
    BlockedPort,

    /// <summary>A port refuses connections; magnitude 1.</summary>
    RefusedPort,

    /// <summary>Calls inside a service that carries Steady.Chaos come later; magnitude in milliseconds.</summary>
    ServiceLatency,

    /// <summary>Calls inside a service that carries Steady.Chaos fail; magnitude in per cent of the calls.</summary>
    ServiceFailure,
}

/// <summary>One strength of the failure.</summary>
/// <param name="Fault">What kind.</param>
/// <param name="Magnitude">How strong: milliseconds (1 to 60,000), per cent (1 to 100), a count (1 to 5,000), or 1 of what is there or not.</param>
public sealed record Rung(FaultKind Fault, [property: Range(1, 60_000)] int Magnitude);

/// <summary>The failure, step by step: rising within each kind.</summary>
/// <param name="Rungs">1 to 20 rungs.</param>
/// <param name="HoldSeconds">How long each rung is held, 1 to 600 seconds.</param>
/// <param name="Bisect">Further rungs between the last that held and the first that broke, 0 to 5, none when absent: each halves the gap.</param>
public sealed record Ladder(
    [property: Required, MinLength(1), MaxLength(20)] IReadOnlyList<Rung> Rungs,
    [property: Range(1, 600)] int HoldSeconds,
    [property: Range(0, 5)] int? Bisect = null
);

/// <summary>How long a fault outlives a controller that went silent.</summary>
/// <param name="TtlSeconds">The fault ends by itself so long after the last renewal, 1 to 60; default 10.</param>
/// <param name="HardStopSeconds">The fault ends by itself in any case, 1 to 900; default 600.</param>
public sealed record LeaseTerms(
    [property: Range(1, 60)] int TtlSeconds = 10,
    [property: Range(1, 900)] int HardStopSeconds = 600
);

/// <summary>Ends a run now.</summary>
/// <param name="Reason">Why. 1 to 500 characters.</param>
public sealed record HaltRun([property: Required, StringLength(500, MinimumLength = 1)] string Reason);

/// <summary>Says that a fault whose end could not be shown is gone.</summary>
/// <param name="Evidence">What was looked at and seen. 1 to 1,000 characters.</param>
public sealed record ConfirmRevert([property: Required, StringLength(1000, MinimumLength = 1)] string Evidence);
