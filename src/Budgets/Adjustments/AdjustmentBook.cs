using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Adjustments;

// Events and state of the adjustments of one objective, in one stream so that their cap holds. These names and shapes are
// what is stored.

public sealed record AdjustmentProposed(
    Guid AdjustmentId,
    BudgetOf Of,
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record AdjustmentApproved(
    Guid AdjustmentId,
    BudgetOf Of,
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    string Reason,
    string ProposedBy,
    string By,
    DateTimeOffset At
);

public sealed record AdjustmentRevoked(
    Guid AdjustmentId,
    BudgetOf Of,
    DateTimeOffset From,
    DateTimeOffset To,
    AdjustmentCategory Category,
    string Reason,
    string By,
    DateTimeOffset At
);

public sealed record AdjustmentBook
{
    public Guid Id { get; init; }
    public long Version { get; init; }
    public required BudgetOf Of { get; init; }

    /// <summary>In the order in which they were proposed.</summary>
    public IReadOnlyList<AdjustmentView> Adjustments { get; init; } = [];

    public static AdjustmentBook Create(AdjustmentProposed e) => new() { Of = e.Of, Adjustments = [Proposed(e)] };

    public AdjustmentBook Apply(AdjustmentProposed e) => this with { Adjustments = [.. Adjustments, Proposed(e)] };

    public AdjustmentBook Apply(AdjustmentApproved e) =>
        With(
            e.AdjustmentId,
            one => one with { State = AdjustmentState.Approved, ApprovedBy = e.By, ApprovedAt = e.At }
        );

    public AdjustmentBook Apply(AdjustmentRevoked e) =>
        With(
            e.AdjustmentId,
            one =>
                one with
                {
                    State = AdjustmentState.Revoked,
                    RevokedBy = e.By,
                    RevokedAt = e.At,
                    RevokedReason = e.Reason,
                }
        );

    public static Guid IdOf(Guid objectiveId) => Kernel.StableId.From("adjustments", objectiveId.ToString());

    public AdjustmentView? Find(Guid id) => Adjustments.FirstOrDefault(one => one.Id == id);

    /// <summary>The approved periods, of some categories or of all; overlaps merged.</summary>
    public IReadOnlyList<Interval> Excluded(IReadOnlyCollection<AdjustmentCategory>? categories = null) =>
        Adjustments
            .Where(one => one.State == AdjustmentState.Approved && categories?.Contains(one.Category) != false)
            .Select(one => new Interval(one.From, one.To))
            .Union();

    private AdjustmentBook With(Guid id, Func<AdjustmentView, AdjustmentView> change) =>
        this with
        {
            Adjustments = [.. Adjustments.Select(one => one.Id == id ? change(one) : one)],
        };

    private static AdjustmentView Proposed(AdjustmentProposed e) =>
        new(
            e.AdjustmentId,
            e.Of.Objective,
            e.From,
            e.To,
            e.Category,
            e.Reason,
            AdjustmentState.Proposed,
            e.By,
            e.At,
            null,
            null,
            null,
            null,
            null
        );
}
