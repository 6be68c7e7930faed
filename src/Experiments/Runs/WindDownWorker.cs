using Marten;
using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Experiments.Safety;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>
/// Ends a run, however it came to its end: takes every fault out before anything is written, shows that they are out,
/// measures how long the steady state takes to come back, and says what the run has shown. It does not give up when the
/// store is away, because a run that is never ended keeps its edge.
/// </summary>
public sealed class WindDownWorker(Run run, FaultsInHand faults, Samples samples, DriverTools tools)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);
    private readonly TimeProvider clock = tools.Clock;

    /// <summary>Ends the run.</summary>
    /// <param name="cause">What ended it early; null when the ladder was climbed to its end, or somebody has said it already.</param>
    /// <param name="soFar">What the probe saw of the rung that was held.</param>
    /// <param name="at">When the cause was seen.</param>
    /// <param name="stop">The process is ending; there are a few seconds left.</param>
    public async Task End(Cause? cause, Tally? soFar, DateTimeOffset at, CancellationToken stop)
    {
        using var limit = new CancellationTokenSource();
        await using var last = stop.Register(() => limit.CancelAfter(Grace));
        try
        {
            await Finish(cause, soFar, at, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            tools.Log.LogWarning("Run {Run} is left to the next start of this service", run.Id);
        }
    }

    private async Task Finish(Cause? cause, Tally? soFar, DateTimeOffset at, CancellationToken stop)
    {
        var since = clock.GetTimestamp();
        await faults.TakeOut(stop);
        if (cause is not null)
            await Write(state => Halting.Decide(state, cause, at, soFar), stop);
        await WriteReverts(stop);
        var patience = TimeSpan.FromSeconds(Driving.Ttl(run.Design)) + Grace;
        while (faults.Any && clock.GetElapsedTime(since) < patience)
        {
            await Task.Delay(Retry, clock, stop);
            await faults.TakeOut(stop);
        }

        await WriteReverts(stop);
        if (faults.Any)
        {
            var detail = $"The fault could not be shown to be out within {patience.TotalSeconds:0} s. {faults.Problem}";
            await Write(state => Driving.GiveUp(state, detail, clock.GetUtcNow()), stop);
            return;
        }

        if (await PutBack(stop) is { } failed)
        {
            await Write(state => Driving.GiveUp(state, failed, clock.GetUtcNow()), stop);
            return;
        }

        if (faults.Gone.Count > 0)
            await Recover(faults.Gone[^1].Moment, stop);
        var was = await Was(stop);
        await Write(state => Driving.End(state, clock.GetUtcNow(), was), stop, ClaimEndpoint.Release(run.Id));
    }

    // Only when something was brought in, in the design's order, and each until it is answered well or given up. A call
    // that was made before a crash is not in the log and is made again: that is why it must be safe to repeat.
    private async Task<string?> PutBack(CancellationToken stop)
    {
        var calls = run.Design.Rollback ?? [];
        if (calls.Count == 0 || faults.Gone.Count == 0)
            return null;
        var made = (await Reading(() => tools.Runs.Load(run.Id, stop), stop)).Rollbacks.Count;
        string? failed = null;
        foreach (var (at, call) in calls.Index().Skip(made))
        {
            var (ok, detail) = await tools.Rollbacks.Call(call, stop);
            if (!ok)
                failed ??= $"Rollback call {at + 1} ({call.Method} {call.Url}) failed: {detail}";
            await Write(state => Driving.Rollback(state, at + 1, ok, detail, clock.GetUtcNow()), stop);
        }

        return failed;
    }

    private Task<BreakingPoint?> Was(CancellationToken stop) => Reading(() => tools.Runs.BrokeBefore(run, stop), stop);

    private async Task<T> Reading<T>(Func<Task<T>> read, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                return await read();
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                tools.Log.LogWarning(e, "Run {Run} cannot be read yet; its faults are taken care of", run.Id);
                await Task.Delay(Retry, clock, stop);
            }
        }
    }

    private async Task WriteReverts(CancellationToken stop)
    {
        foreach (var gone in faults.Gone)
            await Write(state => Driving.Revert(state, gone.Lease, gone.WasLive, gone.At), stop);
    }

    private async Task Recover(TimeSpan from, CancellationToken stop)
    {
        var design = run.Design;
        var needed = Watching.Needed(design.SteadyState.Probe, design.RecoveryWithinSeconds);
        var within = TimeSpan.FromMilliseconds(design.SteadyState.Tolerance.WithinMs);
        var latest = samples.Now + TimeSpan.FromSeconds(design.RecoveryWithinSeconds);
        TimeSpan? back;
        while ((back = Watching.Back(samples.Since(from, within), needed)) is null && samples.Now < latest)
            await Task.Delay(Retry / 5, clock, stop);
        decimal? seconds = back is { } moment ? Math.Round((decimal)(moment - from).TotalSeconds, 3) : null;
        await Write(state => Driving.MeasureRecovery(state, seconds, clock.GetUtcNow()), stop);
    }

    private async Task Write(Func<Run, Decision> decide, CancellationToken stop, Action<IDocumentSession>? with = null)
    {
        while (true)
        {
            try
            {
                await tools.Streams.Decide(run.Id, ExpectedVersion.Any, By, decide, stop, with: with);
                return;
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                tools.Log.LogWarning(e, "Run {Run} cannot be written down yet; its faults are taken care of", run.Id);
                await Task.Delay(Retry, clock, stop);
            }
        }
    }

    private static Actor By => new(Driving.Controller);
}
