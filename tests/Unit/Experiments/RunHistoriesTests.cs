using System.Collections.Concurrent;
using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

/// <summary>
/// What must hold in every history, whoever asks for what and in which order: drivers of old epochs, doubled and late
/// requests, halts and reverts at any moment. A failure prints the seed that shows it again.
/// </summary>
public sealed class RunHistoriesTests
{
    private const int Sensible = 14;

    // What is asked for, by a driver of which epoch, about which lease, and what was seen.
    private static readonly Gen<(int Ask, bool Stale, int Pick, int Good)[]> Histories = Gen.Select(
            Gen.Int[0, Sensible + 25],
            Gen.Int[0, 9],
            Gen.Int[0, 3],
            Gen.Int[0, 40]
        )
        .Select(drawn => (drawn.Item1, drawn.Item2 == 0, drawn.Item3, Math.Min(drawn.Item4, 20)))
        .Array[1, 60];

    [Fact]
    public void Ten_thousand_histories_keep_every_promise()
    {
        var met = new ConcurrentDictionary<string, int>();
        Histories.Sample(
            asks =>
            {
                var (history, _) = Play(asks);
                Keeps(history);
                foreach (var happened in history)
                    met.AddOrUpdate(NameOf(happened), 1, (_, count) => count + 1);
            },
            iter: 10_000,
            threads: 2
        );
        // Promises are cheap while nothing happens: every event, and every verdict, was met hundreds of times.
        var rare = Expected.Where(name => met.GetValueOrDefault(name) < 100).ToList();
        Assert.True(rare.Count == 0, $"Hardly met: {string.Join(", ", rare)}");
    }

    [Fact]
    public void Folding_again_gives_the_same_run() =>
        Histories.Sample(
            asks =>
            {
                var (events, run) = Play(asks);
                Assert.Equal(Golden.Print(run with { Version = 0, Id = default }), Refolded(events));
            },
            iter: 200,
            threads: 2
        );

    [Fact]
    public void Asking_twice_for_an_end_adds_nothing() =>
        Histories.Sample(
            asks =>
            {
                var (_, run) = Play(asks);
                foreach (var rule in Absorbing)
                    Assert.Empty(rule(After(run, rule(run))));
            },
            iter: 2_000,
            threads: 2
        );

    private static readonly string[] Expected =
    [
        nameof(BaselineMeasured),
        nameof(StepStarted),
        nameof(LeaseGranted),
        nameof(FaultInjected),
        nameof(EffectNotSeen),
        nameof(RungJudged),
        nameof(HaltRequested),
        nameof(FaultReverted),
        nameof(RecoveryMeasured),
        nameof(RunHalted),
        nameof(RevertUnconfirmed),
        nameof(RevertConfirmed),
        $"{nameof(RunConcluded)} {Verdict.Held}",
        $"{nameof(RunConcluded)} {Verdict.Broke}",
        $"{nameof(RunConcluded)} {Verdict.Inconclusive}",
    ];

    private static string NameOf(object happened) =>
        happened is RunConcluded concluded ? $"{nameof(RunConcluded)} {concluded.Verdict}" : happened.GetType().Name;

    private static readonly Func<Run, Decision>[] Absorbing =
    [
        run => Halting.Decide(run, new Cause("Enough.", "ana"), Now, AllBad),
        run => Driving.Revert(run, Lease1, true, Now),
        run => Driving.MeasureRecovery(run, 1, Now),
        run => Driving.End(run, Now),
        run => Driving.GiveUp(run, "No answer.", Now),
        run => Confirming.Decide(run, "Looked.", "ana", Now),
    ];

    private static void Keeps(List<object> history)
    {
        HaltIsFinal(history);
        StepsRiseOneByOne(history);
        FaultsComeOut(history);
        EndsAreTrue(history);
    }

    private static void HaltIsFinal(List<object> history)
    {
        var halt = history.FindIndex(happened => happened is HaltRequested);
        if (halt >= 0)
            Assert.DoesNotContain(
                history.Skip(halt),
                happened => happened is StepStarted or LeaseGranted or FaultInjected
            );
        Assert.True(history.Count(happened => happened is HaltRequested) <= 1);
    }

    private static void StepsRiseOneByOne(List<object> history)
    {
        var steps = history.OfType<StepStarted>().ToList();
        Assert.Equal(Enumerable.Range(1, steps.Count), steps.Select(step => step.RungNumber));
        Assert.Equal(Design.Ladder.Rungs.Take(steps.Count), steps.Select(step => step.Rung));
        foreach (var step in steps)
        {
            var before = history.Take(history.IndexOf(step)).ToList();
            Assert.Contains(before, happened => happened is BaselineMeasured { Held: true });
            Assert.Equal(before.OfType<StepStarted>().Count(), before.OfType<FaultReverted>().Count());
            Assert.All(before.OfType<RungJudged>(), judged => Assert.True(judged.Held));
        }
    }

