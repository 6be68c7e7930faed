using System.Collections.Concurrent;
using System.Diagnostics;
using Marten;
using Steady.Experiments.Faults;
using Steady.Experiments.Safety.Levers;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>
/// Has one driver for each active run. At its start it finds the runs that an earlier process has left and only ends them:
/// nobody watched them meanwhile.
/// </summary>
public sealed class RunWorker(IDocumentStore store, DriverTools tools) : BackgroundService
{
    private static readonly ActivitySource Activities = new("Steady.Experiments");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);
    private readonly ConcurrentDictionary<Guid, DriveWorker> drivers = new();
    private readonly ConcurrentDictionary<Guid, Task> work = new();
    private readonly ConcurrentDictionary<Guid, bool> ours = new();
    private readonly CancellationTokenSource stopping = new();

    /// <summary>Says that a run is about to be started here, so that it is not taken for one that was left behind.</summary>
    public void Expect(Guid run) => ours[run] = true;

    /// <summary>Drives a run that was just started.</summary>
    public void Begin(Guid run)
    {
        // The run outlives the request, but stays in its trace.
        var cause = Activity.Current?.Context ?? default;
        work[run] = Task.Run(() => Drive(run, cause));
    }

    /// <summary>Takes the faults of a run out now, when it is driven here. Writing it down is the caller's.</summary>
    public void Halt(Guid run, Cause cause)
    {
        if (drivers.TryGetValue(run, out var driver))
            driver.Halt(cause);
    }

    /// <summary>The driver of a run that goes on here; null when there is none.</summary>
    public DriveWorker? Watched(Guid run) => drivers.GetValueOrDefault(run);

    public override void Dispose()
    {
        stopping.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var forward = stoppingToken.Register(stopping.Cancel);
        try
        {
            foreach (var run in await LeftBehind(stoppingToken))
                work[run.Id] = Task.Run(() => Finish(run), CancellationToken.None);
            await Task.Delay(Timeout.InfiniteTimeSpan, tools.Clock, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { }

        await Task.WhenAll(work.Values);
    }

    private async Task<IReadOnlyList<Run>> LeftBehind(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                // No run is taken in hand, and no gate opens, before it is known where nothing may run.
                tools.Levers.Read(await LeverPageEndpoint.All(store, stop));
                var active = await RunPageEndpoint.FindActive(store, stop);
                return [.. active.Where(run => !run.Over && !ours.ContainsKey(run.Id))];
            }
            catch (Exception e) when (!stop.IsCancellationRequested)
            {
                tools.Log.LogWarning(e, "Runs that were left behind cannot be looked for yet");
                await Task.Delay(Pause, tools.Clock, stop);
            }
        }
    }

    private async Task Drive(Guid id, ActivityContext cause)
    {
        using var activity = Activities.StartActivity("run", ActivityKind.Internal, cause);
        await Guarded(
            id,
            async () =>
            {
                if (await Take(id, Driving.Attach) is not { } run)
                    return;
                await using var driver = drivers[id] = new DriveWorker(run, run.Epoch, tools);
                await driver.Drive(stopping.Token);
            }
        );
    }

    private async Task Finish(Run left)
    {
        using var activity = Activities.StartActivity("finish run", ActivityKind.Internal);
        await Guarded(
            left.Id,
            async () =>
            {
                // Out first: whatever is in place of that run, known or not, and then the known ones by name, so that a
                // request for one of them that is still on its way finds it ended.
                await tools.Agent.RevertRun(left.Id, stopping.Token);
                if (await Take(left.Id, Driving.TakeOver) is not { } run)
                    return;
                await using var driver = drivers[left.Id] = new DriveWorker(run, run.Epoch, tools);
                await driver.Finish(stopping.Token);
            }
        );
    }

    private async Task Guarded(Guid id, Func<Task> drive)
    {
        try
        {
            await drive();
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested) { }
        catch (Exception e)
        {
            tools.Log.LogError(e, "The driver of run {Run} failed; its leases expire by themselves", id);
        }
        finally
        {
            drivers.TryRemove(id, out _);
            work.TryRemove(id, out _);
        }
    }

    // The run with the new epoch; null when it may not be taken.
    private async Task<Run?> Take(Guid id, Func<Run, DateTimeOffset, Decision> attach)
    {
        var now = tools.Clock.GetUtcNow();
        while (true)
        {
            try
            {
                var outcome = await tools.Streams.Decide<Run>(
                    id,
                    ExpectedVersion.Any,
                    new Actor(Driving.Controller),
                    run => attach(run, now),
                    stopping.Token
                );
                if (outcome is not Outcome.Done { Appended: > 0 })
                    return null;
                await using var session = store.QuerySession();
                return await session.LoadAsync<Run>(id, stopping.Token);
            }
            catch (Exception e) when (!stopping.IsCancellationRequested)
            {
                tools.Log.LogWarning(e, "Run {Run} cannot be taken in hand yet", id);
                await Task.Delay(Pause, tools.Clock, stopping.Token);
            }
        }
    }
}
