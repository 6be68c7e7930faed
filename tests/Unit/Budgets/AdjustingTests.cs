using Steady.Budgets.Adjustments;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using AdjustmentApproved = Steady.Budgets.Adjustments.AdjustmentApproved;
using AdjustmentProposed = Steady.Budgets.Adjustments.AdjustmentProposed;
using AdjustmentRevoked = Steady.Budgets.Adjustments.AdjustmentRevoked;

public sealed class AdjustingTests
{
    private const string Why = "The backbone was down.";
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);
    private static readonly BudgetOf Of = new(StableId.From("checkout"), "checkout", "checkout");
    private static readonly Guid One = StableId.From("one");
    private static readonly Guid Two = StableId.From("two");
    private static readonly AdjustmentRules Rules = new(true, 0.1m);
    private static readonly ProposeAdjustment Command = Period(-60, -30);
    private static readonly AdjustmentProposed Proposed = Proposal(One, -60, -30);
    private static readonly AdjustmentApproved Approved = Approval(One, -60, -30);

    [Fact]
    public void A_past_period_is_proposed() => When(Propose(null, Command)).Then(Proposed);

    [Fact]
    public void With_one_person_it_is_approved_at_once() =>
        When(Propose(null, Command, new(false, 0.1m))).Then(Proposed, Approved with { By = "ana" });

    [Fact]
    public void The_same_proposal_again_changes_nothing_and_another_of_its_id_is_refused()
    {
        Given<AdjustmentBook>(Proposed).When(book => Propose(book, Command)).ThenNothing();
        Given<AdjustmentBook>(Proposed)
            .When(book => Propose(book, Command with { Reason = "Other" }))
            .ThenRefused("idempotency-key-reused");
    }

    [Theory]
    [InlineData(-30, -30)]
    [InlineData(-30, -60)]
    [InlineData(-30, 1)]
    [InlineData(-600_000, -599_990)]
    public void What_is_no_past_period_is_refused(int from, int to) =>
        When(Propose(null, Period(from, to))).ThenRefused("period-invalid");

    [Fact]
    public void Parts_of_a_minute_are_refused()
    {
        When(Propose(null, Command with { From = Command.From.AddSeconds(1) })).ThenRefused("period-invalid");
        When(Propose(null, Command with { To = Command.To.AddSeconds(-1) })).ThenRefused("period-invalid");
    }

    [Fact]
    public void Any_past_period_may_be_proposed() =>
        When(Propose(null, Period(-500_000, -499_990))).Then(Proposal(One, -500_000, -499_990));

    [Fact]
    public void Somebody_else_approves()
    {
        Given<AdjustmentBook>(Proposed).When(book => Approve(book, "bo")).Then(Approved);
        Given<AdjustmentBook>(Proposed).When(book => Approve(book, "ana")).ThenRefused("second-person-needed");
        Given<AdjustmentBook>(Proposed)
            .When(book => Adjusting.Approve(book, One, Month, new(false, 0.1m), "ana", Now))
            .Then(Approved with { By = "ana" });
    }

    [Fact]
    public void Approving_twice_changes_nothing_and_what_was_revoked_stays_so()
    {
        Given<AdjustmentBook>(Proposed, Approved).When(book => Approve(book, "cy")).ThenNothing();
        Given<AdjustmentBook>(Proposed, Revocation())
            .When(book => Approve(book, "bo"))
            .ThenRefused("adjustment-revoked");
    }

    [Fact]
    public void What_nobody_proposed_is_unknown()
    {
        Given<AdjustmentBook>(Proposed)
            .When(book => Adjusting.Approve(book, Two, Month, Rules, "bo", Now))
            .ThenRefused("adjustment-unknown");
        Given<AdjustmentBook>(Proposed)
            .When(book => Adjusting.Revoke(book, Two, "Why", "bo", Now))
            .ThenRefused("adjustment-unknown");
    }

    [Fact]
    public void It_can_be_taken_back_once()
    {
        Given<AdjustmentBook>(Proposed, Approved)
            .When(book => Adjusting.Revoke(book, One, "Ours", "cy", Now))
            .Then(Revocation());
        Given<AdjustmentBook>(Proposed, Approved, Revocation())
            .When(book => Adjusting.Revoke(book, One, "Ours", "cy", Now))
            .ThenNothing();
    }

    [Fact]
    public void Beyond_the_cap_it_is_refused_with_figures()
    {
        // A tenth of 30 days are 4,320 minutes.
        When(Propose(null, Period(-4_320, 0))).Then(Proposal(One, -4_320, 0));
        var refused = Propose(null, Period(-4_321, 0)).Refusal!;
        Assert.Equal("adjustment-cap", refused.Code);
        Assert.StartsWith(
            "With this period 4321 min of a window of 30 days would be left out; 4320 min may be (10 %), and 0 min are already.",
            refused.Detail,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_cap_counts_what_any_window_of_the_length_would_leave_out_and_overlaps_once()
    {
        object[] month = [Proposal(Two, -40_000, -36_000), Approval(Two, -40_000, -36_000)];
        Given<AdjustmentBook>(month).When(book => Propose(book, Period(-400, -79))).ThenRefused("adjustment-cap");
        Given<AdjustmentBook>(month)
            .When(book => Propose(book, Period(-37_000, -35_680)))
            .Then(Proposal(One, -37_000, -35_680));
        // 30 days later nothing of it is in the same window any more.
        object[] old = [Proposal(Two, -90_000, -86_000), Approval(Two, -90_000, -86_000)];
        Given<AdjustmentBook>(old).When(book => Propose(book, Period(-4_000, 0))).Then(Proposal(One, -4_000, 0));
    }

    [Fact]
    public void The_cap_is_looked_at_again_when_it_is_approved() =>
        Given<AdjustmentBook>(Proposal(One, -4_000, 0), Proposal(Two, -9_000, -5_000), Approval(Two, -9_000, -5_000))
            .When(book => Adjusting.Approve(book, One, Month, Rules, "bo", Now))
            .ThenRefused("adjustment-cap");

    [Fact]
    public void Only_approved_periods_are_left_out_and_categories_can_be_chosen()
    {
        var book = Fold<AdjustmentBook>(
            Proposed,
            Proposal(Two, -50, -20) with
            {
                Category = AdjustmentCategory.OutOfScope,
            },
            Approved
        )!;
        Assert.Equal([Span(-60, -30)], book.Excluded());
        book = book.Apply(Approval(Two, -50, -20));
        Assert.Equal([Span(-60, -20)], book.Excluded());
        Assert.Equal([Span(-50, -20)], book.Excluded([AdjustmentCategory.OutOfScope]));
        Assert.Equal([Span(-50, -20)], book.Apply(Revocation()).Excluded());
    }

    [Fact]
    public void The_budget_is_told_what_is_left_out_whenever_that_changes()
    {
        var book = Fold<AdjustmentBook>(Proposed)!;
        Assert.Null(Adjusting.Exclusions(book, [Proposal(Two, -9, -8)], Of, Now));
        Assert.Equal([Span(-60, -30)], Adjusting.Exclusions(book, [Approved], Of, Now)!.Exclusions);
        Assert.Empty(Adjusting.Exclusions(book.Apply(Approved), [Revocation()], Of, Now)!.Exclusions);
        Assert.Equal([Span(-60, -30)], Adjusting.Exclusions(null, [Proposed, Approved], Of, Now)!.Exclusions);
    }

    private static Decision Propose(AdjustmentBook? book, ProposeAdjustment command, AdjustmentRules? rules = null) =>
        Adjusting.Propose(book, One, Of, Month, command, rules ?? Rules, "ana", Now);

    private static Decision Approve(AdjustmentBook book, string by) =>
        Adjusting.Approve(book, One, Month, Rules, by, Now);

    private static ProposeAdjustment Period(int from, int to) =>
        new(Now.AddMinutes(from), Now.AddMinutes(to), AdjustmentCategory.CompanyNetwork, Why);

    private static Interval Span(int from, int to) => new(Now.AddMinutes(from), Now.AddMinutes(to));

    private static AdjustmentProposed Proposal(Guid id, int from, int to) =>
        new(id, Of, Now.AddMinutes(from), Now.AddMinutes(to), AdjustmentCategory.CompanyNetwork, Why, "ana", Now);

    private static AdjustmentApproved Approval(Guid id, int from, int to) =>
        new(id, Of, Now.AddMinutes(from), Now.AddMinutes(to), AdjustmentCategory.CompanyNetwork, Why, "ana", "bo", Now);

    private static AdjustmentRevoked Revocation() =>
        new(One, Of, Now.AddMinutes(-60), Now.AddMinutes(-30), AdjustmentCategory.CompanyNetwork, "Ours", "cy", Now);
}
