using CsCheck;
using Steady.Contracts.Budgets;
using Steady.Contracts.Experiments;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Steady.Experiments.Spending;
using Xunit;
using static Steady.Tests.Support.Spec;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;
using Steady.Experiments.Spending;

/// <summary>The share of an error budget that a run sets aside, lives within and is charged with.</summary>
public sealed class ReserveTests
{
    private const int Many = 10_000;
    private static readonly ExperimentDesign Frugal = Design with { Budget = new BudgetReserve(0.1m) };

    [Fact]
    public void A_share_is_set_aside_as_a_number_of_failures()
    {
        var (reserved, evidence) = Reserving.Of(0.1m, Budget(999_000, 300), Now);
        Assert.Equal(new BudgetReservation("slo", "checkout", 1000, 100, 4m, Now), reserved);
        Assert.Equal("100 of the 700 failures that are left are set aside.", evidence);
    }

    [Theory]
    [InlineData(0, 0, 1000, 0.1, "nothing was counted")]
    [InlineData(999_000, 950, 1000, 0.1, "10.00 % of the 1000 failures that it allows is 100, and 50 are left.")]
    [InlineData(999_000, 1200, 1000, 0.1, "and 0 are left.")]
    [InlineData(9_000, 0, 9, 0.1, "is less than one failure.")]
    [InlineData(999_000, 0, 1000, 0.005, "is 5, and 10 could fail before a halt is seen and done.")]
    public void What_is_not_there_or_could_not_be_kept_is_not_set_aside(
        long good,
        long bad,
        long allowed,
        double share,
        string why
    )
    {
        var (reserved, evidence) = Reserving.Of((decimal)share, Budget(good, bad) with { AllowedBad = allowed }, Now);
        Assert.Null(reserved);
        Assert.Contains(why, evidence, StringComparison.Ordinal);
    }

    [Fact]
    public void A_design_without_a_share_is_not_asked_and_one_that_nobody_counts_is_refused()
    {
        Assert.Empty(ReserveGate.Judge(Asked(Design, null)));
        Assert.False(Assert.Single(ReserveGate.Judge(Asked(Frugal, null))).Open);
        Assert.False(Assert.Single(ReserveGate.Judge(Asked(Frugal, new BudgetsFound([], null)))).Open);
        var away = Assert.Single(ReserveGate.Judge(Asked(Frugal, new BudgetsFound([], "Budgets answered 403."))));
        Assert.Equal((false, "Budgets answered 403."), (away.Open, away.Evidence));
    }

    [Fact]
    public void What_is_set_aside_is_written_down_before_the_run_begins()
    {
        var question = Asked(Frugal, new BudgetsFound([Budget(999_000, 0)], null));
        var gates = ReserveGate.Judge(question);
        var request = Requested with { Design = Frugal };
        When(Starting.Decide(request, gates, ReserveGate.Reserved(question)))
            .Then(
                request,
                gates[0],
                new BudgetReserved(0.1m, [new("slo", "checkout", 1000, 100, 4m, Now)], Now),
                new RunStarted(Subject, request.ExperimentId, Now)
            );
    }

    [Fact]
    public void Two_runs_never_set_the_same_budget_aside() =>
        Assert.Contains(
            "budget:ledger",
            Claiming.Of(Frugal, []).Intersect(Claiming.Of(Frugal with { Environment = "elsewhere" }, []))
        );

    [Fact]
    public void Counts_that_do_not_come_end_the_run_before_the_share_could_be_used_up()
    {
        var reserved = new BudgetReservation("slo", "checkout", 1000, 100, 4m, Now);
        var seen = new SpendSeen(20, 400, Now);
        Assert.Null(Reserving.Breach(reserved, seen, Now.AddSeconds(-100), Now.AddSeconds(17.5)));
        Assert.NotNull(Reserving.Breach(reserved, seen, Now.AddSeconds(-100), Now.AddSeconds(17.6)));
    }

    [Fact]
    public void A_bill_waits_for_late_counts_but_not_for_ever()
    {
        var run = Fold<Run>([.. SecondBroke, new RunConcluded(Subject, Verdict.Broke, "Broke.", Now.AddMinutes(1))])!;
        var (early, late) = (Budget(999_000, 300), Budget(999_000, 300) with { Watermark = Now.AddMinutes(2) });
        Assert.Empty(Charging.Charge(run, [(early, Report(30, 5))], Now.AddMinutes(2)).Events);
        var charged = new BudgetCharge("slo", "checkout", 25, 5, 0.025m);
        When(Charging.Charge(run, [(late, Report(30, 5))], Now.AddMinutes(2)))
            .Then(new BudgetCharged(Subject, run.Id, [charged], true, Now.AddMinutes(2)));
        When(Charging.Charge(run, [(early, Report(30, 5))], Now.AddMinutes(3)))
            .Then(new BudgetCharged(Subject, run.Id, [charged], false, Now.AddMinutes(3)));
    }

