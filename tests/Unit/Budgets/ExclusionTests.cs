using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using BudgetOpened = Steady.Budgets.Burn.BudgetOpened;

/// <summary>An excluded period drops good and bad alike, from the sums and from the slices (Datadog's rule for corrections).</summary>
public sealed class ExclusionTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 10, 0, 30, TimeSpan.Zero);
    private static readonly DateTimeOffset Minute = Now.AddSeconds(-30);

    // The last ten minutes, 100 events each; from the sixth minute on 40 of them fail.
    private static readonly (DateTimeOffset Start, Tally Tally)[] Counts =
    [
        .. Enumerable
            .Range(0, 10)
            .Select(minute => (Minute.AddMinutes(minute - 10), minute < 5 ? new Tally(100, 0) : new Tally(60, 40))),
    ];

    [Fact]
    public void Good_and_bad_are_dropped_and_the_unadjusted_figure_stays()
    {
        var reading = Read(Occurrences, Excluding(-4, -1));
        Assert.Equal(new Tally(620, 80), reading.Whole(Occurrences));
        Assert.Equal(new Tally(800, 200), reading.UnadjustedWhole(Occurrences));
    }

    [Fact]
    public void Without_an_exclusion_there_is_no_other_figure()
    {
        var reading = Read(Occurrences);
        Assert.Equal(new Tally(800, 200), reading.Whole(Occurrences));
        Assert.Null(reading.UnadjustedWhole(Occurrences));
        Assert.Null(Read(Occurrences, Excluding(-90_000, -80_000)).UnadjustedWhole(Occurrences));
    }

    [Fact]
    public void Slices_inside_are_no_slices()
    {
        var whole = Read(Slices).Whole(Slices);
        var less = Read(Slices, Excluding(-4, -1));
        Assert.Equal(5, whole.Bad);
        Assert.Equal((whole.Good, 2L), (less.Whole(Slices).Good, less.Whole(Slices).Bad));
        Assert.Equal(whole, less.UnadjustedWhole(Slices));
    }

    [Fact]
    public void Shorter_windows_leave_the_same_out() =>
        Assert.Equal(new Tally(60, 40), Read(Occurrences, Excluding(-5, -1)).In("5m"));

    private static ObjectiveTerms Occurrences { get; } = BudgetTerms.Rolling(0.9m, "30d");

    private static ObjectiveTerms Slices { get; } =
        Occurrences with
        {
            Method = BudgetingMethod.Timeslices,
            Slice = new TimeSlice(60, 0.95m, NoDataRule.Excluded),
        };

    private static Interval Excluding(int from, int to) => new(Minute.AddMinutes(from), Minute.AddMinutes(to));

    private static Reading Read(ObjectiveTerms terms, params Interval[] exclusions)
    {
        var of = new BudgetOf(StableId.From("checkout"), "checkout", "checkout");
        var opened = new BudgetOpened(of, "Checkout", "requests", 0.9m, "30d", Now.AddDays(-40), terms);
        var budget = Fold<Budget>(opened, new ExclusionsSet(of, exclusions, Now))!;
        return ReadingPlan
            .Of(budget, Now)
            .Over(
                (since, until) =>
                    Counts
                        .Where(one => since <= one.Start && one.Start < until)
                        .Aggregate(new Tally(), (sum, one) => sum + one.Tally)
            );
    }
}