    private static void FaultsComeOut(List<object> history)
    {
        var reverted = history.OfType<FaultReverted>().Select(fault => fault.LeaseId).ToList();
        Assert.Equal(reverted.Count, reverted.Distinct().Count());
        Assert.Subset(history.OfType<StepStarted>().Select(step => step.LeaseId).ToHashSet(), reverted.ToHashSet());
        if (history.Any(happened => happened is RunConcluded or RunHalted))
            Assert.Equal(history.OfType<StepStarted>().Count(), reverted.Count);
    }

    private static void EndsAreTrue(List<object> history)
    {
        var end = history.FindIndex(happened => happened is RunConcluded or RunHalted or RevertUnconfirmed);
        if (end >= 0)
            Assert.All(history.Skip(end + 1), happened => Assert.IsType<RevertConfirmed>(happened));
        if (history.OfType<RunConcluded>().Any(concluded => concluded.Verdict == Verdict.Held))
        {
            Assert.Equal(Design.Ladder.Rungs.Count, history.OfType<FaultInjected>().Count());
            Assert.Equal(Design.Ladder.Rungs.Count, history.OfType<RungJudged>().Count(judged => judged.Held));
        }
    }

    private static (List<object> Events, Run Run) Play((int Ask, bool Stale, int Pick, int Good)[] asks)
    {
        List<object> events = [Requested, new RunStarted(Subject, Requested.ExperimentId, Now)];
        var run = After(null, events)!;
        for (var at = 0; at < asks.Length; at++)
        {
            var decision = Decide(run, asks[at], LeaseOf(at));
            events.AddRange(decision.Events);
            run = After(run, decision);
        }

        return (events, run);
    }

    private static Decision Decide(Run run, (int Ask, bool Stale, int Pick, int Good) ask, Guid fresh)
    {
        var epoch = ask.Stale ? run.Epoch - 1 : run.Epoch;
        var known = run.Faults.Count > 0 ? run.Faults[^1].LeaseId : LeaseOf(ask.Pick);
        var tally = new Tally(ask.Good, 20 - ask.Good);
        return (ask.Ask < Sensible ? ask.Ask : NextOf(run)) switch
        {
            0 => Driving.Attach(run, Now),
            1 => Driving.TakeOver(run, Now),
            2 => Driving.MeasureBaseline(run, epoch, AllGood, Now),
            3 => Driving.MeasureBaseline(run, epoch, tally, Now),
            4 => Driving.StartStep(run, epoch, fresh, Now),
            5 => Driving.GrantLease(run, epoch, known, Now),
            6 => Driving.VerifyEffect(run, epoch, known, ask.Pick == 0 ? FaultEffect.None : Seen, Now),
            7 => Driving.Judge(run, epoch, tally, Now),
            8 => Halting.Decide(run, new Cause("Enough.", "ana"), Now, ask.Pick > 1 ? tally : null),
            9 => Driving.Revert(run, known, ask.Pick > 0, Now),
            10 => Driving.MeasureRecovery(run, ask.Pick, Now),
            11 => Driving.End(run, Now),
            12 => ask.Pick == 0 ? Driving.GiveUp(run, "No answer.", Now) : [],
            _ => Confirming.Decide(run, "Looked.", "ana", Now),
        };
    }

    // What a driver in its right mind asks for next; otherwise few histories would get beyond the first rung.
    private static int NextOf(Run run) =>
        run switch
        {
            { State: RunState.RevertUnconfirmed } => 13,
            { Epoch: 0 } => 0,
            { Baseline: null } => 2,
            { Ending: true, Faults.Count: > 0 } => 9,
            { Ending: true } => 11,
            { State: RunState.Injecting, Faults.Count: > 0 } => 6,
            { State: RunState.Holding } => 7,
            { Faults.Count: > 0 } => 9,
            _ => 4,
        };

    private static Guid LeaseOf(int number) => StableId.From("lease", $"{number}");

    private static Run After(Run? run, IEnumerable<object> events)
    {
        foreach (var happened in events)
            run = happened switch
            {
                RunRequested e => Run.Create(e),
                RunStarted or LeaseGranted or GateEvaluated => run,
                _ => (Run)((dynamic)run!).Apply((dynamic)happened),
            };
        return run!;
    }

    private static string Refolded(List<object> events) =>
        Golden.Print(Tests.Support.Spec.Fold<Run>([.. events])! with { Version = 0, Id = default });
}
