using Steady.Contracts.Incidents;
using Steady.Kernel;

namespace Steady.Incidents.Paging;

// Events and state of an escalation: a stream beside its incident's. These names and shapes are what is stored;
// tests/Unit/Wire/incidents.golden.json pins them.

/// <summary>The policy as it was: what is set later is for later incidents.</summary>
public sealed record EscalationBegan(
    Guid IncidentId,
    long Number,
    string Service,
    string Policy,
    IReadOnlyList<EscalationStep> Steps,
    int Repeat,
    int? AcknowledgedForMinutes,
    DateTimeOffset At
);

public sealed record EscalationUnrouted(Guid IncidentId, long Number, string Service, DateTimeOffset At);

/// <summary>A page that is asked for.</summary>
public sealed record Call(
    Guid PageId,
    string Person,
    string Channel,
    ChannelKind Kind,
    string? Schedule,
    DateTimeOffset DueAt
);

public sealed record StepReached(
    Guid IncidentId,
    string Service,
    string Policy,
    int Round,
    int Step,
    IReadOnlyList<Call> Calls,
    IReadOnlyList<string> Unreachable,
    DateTimeOffset NextAt,
    DateTimeOffset At
);

public sealed record EscalationStopped(Guid IncidentId, string Service, string Because, DateTimeOffset At);

public sealed record EscalationResumed(Guid IncidentId, string Service, string Because, string By, DateTimeOffset At);

public sealed record EscalationHurried(Guid IncidentId, string Service, string Reason, string By, DateTimeOffset At);

public sealed record EscalationExhausted(Guid IncidentId, string Service, string Because, DateTimeOffset At);

/// <summary>How far the paging for an incident is.</summary>
public sealed record Escalation
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public Guid IncidentId { get; init; }
    public long Number { get; init; }
    public string Service { get; init; } = "";
    public EscalationStatus Status { get; init; }

    /// <summary>Null when no policy is for the service.</summary>
    public EscalationBegan? Policy { get; init; }

    /// <summary>From 0.</summary>
    public int Round { get; init; }

    /// <summary>The step that was reached last, from 0; -1 before the first.</summary>
    public int Step { get; init; } = -1;

    public DateTimeOffset NextAt { get; init; }

    /// <summary>How often it began, so that each time has pages of its own.</summary>
    public int Beginnings { get; init; }

    /// <summary>How many were paged in this round.</summary>
    public int CalledInRound { get; init; }

    /// <summary>When it was begun anew although somebody had the incident; their later acts count, earlier ones do not.</summary>
    public DateTimeOffset? ResumedAt { get; init; }

    /// <summary>The steps that were reached since it last began, from 0: the others were passed over.</summary>
    public IReadOnlyList<int> Reached { get; init; } = [];

    public static Guid IdOf(Guid incident) => StableId.From("escalation", incident.ToString());

    public static Escalation Create(EscalationBegan e) =>
        new()
        {
            IncidentId = e.IncidentId,
            Number = e.Number,
            Service = e.Service,
            Policy = e,
            NextAt = e.At,
            Beginnings = 1,
        };

    public static Escalation Create(EscalationUnrouted e) =>
        new()
        {
            IncidentId = e.IncidentId,
            Number = e.Number,
            Service = e.Service,
            Status = EscalationStatus.Unrouted,
        };

    public Escalation Apply(EscalationBegan e) =>
        this with
        {
            Status = EscalationStatus.Running,
            Policy = e,
            NextAt = e.At,
            Beginnings = 1,
        };

    public Escalation Apply(StepReached e) =>
        this with
        {
            Round = e.Round,
            Step = e.Step,
            NextAt = e.NextAt,
            Reached = [.. Reached.Union([e.Step])],
            CalledInRound = (e.Round == Round ? CalledInRound : 0) + e.Calls.Count,
        };

    public Escalation Apply(EscalationStopped _) => this with { Status = EscalationStatus.Stopped };

    public Escalation Apply(EscalationExhausted _) => this with { Status = EscalationStatus.Exhausted };

    public Escalation Apply(EscalationHurried e) => this with { NextAt = e.At };

    public Escalation Apply(EscalationResumed e) =>
        this with
        {
            Status = EscalationStatus.Running,
            Round = 0,
            Step = -1,
            NextAt = e.At,
            Beginnings = Beginnings + 1,
            Reached = [],
            CalledInRound = 0,
            ResumedAt = e.At,
        };
}
