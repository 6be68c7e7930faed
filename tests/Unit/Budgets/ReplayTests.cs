using CsCheck;
using Steady.Budgets.Burn;
using Steady.Budgets.Counts;
using Steady.Budgets.History;
using Steady.Contracts.Budgets;
using Xunit;

namespace Steady.Tests.Unit.Budgets;

/// <summary>A past moment is read like the present one.</summary>
public sealed class ReplayTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);

    private static readonly Gen<ObjectiveTerms> Terms =
        from method in Gen.Enum<BudgetingMethod>()
        from noData in Gen.Enum<NoDataRule>()
        from seconds in Gen.Int[0, 2].Select(i => ((int[])[60, 300, 3600])[i])
        from calendar in Gen.Bool
        select new ObjectiveTerms(
            0.99m,
            method,
            calendar ? [new("1d"), new("1w", new("2026-01-05 00:00:00", "America/New_York"))] : [new("1d"), new("3d")],
            method == BudgetingMethod.Occurrences
                ? null
                : new TimeSlice(seconds, method == BudgetingMethod.Timeslices ? 0.95m : null, noData),
            null,
            new TrafficGuard()
        );

    [Fact]
    public void A_replay_reads_what_a_live_reading_reads_whatever_the_terms() =>
        (
            from terms in Terms
            from minutes in Gen.Int[-6_000, 0].HashSet[0, 60]
            from at in Gen.Int[-2_000, 60]
            from opened in Gen.Int[-5_000, 0]
            from excluded in Gen.Int[-5_000, 0]
            select (terms, minutes, at, opened, excluded)
        ).Sample(
            one =>
            {
                var buckets = one
                    .minutes.Order()
                    .Select(minute =>
                        (Start: Now.AddMinutes(minute), Tally: new Tally(50 + minute % 50, 3 - minute % 3))
                    )
                    .ToList();
                var counts = new CountHistory(buckets);
                var budget = Opened(one.terms, Now.AddMinutes(one.opened)) with
                {
                    Exclusions = [new(Now.AddMinutes(one.excluded), Now.AddMinutes(one.excluded + 90))],
                };
                var moment = Now.AddMinutes(one.at);
                var live = ReadingPlan.Of(budget, moment).Over(counts.Between);
                var replay = new Replay(budget, counts).At(moment);
                Assert.Equal(live.Periods, replay.Periods);
                Assert.Equal(live.Tallies, replay.Tallies);
            },
            iter: 300
        );

    [Fact]
    public void Slices_add_up_to_the_counts() =>
        Gen.Int[-500, 500]
            .HashSet[0, 50]
            .Sample(minutes =>
            {
                var counts = new CountHistory([
                    .. minutes.Order().Select(minute => (Now.AddMinutes(minute), new Tally(minute + 600, 1))),
                ]);
                var slices = counts.Slices(TimeSpan.FromMinutes(7)).ToList();
                Assert.Equal(
                    counts.Between(DateTimeOffset.MinValue, DateTimeOffset.MaxValue),
                    slices.Aggregate(default(Tally), (sum, slice) => sum + slice.Tally)
                );
                Assert.All(slices, slice => Assert.Equal(0, slice.Start.ToUnixTimeSeconds() % 420));
            });

    [Fact]
    public void A_revision_keeps_the_terms_of_before_for_the_time_of_before()
    {
        var opened = Opened(Rolling(0.99m), Now);
        var revised = opened.Apply(
            new BudgetRevised(opened.Of, "Checkouts succeed", "requests", Rolling(0.999m), Now.AddDays(1))
        );
        var versions = BudgetVersion.Of(revised);
        Assert.Equal([0.99m, 0.999m], versions.Select(version => version.Budget.Target));
        Assert.True(versions[0].Holds(Now.AddDays(-9)) && versions[0].Holds(Now.AddDays(1).AddTicks(-1)));
        Assert.True(versions[1].Holds(Now.AddDays(1)) && versions[1].Holds(Now.AddYears(9)));
    }

    private static ObjectiveTerms Rolling(decimal target) => BudgetTerms.Rolling(target, "30d");

    private static Budget Opened(ObjectiveTerms terms, DateTimeOffset at) =>
        Budget.Create(
            new BudgetOpened(
                new(Guid.Empty, "checkout-availability", "checkout"),
                "Checkouts succeed",
                "requests",
                terms.Target,
                terms.Windows[0].Duration,
                at,
                terms
            )
        );
}
