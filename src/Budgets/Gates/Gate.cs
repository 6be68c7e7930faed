using JasperFx.Events;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Gates;

// Events and state of a gate decision. These names and shapes are what is stored.

public sealed record GateDecided(
    string Service,
    GateAction Action,
    string Ref,
    string Environment,
    decimal? ExpectedSpend,
    GateVerdict Decision,
    IReadOnlyList<string> Reasons,
    decimal? Remaining,
    IReadOnlyList<GateInput> Inputs,
    DateTimeOffset? Watermark,
    DateTimeOffset At,
    string By,
    string? Change = null,
    decimal? Burn1h = null,
    DateTimeOffset? ExhaustedAt = null,
    string? Policy = null,
    DateTimeOffset? ValidUntil = null,
    LastDecision? Last = null,
    GateOverride? Override = null,
    string? IdempotencyKey = null,
    int? OverrideMinutes = null
)
{
    public GateDecision View(Guid id) =>
        new(
            id,
            Service,
            Action,
            Ref,
            Environment,
            Decision,
            Decision != GateVerdict.Deny,
            Reasons,
            Remaining,
            Inputs,
            Watermark,
            At,
            By,
            ExpectedSpend,
            Change,
            Burn1h,
            ExhaustedAt,
            Policy,
            ValidUntil,
            Last,
            Override,
            IdempotencyKey
        );
}

public sealed record OverrideProposed(string Reason, int Minutes, string By, DateTimeOffset At, DateTimeOffset Until);

/// <summary>A denial was overridden: for the same question the gate allows until then.</summary>
public sealed record GateOverridden(
    string Service,
    GateAction Action,
    string Ref,
    string Environment,
    string Reason,
    string ProposedBy,
    string ApprovedBy,
    DateTimeOffset At,
    DateTimeOffset ExpiresAt
);

/// <summary>Somebody outside was told what the gate said, for example GitHub.</summary>
public sealed record GateReported(string To, string State, DateTimeOffset At);

public sealed record Gate
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required GateDecided Decided { get; init; }
    public required string Service { get; init; }

    /// <summary>Sorts by time, then by id, as text.</summary>
    public required string Order { get; init; }

    /// <summary>Service, environment and action: what the last decision is looked up by.</summary>
    public string? Scope { get; init; }

    /// <summary>Scope and reference: what an override holds for.</summary>
    public string? Question { get; init; }

    public OverrideProposed? Proposed { get; init; }
    public GateOverridden? Overridden { get; init; }
    public GateReported? Reported { get; init; }

    public static Gate Create(IEvent<GateDecided> e) =>
        new()
        {
            Decided = e.Data,
            Service = e.Data.Service,
            Order = $"{e.Data.At.UtcTicks:D19}-{e.StreamId}",
            Scope = ScopeOf(e.Data.Service, e.Data.Environment, e.Data.Action),
            Question = QuestionOf(e.Data.Service, e.Data.Environment, e.Data.Action, e.Data.Ref),
        };

    public Gate Apply(OverrideProposed e) => this with { Proposed = e };

    public Gate Apply(GateOverridden e) => this with { Overridden = e };

    public Gate Apply(GateReported e) => this with { Reported = e };

    public static string ScopeOf(string service, string environment, GateAction action) =>
        $"{service}\n{environment}\n{action}";

    public static string QuestionOf(string service, string environment, GateAction action, string subject) =>
        $"{ScopeOf(service, environment, action)}\n{subject}";

    /// <summary>The override that was given or asked for last; none when the decision had neither.</summary>
    public GateOverride? Override() =>
        Overridden is { } given && !(Proposed?.At > given.At)
            ? new(given.Reason, given.ProposedBy, given.ApprovedBy, given.ExpiresAt)
        : Proposed is { } asked ? new(asked.Reason, asked.By, null, asked.Until)
        : Decided.Override;

    public GateDecision View() => Decided.View(Id) with { Override = Override() };
}
