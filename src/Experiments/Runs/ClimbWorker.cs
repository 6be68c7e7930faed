using Steady.Contracts.Experiments;
using Steady.Contracts.Faults;
using Steady.Experiments.Faults;
using Steady.Experiments.Safety;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>Goes up the ladder of one run and writes down each step. Null means: nothing more to do, and nothing went wrong.</summary>
public sealed class ClimbWorker(Run start, long epoch, Lookout lookout, DriverTools tools)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    // Whoever is asked first opens connections and compiles code; that says nothing about the steady state.
    private static readonly TimeSpan WarmUp = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan EffectTime = TimeSpan.FromSeconds(5);
    private const string LeaseRule = "rule:lease";
    private readonly ExperimentDesign design = start.Design;
    private readonly TimeProvider clock = tools.Clock;
    private readonly FaultsInHand faults = lookout.Faults;
    private Run run = start;

    public async Task<Cause?> Climb(CancellationToken stop)
    {
        var measuring = Math.Max(3000, 5 * design.SteadyState.Probe.EveryMs);
        await Task.Delay(WarmUp + TimeSpan.FromMilliseconds(measuring), clock, stop);
        var baseline = lookout.Tally(WarmUp);
        if (await Write(now => at => Driving.MeasureBaseline(at, epoch, baseline, now), stop) is { } refused)
            return refused;
        if (!baseline.Holds(design.SteadyState.Tolerance))
            return null;
        // An incident declared between the gates and the run's first event would have been heard by nobody.
        foreach (var service in run.About.Services.Concat(run.Dependents))
            if (await tools.Incidents.Ask(service, stop) is { Open: false } closed)
                return new Cause(closed.Evidence, "rule:incidents");
        while (!run.Ending)
            if (await Step(stop) is { } cause)
                return cause;
        return null;
    }

    private async Task<Cause?> Step(CancellationToken stop)
    {
        lookout.Forget();
        var lease = Guid.CreateVersion7(clock.GetUtcNow());
        if (await Forward(now => at => Driving.StartStep(at, epoch, lease, now), stop) is { } early)
            return early;
        var rung = run.Rungs[^1];
        if (await Inject(rung, lease, stop) is { } failed)
            return failed;
        var effect = await Effect(lease, rung.Rung, stop);
        lookout.HoldingSince = lookout.Samples.Now;
        if (await Write(now => at => Driving.VerifyEffect(at, epoch, lease, effect, now), stop) is { } late)
            return late;
        if (run.EffectMissed)
            return null;
        await Task.Delay(TimeSpan.FromSeconds(design.Ladder.HoldSeconds), clock, stop);
        return await Judge(lease, stop);
    }

    private async Task<Cause?> Inject(RungResult rung, Guid lease, CancellationToken stop)
    {
        faults.Add(lease, rung.Number);
        stop.ThrowIfCancellationRequested();
        var terms = design.Lease ?? new LeaseTerms();
        var command = new PlaceLease(
            design.BlastRadius.Edge,
            run.Id,
            epoch,
            Toxics.Of(rung.Rung),
            terms.TtlSeconds,
            terms.HardStopSeconds,
            FaultKinds.Injector(rung.Rung.Fault)
        );
        var answer = await tools.Agent.Place(lease, command, stop);
        if (answer.Value is null)
            return new Cause($"The fault could not be brought in. {answer.Problem}", Driving.Controller);
        await lookout.Keep(
            new LeaseKeeper(tools.Agent, lease, new RenewLease(epoch, terms.TtlSeconds), Forbidden, clock)
        );
        return await Forward(now => at => Driving.GrantLease(at, epoch, lease, now), stop);
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
    private async Task<Cause?> Judge(Guid lease, CancellationToken stop)
    {
        var tally = lookout.Tally(lookout.HoldingSince!.Value);
        var broken = lookout.Broken(lookout.HoldingSince!.Value);
        lookout.HoldingSince = null;
        await lookout.Keep(null);
        await faults.TakeOut(stop);
        // A fault that was gone before its time, as after a restart of the agent, was not held.
        if (faults.Gone.SingleOrDefault(fault => fault.Lease == lease) is { WasLive: false })
            return new Cause("The fault had ended before it was taken out; its rung proves nothing.", LeaseRule);
        if (await Write(now => at => Driving.Judge(at, epoch, tally, now, broken), stop) is { } refused)
            return refused;
        if (faults.Any)
            return new Cause($"The fault could not be taken out at once. {faults.Problem}", Driving.Controller);
        var gone = faults.Gone.Single(fault => fault.Lease == lease);
        return await Write(_ => at => Driving.Revert(at, lease, gone.WasLive, gone.At), stop);
    }

    private string? Forbidden() => tools.Levers.Closed(design.Environment);

    // A step towards a fault: not one is written where the lever is engaged.
    private Task<Cause?> Forward(Func<DateTimeOffset, Func<Run, Decision>> decide, CancellationToken stop) =>
        Forbidden() is { } closed ? Task.FromResult<Cause?>(new Cause(closed, "rule:lever")) : Write(decide, stop);

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
        if (outcome is Outcome.Refused refused)
            return new Cause(refused.Reason.Detail, Driving.Controller);
        run = await tools.Runs.Load(run.Id, stop);
        return null;
    }
}
