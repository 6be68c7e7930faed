namespace Steady.Contracts.Budgets;

/// <summary>Two persons let a question through that a gate had denied; the same question is allowed until it expires.</summary>
/// <param name="DecisionId">The denial.</param>
/// <param name="Service">For which service.</param>
/// <param name="Action">What was asked.</param>
/// <param name="Ref">What it was about.</param>
/// <param name="Environment">Where.</param>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">Who asked for it.</param>
/// <param name="ApprovedBy">The second person.</param>
/// <param name="At">When it was approved.</param>
/// <param name="ExpiresAt">Until when it holds.</param>
public sealed record GateOverridden(
    Guid DecisionId,
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

/// <summary>Somebody asks for a past period to be left out. Nothing has changed yet.</summary>
/// <param name="AdjustmentId">The adjustment.</param>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="From">Beginning of the period.</param>
/// <param name="To">End of the period.</param>
/// <param name="Category">Why, in one word.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record AdjustmentProposed(
    Guid AdjustmentId,
    Guid ObjectiveId,
    string Objective,
    string Service,
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>A past period counts neither as good nor as bad any more.</summary>
/// <param name="AdjustmentId">The adjustment.</param>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="From">Beginning of the period.</param>
/// <param name="To">End of the period.</param>
/// <param name="Category">Why, in one word.</param>
/// <param name="Reason">Why.</param>
/// <param name="ProposedBy">Who asked for it.</param>
/// <param name="By">Who approved it.</param>
/// <param name="At">When.</param>
public sealed record AdjustmentApproved(
    Guid AdjustmentId,
    Guid ObjectiveId,
    string Objective,
    string Service,
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    string Reason,
    string ProposedBy,
    string By,
    DateTimeOffset At
);

/// <summary>An adjustment was taken back; its period counts.</summary>
/// <param name="AdjustmentId">The adjustment.</param>
/// <param name="ObjectiveId">The objective.</param>
/// <param name="Objective">Its name.</param>
/// <param name="Service">Its service.</param>
/// <param name="From">Beginning of the period.</param>
/// <param name="To">End of the period.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who.</param>
/// <param name="At">When.</param>
public sealed record AdjustmentRevoked(
    Guid AdjustmentId,
    Guid ObjectiveId,
    string Objective,
    string Service,
    DateTimeOffset From,
    DateTimeOffset To,
    string Reason,
    string By,
    DateTimeOffset At
);

/// <summary>A gate policy has a new revision.</summary>
/// <param name="Policy">Its name.</param>
/// <param name="Revision">The revision.</param>
/// <param name="Retired">It decides nothing any more.</param>
/// <param name="By">Who changed it.</param>
/// <param name="At">When.</param>
/// <param name="Services">The services with objectives that it was for at that moment; null in what was announced before they were told.</param>
public sealed record PolicyChanged(
    string Policy,
    long Revision,
    bool Retired,
    string By,
    DateTimeOffset At,
    IReadOnlyList<string>? Services = null
);

/// <summary>A version of a service went out, or came back.</summary>
/// <param name="DeployId">The deployment.</param>
/// <param name="Service">The service that changed.</param>
/// <param name="Ref">What went out.</param>
/// <param name="Environment">Where.</param>
/// <param name="Affects">Every service whose users may feel it, its own first.</param>
/// <param name="Team">The team that changed it, when it was told.</param>
/// <param name="Rollback">It takes an earlier one back.</param>
/// <param name="At">When.</param>
public sealed record DeployRecorded(
    Guid DeployId,
    string Service,
    string Ref,
    string Environment,
    IReadOnlyList<string> Affects,
    string? Team,
    bool Rollback,
    DateTimeOffset At
);
