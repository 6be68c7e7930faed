using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Experiments.Safety;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;
using static Steady.Tests.Unit.Experiments.RunHistories;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;
using Steady.Experiments.Safety.Levers;

/// <summary>
/// The invariants of a run, one test each, in ten thousand histories with doubled, reordered and late requests. A failure
/// prints the seed that shows it again. 6 is in <see cref="ReserveTests"/>, 13 in <see cref="PromotionInvariantTests"/>; what only real processes can show (1: no fault outlives a killed process, 3: how
/// prompt a halt is) is measured by the benchmarks kill-points and breach.
/// </summary>
public sealed class RunInvariantsTests
{
    private const int Many = 10_000;

    [Fact]
    public void Invariant_2_Nothing_leads_from_a_halt_back_to_a_step() =>
        InEvery(
            (history, _) =>
            {
                var halt = history.FindIndex(happened => happened is HaltRequested);
                if (halt >= 0)
                    Assert.DoesNotContain(
                        history.Skip(halt),
                        happened => happened is StepStarted or LeaseGranted or FaultInjected
                    );
                Assert.True(history.Count(happened => happened is HaltRequested) <= 1);
                var end = history.FindIndex(happened => happened is RunConcluded or RunHalted or RevertUnconfirmed);
                if (end >= 0)
                    Assert.All(history.Skip(end + 1), happened => Assert.IsType<RevertConfirmed>(happened));
            }
        );

    [Fact]
    public void Invariant_4_Whoever_sees_nothing_for_two_periods_stops() =>
        Gen.Select(Gen.Int[50, 5000], Gen.Int[10, 10_000], Gen.Int[0, 60_000], Gen.Int[0, 60_000])
            .Sample(
                drawn =>
                {
                    var (every, timeout, last, since) = drawn;
                    var probe = new HttpProbe("http://127.0.0.1:1/", "GET", timeout, every);
                    var now = TimeSpan.FromMilliseconds(last + since);
                    Assert.Equal(
                        since > 2 * (every + timeout),
                        Watching.IsBlind(probe, TimeSpan.FromMilliseconds(last), now)
                    );
                },
                iter: Many,
                threads: 2
            );

    [Fact]
    public void Invariant_5_Runs_whose_reach_meets_want_the_same_claim() =>
        Gen.Select(Reaches, Reaches)
            .Sample(
                (one, other) =>
                {
                    var meet =
                        one.Design.BlastRadius.Edge == other.Design.BlastRadius.Edge
                        || (
                            one.Design.Environment == other.Design.Environment
                            && one.Design.BlastRadius.Services.Concat(one.Dependents)
                                .Intersect(other.Design.BlastRadius.Services.Concat(other.Dependents))
                                .Any()
                        );
                    var claims = Claiming.Of(one.Design, one.Dependents);
                    Assert.Equal(meet, claims.Intersect(Claiming.Of(other.Design, other.Dependents)).Any());
                    Assert.Equal(claims.Count, claims.Distinct().Count());
                },
                iter: Many,
                threads: 2
            );

    [Fact]
    public void Invariant_7_Between_engaging_and_releasing_a_lever_every_look_finds_it_closed() =>
        Gen.Int[0, 3]
            .Array[1, 30]
            .Sample(
                moves =>
                {
                    var (board, lever, read) = (new LeverBoard(), (Lever?)null, false);
                    foreach (var move in moves)
                    {
                        if (move == 0)
                            board.Mark("staging", "Enough.");
                        if (move is 0 or 1)
                            lever = Folded(lever, Pulling.Engage(lever, "staging", "Enough.", "ana", Now));
                        if (move == 1)
                            board.Mark("staging", "Enough.");
                        if (move == 2 && lever is not null)
                        {
                            lever = Folded(lever, Pulling.Release(lever, "Over.", "ana", Now));
                            board.Clear("staging");
                        }

                        // The service starts again: what was in memory is gone, and is read from what is stored.
                        if (move == 3)
                        {
                            board = new LeverBoard();
                            Assert.NotNull(board.Closed("staging"));
                            board.Read(lever is null ? [] : [lever]);
                            read = true;
                        }

                        Assert.Equal(!read || lever?.Engaged == true, board.Closed("staging") is not null);
                    }
                },
                iter: Many,
                threads: 2
            );

    [Fact]
    public void Invariant_8_An_incident_on_whoever_is_reached_halts_in_every_state() =>
        InEvery(
            (_, run) =>
            {
                var reached = run with { Dependents = ["web"] };
                Assert.All(["checkout", "ledger", "web"], service => Assert.True(reached.Reaches(service)));
                Assert.False(reached.Reaches("elsewhere"));
                if (run.Over)
                    return;
                var after = After(run, Halting.Decide(run, new Cause("INC-7", "rule:incident"), Now).Events);
                Assert.True(after.Ending);
                Assert.True(Driving.StartStep(after, after.Epoch, Lease2, Now).Events.Count == 0);
            }
        );

