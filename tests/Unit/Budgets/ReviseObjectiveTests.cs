using Steady.Budgets.Objectives;
using Steady.Kernel;
using Steady.OpenSlo;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

public sealed class ReviseObjectiveTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static readonly Objective Defined = Objective.Create(
        (ObjectiveDefined)Defining.Decide(Draft("0.999"), "ana", At).Events.Single()
    );

    [Fact]
    public void The_same_document_changes_nothing_however_it_is_written()
    {
        Assert.Empty(Decide(Defined, Draft("0.999")).Events);
        Assert.Empty(Decide(Defined, Draft("0.9990  # as before")).Events);
    }

    [Fact]
    public void Another_document_is_a_revision_beside_the_old_one()
    {
        var revised = Assert.IsType<ObjectiveRevised>(Assert.Single(Decide(Defined, Draft("0.99")).Events));
        Assert.Equal((0.99m, "bo", At.AddDays(1)), (revised.Terms.Target, revised.By, revised.At));
        var objective = Defined.Apply(revised);
        Assert.Equal([(1, 0.999m), (2, 0.99m)], objective.Revisions().Select(r => (r.Number, r.Terms.Target)));
        var view = objective.View();
        Assert.Equal((2, 0.99m, At, At.AddDays(1)), (view.Revision, view.Target, view.DefinedAt, view.RevisedAt));
        Assert.Empty(Decide(objective, Draft("0.99")).Events);
    }

    [Fact]
    public void A_retired_objective_is_kept_as_it_was()
    {
        var retired = Assert.IsType<ObjectiveRetired>(Assert.Single(Retiring.Decide(Defined, "ana", At).Events));
        var objective = Defined.Apply(retired);
        Assert.Equal(At, objective.View().RetiredAt);
        Assert.Empty(Retiring.Decide(objective, "ana", At).Events);
        Assert.Equal("objective-retired", Decide(objective, Draft("0.99")).Refusal?.Code);
    }

    [Fact]
    public void An_objective_of_the_first_version_is_the_same_as_its_document()
    {
        var old = Objective.Create(
            new("checkout-availability", "Checkouts succeed", "checkout", "checkout-requests", 0.999m, "30d", "ana", At)
        );
        Assert.Empty(Decide(old, Draft("0.999")).Events);
        Assert.Single(Decide(old, Draft("0.99")).Events);
    }

    private static Decision Decide(Objective objective, ObjectiveDraft draft) =>
        Revising.Decide(objective, draft, "bo", At.AddDays(1));

    private static ObjectiveDraft Draft(string target) =>
        Assert.Single(
            Drafts
                .Read(
                    $$"""
                    apiVersion: openslo/v1
                    kind: SLO
                    metadata: { name: checkout-availability, displayName: Checkouts succeed }
                    spec:
                      service: checkout
                      indicatorRef: checkout-requests
                      timeWindow: [{ duration: 30d, isRolling: true }]
                      budgetingMethod: Occurrences
                      objectives:
                        - target: {{target}}
                    """,
                    Mode.Strict,
                    Format.Yaml
                )
                .Objectives
        );
}
