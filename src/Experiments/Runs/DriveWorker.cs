using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Experiments.Faults;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>What drivers work with.</summary>
public sealed record DriverTools(
    Streams Streams,
    FaultAgentClient Agent,
    IncidentGate Incidents,
    TimeProvider Clock,
    ILogger<DriveWorker> Log
);

/// <summary>
/// Drives one run. Two things happen side by side: <see cref="Climb"/> goes up the ladder and writes down each step, and
/// <see cref="Guard"/> looks after safety twenty times a second. The guard waits for nobody: when it sees a cause to stop it
/// takes the fault out first, and only then is anything written.
/// </summary>
public sealed class DriveWorker : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    // Whoever is asked first opens connections and compiles code; that says nothing about the steady state.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EffectTime = TimeSpan.FromSeconds(5);
    private const string LeaseRule = "rule:lease";
    private readonly Run run;
    private readonly long epoch;
    private readonly DriverTools tools;
    private readonly ExperimentDesign design;
    private readonly TimeProvider clock;
    private readonly Prober prober;
    private readonly FaultsInHand faults;
    private readonly TaskCompletionSource<Cause> asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile LeaseKeeper? keeper;
    private TimeSpan? holdingSince;
    private DateTimeOffset? alarmedAt;

    public DriveWorker(Run run, long epoch, DriverTools tools)
    {
        (this.run, this.epoch, this.tools) = (run, epoch, tools);
        (design, clock) = (run.Design, tools.Clock);
        prober = new Prober(design.SteadyState, clock);
        faults = new FaultsInHand(tools.Agent, prober.Samples, clock);
        foreach (var fault in run.Faults)
            faults.Add(fault.LeaseId, fault.RungNumber);
    }

    private Samples Samples => prober.Samples;

    private TimeSpan Within => TimeSpan.FromMilliseconds(design.SteadyState.Tolerance.WithinMs);

    /// <summary>Somebody wants the run to end now. Returns at once; the fault comes out within a beat.</summary>
    public void Halt(Cause cause) => asked.TrySetResult(cause);

    /// <summary>Climbs the ladder, then ends the run.</summary>
    public async Task Drive(CancellationToken stop)
    {
        if (run.Ending)
        {
            await Finish(stop);
            return;
        }

        var cause = await Guarded(stop);
        Tally? soFar = holdingSince is { } since ? Tally(since) : null;
        await StopKeeper();
        await new WindDownWorker(run, faults, Samples, tools).End(cause, soFar, alarmedAt ?? clock.GetUtcNow(), stop);
    }

    /// <summary>Ends a run that another controller has left.</summary>
    public Task Finish(CancellationToken stop) =>
        new WindDownWorker(run, faults, Samples, tools).End(null, null, clock.GetUtcNow(), stop);

    public async ValueTask DisposeAsync()
    {
        await StopKeeper();
        await prober.DisposeAsync();
    }

    private async Task<Cause?> Guarded(CancellationToken stop)
    {
        using var climbing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var guard = Guard(climbing);
        Cause? ended = null;
        try
        {
            ended = await Climb(climbing.Token);
        }
        catch (OperationCanceledException) when (climbing.IsCancellationRequested) { }
        catch (Exception e)
        {
            tools.Log.LogError(e, "Run {Run} is halted: its controller failed", run.Id);
            ended = new Cause($"The controller failed: {e.Message}", Driving.Controller);
        }

        var stopped = climbing.IsCancellationRequested;
        await climbing.CancelAsync();
        var seen = await guard;
        if (stop.IsCancellationRequested)
            return ended ?? new Cause("The controller is stopping.", Driving.Controller);
        return stopped ? seen ?? ended : ended;
    }

    private async Task<Cause?> Guard(CancellationTokenSource climbing)
    {
        try
        {
            while (!climbing.IsCancellationRequested)
            {
                if (Alarm() is { } cause)
                {
                    alarmedAt = clock.GetUtcNow();
                    var takingOut = faults.TakeOut(CancellationToken.None);
                    await climbing.CancelAsync();
                    await takingOut;
                    return cause;
                }

                await Task.WhenAny(asked.Task, Task.Delay(Beat, clock, climbing.Token));
            }

            return null;
        }
        catch (Exception e)
        {
            // Nobody climbs without a guard.
            tools.Log.LogError(e, "Run {Run} is halted: its guard failed", run.Id);
            await climbing.CancelAsync();
            return new Cause($"The guard failed: {e.Message}", Driving.Controller);
        }
    }

    private Cause? Alarm()
    {
        if (asked.Task.IsCompletedSuccessfully)
            return asked.Task.Result;
        if (!faults.Any)
            return null;
        if (keeper?.Lost is { } lost)
            return new Cause(lost, LeaseRule);
        if (Watching.Breach(design.Abort, Samples.During) is { } breach)
            return new Cause(breach, "rule:abort");
        return Watching.IsBlind(design.SteadyState.Probe, Samples.Last, Samples.Now)
            ? new Cause("The probe has gone silent; what cannot be seen is not fine.", "rule:probe")
            : null;
    }

    private async Task<Cause?> Climb(CancellationToken stop)
    {
        var measuring = Math.Max(3000, 5 * design.SteadyState.Probe.EveryMs);
        await Task.Delay(WarmUp + TimeSpan.FromMilliseconds(measuring), clock, stop);
        var baseline = Tally(WarmUp);
        if (await Write(now => state => Driving.MeasureBaseline(state, epoch, baseline, now), stop) is { } refused)
            return refused;
        if (!baseline.Holds(design.SteadyState.Tolerance))
            return null;
        // An incident declared between the gates and the run's first event would have been heard by nobody.
        foreach (var service in run.About.Services.Concat(run.Dependents))
            if (await tools.Incidents.Ask(service, stop) is { Open: false } closed)
                return new Cause(closed.Evidence, "rule:incidents");
        for (var number = 1; number <= design.Ladder.Rungs.Count; number++)
        {
            var (next, cause) = await Step(number, stop);
            if (!next)
                return cause;
        }

        return null;
    }

    private async Task<(bool Next, Cause? Cause)> Step(int number, CancellationToken stop)
    {
        Samples.Forget();
        var lease = Guid.CreateVersion7(clock.GetUtcNow());
        if (await Write(now => state => Driving.StartStep(state, epoch, lease, now), stop) is { } early)
            return (false, early);
        if (await Inject(number, lease, stop) is { } failed)
            return (false, failed);
        var effect = await Effect(lease, design.Ladder.Rungs[number - 1], stop);
        holdingSince = Samples.Now;
        if (await Write(now => state => Driving.VerifyEffect(state, epoch, lease, effect, now), stop) is { } late)
            return (false, late);
        if (!Toxics.Shows(design.Ladder.Rungs[number - 1], effect))
            return (false, null);
        await Task.Delay(TimeSpan.FromSeconds(design.Ladder.HoldSeconds), clock, stop);
        return await Judge(lease, stop);
    }

    private async Task<Cause?> Inject(int number, Guid lease, CancellationToken stop)
    {
        faults.Add(lease, number);
        stop.ThrowIfCancellationRequested();
        var terms = design.Lease ?? new LeaseTerms();
        var rung = design.Ladder.Rungs[number - 1];
        var command = new PlaceLease(
            design.BlastRadius.Edge,
            run.Id,
            epoch,
            Toxics.Of(rung),
            terms.TtlSeconds,
            terms.HardStopSeconds
        );
        var answer = await tools.Agent.Place(lease, command, stop);
        if (answer.Value is null)
            return new Cause($"The fault could not be brought in. {answer.Problem}", Driving.Controller);
        keeper = new LeaseKeeper(tools.Agent, lease, new RenewLease(epoch, terms.TtlSeconds), clock);
        return await Write(now => state => Driving.GrantLease(state, epoch, lease, now), stop);
    }

    private async Task<FaultEffect> Effect(Guid lease, Rung rung, CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        while (true)
        {
            var answer = await tools.Agent.Find(lease, stop);
            var effect = answer.Value?.Effect ?? FaultEffect.None;
            if (Toxics.Shows(rung, effect) || clock.GetElapsedTime(since) > EffectTime)
                return effect;
            await Task.Delay(Beat, clock, stop);
        }
    }

    // The fault comes out before the rung is judged: what was seen is seen, and writing must not prolong it.
    private async Task<(bool Next, Cause? Cause)> Judge(Guid lease, CancellationToken stop)
    {
        var tally = Tally(holdingSince!.Value);
        holdingSince = null;
        await StopKeeper();
        await faults.TakeOut(stop);
        // A fault that was gone before its time, as after a restart of the agent, was not held.
        if (faults.Gone.SingleOrDefault(fault => fault.Lease == lease) is { WasLive: false })
            return (
                false,
                new Cause("The fault had ended before it was taken out; its rung proves nothing.", LeaseRule)
            );
        if (await Write(now => state => Driving.Judge(state, epoch, tally, now), stop) is { } refused)
            return (false, refused);
        if (faults.Any)
            return (
                false,
                new Cause($"The fault could not be taken out at once. {faults.Problem}", Driving.Controller)
            );
        var gone = faults.Gone.Single(fault => fault.Lease == lease);
        if (await Write(_ => state => Driving.Revert(state, lease, gone.WasLive, gone.At), stop) is { } late)
            return (false, late);
        return (tally.Holds(design.SteadyState.Tolerance), null);
    }

    private async Task StopKeeper()
    {
        if (keeper is { } current)
            await current.DisposeAsync();
        keeper = null;
    }

    private Tally Tally(TimeSpan from)
    {
        var samples = Samples.Since(from, Within);
        var good = samples.Count(sample => sample.Good);
        return new Tally(good, samples.Count - good);
    }

    // Null: written, or there was nothing to write. A refusal means that somebody else has ended the run.
    private async Task<Cause?> Write(Func<DateTimeOffset, Func<Run, Decision>> decide, CancellationToken stop)
    {
        var outcome = await tools.Streams.Decide<Run>(
            run.Id,
            ExpectedVersion.Any,
            new Actor(run.About.By),
            decide(clock.GetUtcNow()),
            stop
        );
        return outcome is Outcome.Refused refused ? new Cause(refused.Reason.Detail, Driving.Controller) : null;
    }
}
