using System.Collections.Concurrent;
using CsCheck;
using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Kernel;
using Steady.Tests.Support;
using Xunit;
using static Steady.Tests.Unit.Experiments.Designs;
using static Steady.Tests.Unit.Experiments.RunHistories;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

/// <summary>
/// What must hold in every history, whoever asks for what and in which order: drivers of old epochs, doubled and late
/// requests, halts and reverts at any moment. A failure prints the seed that shows it again.
/// </summary>
public sealed class RunHistoriesTests
{
    [Fact]
    public void Ten_thousand_histories_meet_every_event_and_every_verdict()
    {
        var met = new ConcurrentDictionary<string, int>();
        Drawn.Sample(
            asks =>
            {
                var (history, _) = Play(asks);
                foreach (var happened in history)
                    met.AddOrUpdate(NameOf(happened), 1, (_, count) => count + 1);
            },
            iter: 10_000,
            threads: 2
        );
        // What the invariants promise is cheap while nothing happens: every event, and every verdict, was met hundreds of times.
        var rare = Expected.Where(name => met.GetValueOrDefault(name) < 100).ToList();
        Assert.True(rare.Count == 0, $"Hardly met: {string.Join(", ", rare)}");
    }

    [Fact]
    public void Folding_again_gives_the_same_run() =>
        Drawn.Sample(
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
        Drawn.Sample(
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
        nameof(RollbackCalled),
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

    private static string Refolded(List<object> events) =>
        Golden.Print(Tests.Support.Spec.Fold<Run>([.. events])! with { Version = 0, Id = default });
}
