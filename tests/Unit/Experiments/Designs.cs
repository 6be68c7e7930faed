using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;

namespace Steady.Tests.Unit.Experiments;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Experiments.Runs;

/// <summary>A design and the events of a run that the tests tell their stories with.</summary>
public static class Designs
{
    public static readonly DateTimeOffset Now = new(2026, 11, 24, 14, 5, 0, TimeSpan.Zero);
    public static readonly Guid Lease1 = Guid.Parse("01990000-0000-7000-8000-0000000000a1");
    public static readonly Guid Lease2 = Guid.Parse("01990000-0000-7000-8000-0000000000a2");
    public static readonly FaultEffect Seen = new(3, 900, 12, 0, 12, 0);
    public static readonly Tally AllGood = new(20, 0);
    public static readonly Tally AllBad = new(0, 20);

    public static ExperimentDesign Design { get; } =
        new(
            "slow-ledger",
            "Checkout stays well while ledger is slow.",
            "staging",
            new SteadyState(
                new HttpProbe("http://127.0.0.1:8090/checkout", "POST", 2000, 100),
                new Tolerance(200, 300, 0.95m)
            ),
            [new AbortCriterion(0.5m, 2)],
            new BlastRadius("checkout-ledger", ["checkout", "ledger"], ["payments"]),
            new Ladder([Latency(100), Latency(200)], 4),
            new LeaseTerms(),
            60,
            ["team-shop"]
        );

    public static About Subject { get; } = new("slow-ledger", "checkout-ledger", ["checkout", "ledger"], Now, "bo");

    public static RunRequested Requested { get; } =
        new(Subject, Guid.Parse("01990000-0000-7000-8000-0000000000e1"), Design, "hash", Now);

    /// <summary>Started, taken in hand, and well without a fault.</summary>
    public static object[] Ready { get; } =
    [
        Requested,
        new RunStarted(Subject, Requested.ExperimentId, Now),
        new ControllerAttached(1, Now),
        new BaselineMeasured(20, 0, true, Now),
    ];

    public static object[] Injecting { get; } = [.. Ready, new StepStarted(1, Latency(100), Lease1, Now)];

    public static object[] Holding { get; } =
    [.. Injecting, new LeaseGranted(1, Lease1, 1, 10, Now), new FaultInjected(Subject, 1, Latency(100), Seen, Now)];

    public static object[] FirstHeld { get; } =
    [.. Holding, Judged(1, held: true), new FaultReverted(Subject, 1, Lease1, true, "bo", Now)];

    public static object[] SecondBroke { get; } =
    [
        .. FirstHeld,
        new StepStarted(2, Latency(200), Lease2, Now),
        new LeaseGranted(2, Lease2, 1, 10, Now),
        new FaultInjected(Subject, 2, Latency(200), Seen, Now),
        Judged(2, held: false),
        new FaultReverted(Subject, 2, Lease2, true, "bo", Now),
    ];

    public static HaltRequested Halted { get; } = new("Customers complain.", "ana", Now);

    public static Rung Latency(int ms) => new(FaultKind.Latency, ms);

    public static Rung Failure(int percent) => new(FaultKind.Failure, percent);

    public static RungJudged Judged(int number, bool held) =>
        new(Subject, number, Design.Ladder.Rungs[number - 1], held, held ? 20 : 0, held ? 0 : 20, Now);
}
