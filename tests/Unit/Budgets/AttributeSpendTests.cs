using CsCheck;
using Steady.Budgets.Burn;
using Steady.Contracts.Budgets;
using Steady.Kernel;
using Xunit;
using static Steady.Tests.Support.Spec;

namespace Steady.Tests.Unit.Budgets;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using SpendAttributed = Steady.Budgets.Burn.SpendAttributed;

public sealed class AttributeSpendTests
{
    private static readonly DateTimeOffset Ten = new(2026, 11, 24, 10, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Now = Ten.AddHours(1);
    private static readonly BudgetOf Of = new(StableId.From("checkout"), "checkout", "checkout");
    private static readonly BudgetOpened Opened = new(Of, "Checkout", "requests", 0.999m, "30d", Ten.AddDays(-1));
    private static readonly Ratio MayFail = BurnRates.MayFail(0.999m);
    private static readonly Tally Whole = new(99_940, 60);

    private static readonly Cause Incident = new(CauseKind.Incident, StableId.From("inc"), "Disk full", At(20), At(60));
    private static readonly Cause Run = new(CauseKind.Run, StableId.From("run"), "Ledger is slow", At(0), At(35));

    [Fact]
    public void Failures_inside_the_interval_are_put_down_to_the_cause() =>
        Given<Budget>(Opened)
            .When(budget =>
                Attributing.Decide(budget, Incident, [Bucket(10, 7), Bucket(20, 20), Bucket(60, 9)], Whole, Now)
            )
            .Then(Attributed(Incident, 20, 0.2m));

    [Fact]
    public void The_same_cause_again_changes_nothing() =>
        Given<Budget>(Opened, Attributed(Incident, 20, 0.2m))
            .When(budget => Attributing.Decide(budget, Incident, [Bucket(20, 30)], Whole, Now))
            .ThenNothing();

    [Fact]
    public void A_cause_that_is_told_again_with_a_longer_interval_covers_both() =>
        Given<Budget>(Opened, Attributed(Incident, 20, 0.2m))
            .When(budget =>
                Attributing.Decide(
                    budget,
                    Incident with
                    {
                        From = At(40),
                        To = At(90),
                    },
                    [Bucket(20, 20), Bucket(80, 5)],
                    Whole,
                    Now
                )
            )
            .Then(Attributed(Incident with { To = At(90) }, 25, 0.25m));

    [Fact]
    public void A_run_comes_before_an_incident_whoever_is_told_first()
    {
        FailedBucket[] buckets = [Bucket(10, 1), Bucket(20, 2), Bucket(30, 4), Bucket(40, 8), Bucket(70, 45)];
        Assert.Equal(
            [("Unattributed", 45L), ("Disk full", 8L), ("Ledger is slow", 7L)],
            Labels(Attribution.Shares([Incident, Run], buckets, Whole, MayFail))
        );
        Assert.Equal(
            Labels(Attribution.Shares([Incident, Run], buckets, Whole, MayFail)),
            Labels(Attribution.Shares([Run, Incident], buckets, Whole, MayFail))
        );
    }

    [Theory]
    [InlineData(10, false)] // ends where the incident begins
    [InlineData(20, true)]
    [InlineData(50, true)]
    [InlineData(60, false)] // begins where the incident ends
    public void A_bucket_belongs_to_the_interval_that_it_touches(int second, bool belongs)
    {
        var shares = Attribution.Shares([Incident], [Bucket(second, 60)], Whole, MayFail);
        Assert.Equal(belongs ? "Disk full" : "Unattributed", Assert.Single(shares).Label);
    }

    [Fact]
    public void A_coarse_bucket_goes_as_a_whole()
    {
        var shares = Attribution.Shares([Incident], [new FailedBucket(Ten, 3600, 60)], Whole, MayFail);
        Assert.Equal([("Disk full", 60L)], Labels(shares));
    }

    [Fact]
    public void Nothing_failed_nobody_spent() =>
        Assert.Empty(Attribution.Shares([Incident, Run], [], new Tally(100, 0), MayFail));

    [Fact]
    public void Causes_that_left_the_window_are_forgotten()
    {
        var old = Attributed(Run, 7, 0.07m) with { From = Ten.AddDays(-32), To = Ten.AddDays(-31) };
        var budget = Fold<Budget>(Opened, old, Attributed(Incident, 20, 0.2m))!;
        Assert.Equal([Incident], budget.Causes);
    }

    [Fact]
    public void The_parts_always_add_up_to_the_whole()
    {
        var cause = Gen.Select(Gen.Bool, Gen.Int[0, 600], Gen.Int[0, 200], Gen.Int[1, 1_000_000])
            .Select(
                (run, from, length, id) =>
                    new Cause(
                        run ? CauseKind.Run : CauseKind.Incident,
                        StableId.From($"{id}"),
                        "Somebody",
                        At(from),
                        At(from + length)
                    )
            );
        var bucket = Gen.Select(Gen.Int[0, 80], Gen.Bool.Select(fine => fine ? 10 : 60), Gen.Long[1, 500])
            .Select((slot, seconds, bad) => new FailedBucket(At(10 * slot), seconds, bad));
        Gen.Select(cause.Array[0, 8], bucket.Array[0, 40], Gen.Long[0, 300])
            .Sample(
                (causes, buckets, elsewhere) =>
                {
                    var bad = buckets.Sum(one => one.Bad) + elsewhere;
                    var shares = Attribution.Shares(causes, buckets, new Tally(1_000_000, bad), MayFail);
                    return shares.Sum(share => share.Bad) == bad && shares.All(share => share.Bad > 0);
                },
                iter: 5_000
            );
    }

    private static IEnumerable<(string, long)> Labels(IEnumerable<SpendShare> shares) =>
        shares.Select(share => (share.Label, share.Bad));

    private static DateTimeOffset At(int second) => Ten.AddSeconds(second);

    private static FailedBucket Bucket(int second, long bad) => new(At(second), 10, bad);

    private static SpendAttributed Attributed(Cause cause, long bad, decimal share) =>
        new(Of, cause.Kind, cause.Id, cause.Label, cause.From, cause.To, bad, share, Now);
}
