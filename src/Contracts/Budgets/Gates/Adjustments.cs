using System.ComponentModel.DataAnnotations;

namespace Steady.Contracts.Budgets;

/// <summary>Why a past period does not count. The first four are the waivers of the SRE Workbook's example policy.</summary>
public enum AdjustmentCategory
{
    /// <summary>The network of the whole company failed.</summary>
    CompanyNetwork,

    /// <summary>A service of another team failed, and that team has frozen its releases for it.</summary>
    FrozenDependency,

    /// <summary>Users out of scope: load tests, penetration tests.</summary>
    OutOfScope,

    /// <summary>Counted as failures although nobody suffered.</summary>
    Miscategorised,

    /// <summary>Maintenance that was announced.</summary>
    Maintenance,

    /// <summary>Counts that were wrong.</summary>
    WrongData,
}

/// <summary>How far an adjustment is.</summary>
public enum AdjustmentState
{
    /// <summary>It waits for another person and changes nothing.</summary>
    Proposed,

    /// <summary>Its period is left out.</summary>
    Approved,

    /// <summary>It was taken back; its period counts.</summary>
    Revoked,
}

/// <summary>Proposes that a past period counts neither as good nor as bad.</summary>
/// <param name="From">Beginning, a whole minute.</param>
/// <param name="To">End, a whole minute; not later than now.</param>
/// <param name="Category">Why, in one word.</param>
/// <param name="Reason">Why, in a sentence. 1 to 1,000 characters.</param>
public sealed record ProposeAdjustment(
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    [property: Required, StringLength(1000, MinimumLength = 1)] string Reason
);

/// <summary>Takes an adjustment back.</summary>
/// <param name="Reason">Why. 1 to 1,000 characters.</param>
public sealed record RevokeAdjustment([property: Required, StringLength(1000, MinimumLength = 1)] string Reason);

/// <summary>A past period that is, was or shall be left out of an objective's figures.</summary>
/// <param name="Id">Which.</param>
/// <param name="Objective">The objective's name.</param>
/// <param name="From">Beginning.</param>
/// <param name="To">End.</param>
/// <param name="Category">Why, in one word.</param>
/// <param name="Reason">Why.</param>
/// <param name="State">How far it is.</param>
/// <param name="ProposedBy">Who proposed it.</param>
/// <param name="ProposedAt">When.</param>
/// <param name="ApprovedBy">Who approved it.</param>
/// <param name="ApprovedAt">When.</param>
/// <param name="RevokedBy">Who took it back.</param>
/// <param name="RevokedAt">When.</param>
/// <param name="RevokedReason">Why.</param>
public sealed record AdjustmentView(
    Guid Id,
    string Objective,
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    string Reason,
    AdjustmentState State,
    string ProposedBy,
    DateTimeOffset ProposedAt,
    string? ApprovedBy,
    DateTimeOffset? ApprovedAt,
    string? RevokedBy,
    DateTimeOffset? RevokedAt,
    string? RevokedReason
);

/// <summary>Figures as they would stand without any adjustment; always beside the official ones.</summary>
/// <param name="Good">Good events in the window.</param>
/// <param name="Bad">Bad events in the window.</param>
/// <param name="AllowedBad">Failures the budget would allow.</param>
/// <param name="Remaining">Share of the budget that would be left; rounded for reading.</param>
/// <param name="ExcludedSeconds">How much of the window is left out of the official figures.</param>
public sealed record UnadjustedFigures(long Good, long Bad, long AllowedBad, decimal? Remaining, long ExcludedSeconds);
