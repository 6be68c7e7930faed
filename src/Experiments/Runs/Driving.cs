using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Experiments.Faults;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>
/// What a controller may do to a run, and when. Every step forward needs the controller's own epoch and a run that is not
/// ending; taking a fault back is always allowed.
/// </summary>
public static class Driving
{
    public const string Controller = "rule:controller";
    public const string BaselineRule = "rule:baseline";

    /// <summary>A controller begins to drive a run that nobody has driven before.</summary>
    public static Decision Attach(Run run, DateTimeOffset now) =>
        run.Over || run.Epoch > 0
            ? new Refusal(
                "controller-fenced",
                "Another controller has this run in hand. Let it drive, or halt the run."
            )
            : [new ControllerAttached(1, now)];

    /// <summary>A controller finds a run that an earlier one has left: it only ends it.</summary>
    public static Decision TakeOver(Run run, DateTimeOffset now) =>
        run.Over
            ? []
            :
            [
                new ControllerAttached(run.Epoch + 1, now),
                .. Halting.Decide(run, new Cause("The controller restarted.", Controller), now),
            ];

    public static Decision MeasureBaseline(Run run, long epoch, Tally tally, DateTimeOffset now)
    {
        if (Stopped(run, epoch) is { } refusal)
            return refusal;
        if (run.Baseline is not null)
            return [];
        var held = tally.Holds(run.Design.SteadyState.Tolerance);
        var measured = new BaselineMeasured(tally.Good, tally.Bad, held, now);
        return held
            ? [measured]
            :
            [
                measured,
                new HaltRequested(
                    $"Baseline out of tolerance: {tally.Good} of {tally.Good + tally.Bad} requests were good without any fault.",
                    BaselineRule,
                    now
                ),
            ];
    }

    /// <summary>The next rung: never skipped, never above the ladder, never while a fault is in place.</summary>
    public static Decision StartStep(Run run, long epoch, Guid lease, DateTimeOffset now)
    {
        if (Stopped(run, epoch) is { } refusal)
            return refusal;
        if (run.Baseline != true || run.Ending || run.Faults.Count > 0 || run.Rungs.Any(rung => rung.Held is null))
            return OutOfTurn;
        return Ladders.Next(run) is { } next ? [new StepStarted(run.Rungs.Count + 1, next, lease, now)] : OutOfTurn;
    }

    public static Decision GrantLease(Run run, long epoch, Guid lease, DateTimeOffset now) =>
        Stopped(run, epoch) is { } refusal ? refusal
        : run.State == RunState.Injecting && Fault(run, lease) is { } fault
            ? [new LeaseGranted(fault.RungNumber, lease, epoch, Ttl(run.Design), now)]
        : OutOfTurn;

    /// <summary>A fault counts as injected once the agent has seen it take effect.</summary>
    public static Decision VerifyEffect(Run run, long epoch, Guid lease, FaultEffect effect, DateTimeOffset now)
    {
        if (Stopped(run, epoch) is { } refusal)
            return refusal;
        if (run.State != RunState.Injecting || Fault(run, lease) is not { } fault)
            return OutOfTurn;
        var rung = run.Rungs[fault.RungNumber - 1].Rung;
        return Toxics.Shows(rung, effect)
            ? [new FaultInjected(run.About, fault.RungNumber, rung, effect, now)]
            : [new EffectNotSeen(fault.RungNumber, rung, effect, now)];
    }

    /// <param name="run">The run.</param>
    /// <param name="epoch">The controller's.</param>
    /// <param name="tally">What the probe saw while the rung was held.</param>
    /// <param name="now">When.</param>
    /// <param name="broken">Outcome alarms out of tolerance: one is enough to break the rung.</param>
    public static Decision Judge(
        Run run,
        long epoch,
        Tally tally,
        DateTimeOffset now,
        IReadOnlyList<string>? broken = null
    )
    {
        if (Stopped(run, epoch) is { } refusal)
            return refusal;
        if (run.State != RunState.Holding)
            return OutOfTurn;
        var rung = run.Rungs[^1];
        var alarms = broken is { Count: > 0 } ? broken : null;
        var held = alarms is null && tally.Holds(run.Design.SteadyState.Tolerance);
        return [new RungJudged(run.About, rung.Number, rung.Rung, held, tally.Good, tally.Bad, now, alarms)];
    }

    /// <summary>The agent says that a fault is out. Telling it twice changes nothing.</summary>
    public static Decision Revert(Run run, Guid lease, bool wasLive, DateTimeOffset at) =>
        !run.Over && Fault(run, lease) is { } fault
            ? [new FaultReverted(run.About, fault.RungNumber, lease, wasLive, run.Halt?.By ?? run.About.By, at)]
            : [];

    public static Decision MeasureRecovery(Run run, decimal? seconds, DateTimeOffset now) =>
        run.Over || !run.Ending || run.Faults.Count > 0 || run.RecoveryDone ? [] : [new RecoveryMeasured(seconds, now)];

    /// <summary>A call that puts something back was made: only when something was brought in, and each once.</summary>
    public static Decision Rollback(Run run, int number, bool ok, string detail, DateTimeOffset now) =>
        run.Over || !run.Ending || run.Faults.Count > 0 || run.Rungs.Count == 0 || run.Rollbacks.Count != number - 1
            ? []
            : [Called(run.Design.Rollback![number - 1], number, ok, detail, now)];

    /// <param name="run">The run.</param>
    /// <param name="now">When.</param>
    /// <param name="was">Where the run before it broke, when it did.</param>
    public static Decision End(Run run, DateTimeOffset now, BreakingPoint? was = null)
    {
        if (run.Over)
            return [];
        if (!run.Ending || run.Faults.Count > 0)
            return OutOfTurn;
        var (verdict, finding) = Verdicts.Of(run);
        var broke = Ladders.Broke(run.Rungs);
        return run.Halt is { } halt
            ? [new RunHalted(run.About, verdict, finding, halt.Reason, halt.By, now, broke, broke is null ? null : was)]
            : [new RunConcluded(run.About, verdict, finding, now, broke, broke is null ? null : was)];
    }

    /// <summary>A fault could not be shown to be out in time, or something could not be put back.</summary>
    public static Decision GiveUp(Run run, string detail, DateTimeOffset now)
    {
        if (run.Over || (run.Faults.Count == 0 && run.Rollbacks.All(call => call.Ok)))
            return [];
        var (verdict, finding) = Verdicts.Of(run);
        return [new RevertUnconfirmed(run.About, detail, verdict, finding, now)];
    }

    public static int Ttl(ExperimentDesign design) => (design.Lease ?? new LeaseTerms()).TtlSeconds;

    private static RollbackCalled Called(RollbackCall call, int number, bool ok, string detail, DateTimeOffset now) =>
        new(number, call.Method, call.Url, ok, detail, now);

    private static Refusal OutOfTurn => new("out-of-turn", "The run is not where this step belongs.");

    private static Refusal? Stopped(Run run, long epoch) =>
        run.Over || run.Halt is not null ? new Refusal("run-halting", run.Halt?.Reason ?? "The run has ended.")
        : epoch != run.Epoch ? new Refusal("controller-fenced", "Another controller has taken this run over.")
        : null;

    private static LiveFault? Fault(Run run, Guid lease) => run.Faults.FirstOrDefault(fault => fault.LeaseId == lease);
}