    [Fact]
    public void Invariant_9_No_rung_is_skipped_and_none_is_stronger_than_the_approved_ones() =>
        InEvery(
            (history, run) =>
            {
                var steps = history.OfType<StepStarted>().ToList();
                var approved = run.Design.Ladder.Rungs;
                Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.RungNumber));
                Assert.All(steps, step => Assert.InRange(step.Rung.Magnitude, 1, approved.Max(rung => rung.Magnitude)));
                var firstBreak = history.OfType<RungJudged>().FirstOrDefault(judged => !judged.Held)?.RungNumber;
                var climbed = steps.Take(firstBreak ?? steps.Count).Select(step => step.Rung).ToList();
                Assert.Equal(approved.Take(climbed.Count), climbed);
                Assert.True(steps.Count - climbed.Count <= (run.Design.Ladder.Bisect ?? 0));
                Assert.All(steps.Skip(climbed.Count), step => Assert.True(step.Rung.Magnitude < climbed[^1].Magnitude));
                Assert.All(steps, step => OneAtATime(history, step));
            }
        );

    [Fact]
    public void Invariant_10_The_verdict_follows_from_the_design_and_the_log_alone() =>
        InEvery(
            (history, run) =>
            {
                var replayed = Tests.Support.Spec.Fold<Run>([.. history])!;
                Assert.Equal(Golden.Print(Verdicts.Of(run)), Golden.Print(Verdicts.Of(replayed)));
                Assert.Equal(
                    Golden.Print(run with { Version = 0, Id = default }),
                    Golden.Print(replayed with { Version = 0, Id = default })
                );
            },
            times: 500
        );

    [Fact]
    public void Invariant_11_Only_what_was_brought_in_comes_out_and_once() =>
        InEvery(
            (history, run) =>
            {
                var reverted = history.OfType<FaultReverted>().Select(fault => fault.LeaseId).ToList();
                Assert.Equal(reverted.Count, reverted.Distinct().Count());
                Assert.Subset(
                    history.OfType<StepStarted>().Select(step => step.LeaseId).ToHashSet(),
                    reverted.ToHashSet()
                );
                if (history.Any(happened => happened is RunConcluded or RunHalted))
                    Assert.Equal(history.OfType<StepStarted>().Count(), reverted.Count);
                foreach (var lease in reverted.Concat(reverted))
                    Assert.Empty(Driving.Revert(run, lease, true, Now).Events);
                var calls = history.OfType<RollbackCalled>().Select(call => call.Number).ToList();
                Assert.Equal(Enumerable.Range(1, calls.Count), calls);
                Assert.True(calls.Count == 0 || history.Any(happened => happened is StepStarted));
            }
        );

    [Fact]
    public void Invariant_12_Held_means_that_every_rung_was_seen_to_take_effect_and_was_judged() =>
        InEvery(
            (history, run) =>
            {
                if (history.OfType<RunConcluded>().All(concluded => concluded.Verdict != Verdict.Held))
                    return;
                var rungs = run.Design.Ladder.Rungs.Count;
                Assert.Equal(rungs, history.OfType<FaultInjected>().Count());
                Assert.Equal(rungs, history.OfType<RungJudged>().Count(judged => judged.Held));
                Assert.DoesNotContain(history, happened => happened is EffectNotSeen or HaltRequested);
            }
        );

    private static readonly Gen<(ExperimentDesign Design, IReadOnlyList<string> Dependents)> Reaches = Gen.Select(
        Gen.Int[0, 1],
        Gen.Int[0, 3],
        Gen.Int[0, 7].Array[1, 3],
        Gen.Int[0, 7].Array[0, 3],
        (environment, edge, services, dependents) =>
            (
                Design with
                {
                    Environment = $"e{environment}",
                    BlastRadius = new BlastRadius($"edge{edge}", [.. services.Distinct().Select(n => $"s{n}")]),
                },
                (IReadOnlyList<string>)[.. dependents.Distinct().Select(n => $"s{n}")]
            )
    );

    private static void InEvery(Action<List<object>, Run> promise, int times = Many) =>
        Drawn.Sample(
            drawn =>
            {
                var (history, run) = Play(drawn);
                promise(history, run);
            },
            iter: times,
            threads: 2
        );

    private static void OneAtATime(List<object> history, StepStarted step)
    {
        var before = history.Take(history.IndexOf(step)).ToList();
        Assert.Contains(before, happened => happened is BaselineMeasured { Held: true });
        Assert.Equal(before.OfType<StepStarted>().Count(), before.OfType<FaultReverted>().Count());
    }

    private static Lever? Folded(Lever? lever, Kernel.Decision decision)
    {
        foreach (var happened in decision.Events)
            lever = happened switch
            {
                LeverEngaged e => lever is null ? Lever.Create(e) : lever.Apply(e),
                LeverReleased e => lever!.Apply(e),
                _ => lever,
            };
        return lever;
    }
}