    [Theory]
    [InlineData(100, 100, true)]
    [InlineData(100, 99, true)]
    [InlineData(99, 100, true)]
    [InlineData(100, 98, false)]
    [InlineData(1, 0, false)]
    [InlineData(0, 0, true)]
    public void A_bill_agrees_when_it_is_at_most_one_per_cent_off(long charged, long attributed, bool agrees) =>
        Given<Charge>(new BudgetCharged(Subject, Lease1, [new("slo", "checkout", charged, 0, 0.1m)], true, Now))
            .When(bill =>
                Charging.Reconcile(bill, new Dictionary<string, long?> { ["slo"] = attributed }, Now.AddSeconds(2))
            )
            .Then(
                new BudgetReconciled(
                    Subject,
                    Lease1,
                    [new("slo", charged, attributed, agrees)],
                    agrees,
                    Now.AddSeconds(2)
                )
            );

    [Fact]
    public void What_Budgets_never_puts_down_to_a_run_is_told_after_two_minutes()
    {
        var bill = new BudgetCharged(Subject, Lease1, [new("slo", "checkout", 7, 0, 0.1m)], true, Now);
        var nothing = new Dictionary<string, long?> { ["slo"] = null };
        Given<Charge>(bill).When(found => Charging.Reconcile(found, nothing, Now.AddSeconds(119))).ThenNothing();
        Given<Charge>(bill)
            .When(found => Charging.Reconcile(found, nothing, Now.AddMinutes(2)))
            .Then(new BudgetReconciled(Subject, Lease1, [new("slo", 7, 0, false)], false, Now.AddMinutes(2)));
        Given<Charge>(bill, new BudgetReconciled(Subject, Lease1, [], true, Now))
            .When(found => Charging.Reconcile(found, nothing, Now.AddDays(1)))
            .ThenNothing();
    }

    /// <summary>
    /// Whole histories in virtual time: traffic that fails as it likes, counts in buckets of ten seconds that come late or
    /// not at all, a Budgets that answers now and then. Whatever happens, from the begin to the last failure of a run that is
    /// halted no more fails than was set aside; and where less is left than that, none begins.
    /// </summary>
    [Fact]
    public void Invariant_6_No_run_begins_on_less_than_it_sets_aside_and_none_spends_more() =>
        Gen.Select(
                Gen.Int[0, 400],
                Gen.Int[1, 20],
                Gen.Int[0, 1100],
                Gen.Int[1, 40],
                Gen.Int[0, 100].Array[1, 240],
                Gen.Int[0, 40]
            )
            .Sample(
                (percent, perBeat, spent, lag, weather, behind) =>
                {
                    var counted = Now.AddSeconds(-behind);
                    var budget = Budget(999_000, spent, counted) with
                    {
                        BurnRates = [new BurnRate("5m", perBeat * 600, 0, 0)],
                    };
                    var question = Asked(
                        Design with
                        {
                            Budget = new BudgetReserve(percent / 400m),
                        },
                        new BudgetsFound([budget], null)
                    );
                    var gates = ReserveGate.Judge(question);
                    var reserved = ReserveGate.Reserved(question);
                    var decision = Starting.Decide(Requested with { Design = question.Design }, gates, reserved);
                    var begun = decision.Events.Any(happened => happened is RunStarted);
                    if (budget.AllowedBad - spent < percent / 400m * budget.AllowedBad - 1 || percent == 0)
                        Assert.False(begun);
                    if (!begun)
                        return;
                    Assert.InRange(Spent(reserved[0], perBeat, lag, weather), 0, reserved[0].Failures);
                },
                iter: Many,
                threads: 2
            );

    // Half a second a beat. Everything fails from the halt until it is quiet.
    private static long Spent(BudgetReservation reserved, int perBeat, int lag, int[] weather)
    {
        var beat = TimeSpan.FromSeconds(0.5);
        var since = Reserving.Since(Now);
        var seen = new SpendSeen(0, 0, reserved.CountedUntil);
        var failed = new List<long>();
        for (var at = 0; at < weather.Length; at++)
        {
            var now = Now + at * beat;
            if (Reserving.Breach(reserved, seen, since, now) is not null)
                return failed.Sum() + 4 * perBeat;
            failed.Add(perBeat * weather[at] / 100);
            // Budgets answers when the weather is fair, and knows whole buckets that ended long enough ago.
            var until = Reserving.Since(now - TimeSpan.FromSeconds(lag / 4.0));
            if (weather[at] % 7 == 0 && until > seen.CountedUntil)
            {
                var beats = (int)((until - Now) / beat);
                seen = new SpendSeen(failed.Take(beats).Sum(), (long)beats * perBeat, until);
            }
        }

        return failed.Sum();
    }

    private static GateQuestion Asked(ExperimentDesign design, BudgetsFound? found) =>
        new(Lease1, design, [], new Standing([], found), Now);

    private static SpendReport Report(long bad, long background) =>
        new(
            "slo",
            "checkout",
            Now,
            Now.AddMinutes(1),
            1000,
            bad,
            0,
            [
                new SpendPart(CauseKind.Unattributed, null, "Unattributed", null, bad - background, 0),
                new SpendPart(CauseKind.Background, null, "Background", null, background, 0),
            ]
        );

    private static BudgetStatus Budget(long good, long bad, DateTimeOffset? counted = null) =>
        new(
            Lease2,
            "slo",
            "Checkouts succeed",
            "checkout",
            0.999m,
            "30d",
            BudgetState.Healthy,
            good,
            bad,
            1000,
            null,
            [new BurnRate("5m", 1200, 0, 0), new BurnRate("1h", 3600, 0, 0)],
            [],
            [],
            good + bad == 0 ? null : counted ?? Now,
            Now
        );
}
