using Steady.Contracts.Experiments;
using Steady.Experiments.Faults;
using Steady.Experiments.Safety;
using Steady.Experiments.Safety.Gates;
using Steady.Experiments.Safety.Levers;
using Steady.Experiments.Spending;
using Steady.Kernel;

namespace Steady.Experiments.Runs;

/// <summary>What drivers work with.</summary>
public sealed record DriverTools(
    RunReader Runs,
    Streams Streams,
    FaultAgentClient Agent,
    RollbackCaller Rollbacks,
    IncidentGate Incidents,
    LeverBoard Levers,
    Senses Senses,
    SpendReader Spending,
    TimeProvider Clock,
    ILogger<DriveWorker> Log
);

/// <summary>
/// Drives one run. Two things happen side by side: <see cref="ClimbWorker"/> goes up the ladder and writes down each step,
/// and <see cref="Guard"/> looks after safety twenty times a second. The guard waits for nobody: when it sees a cause to
/// stop it takes the fault out first, and only then is anything written.
/// </summary>
public sealed class DriveWorker : IAsyncDisposable
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);
    private readonly Run run;
    private readonly DriverTools tools;
    private readonly TimeProvider clock;
    private readonly Lookout lookout;
    private readonly ClimbWorker climber;
    private DateTimeOffset? alarmedAt;

    public DriveWorker(Run run, long epoch, DriverTools tools)
    {
        (this.run, this.tools, clock) = (run, tools, tools.Clock);
        // A run that only ends has nothing to stop for.
        var budget = new BudgetWatch(run.Ending ? [] : run.Reserved, run.About.StartedAt, tools.Spending, clock);
        lookout = new Lookout(run.Design, tools.Agent, tools.Levers, tools.Senses, budget, clock);
        climber = new ClimbWorker(run, epoch, lookout, tools);
        foreach (var fault in run.Faults)
            lookout.Faults.Add(fault.LeaseId, fault.RungNumber);
    }

    public Run Run => run;

    /// <summary>What its probe sees.</summary>
    public Samples Samples => lookout.Samples;

    /// <summary>Somebody wants the run to end now. Returns at once; the fault comes out within a beat.</summary>
    public void Halt(Cause cause) => lookout.Halt(cause);

    /// <summary>Climbs the ladder, then ends the run.</summary>
    public async Task Drive(CancellationToken stop)
    {
        if (run.Ending)
        {
            await Finish(stop);
            return;
        }

        var cause = await Guarded(stop);
        Tally? soFar = lookout.HoldingSince is { } since ? lookout.Tally(since) : null;
        await lookout.Keep(null);
        await WindDown.End(cause, soFar, alarmedAt ?? clock.GetUtcNow(), stop);
    }

    /// <summary>Ends a run that another controller has left.</summary>
    public Task Finish(CancellationToken stop) => WindDown.End(null, null, clock.GetUtcNow(), stop);

    public ValueTask DisposeAsync() => lookout.DisposeAsync();

    private WindDownWorker WindDown => new(run, lookout.Faults, lookout.Samples, tools);

    private async Task<Cause?> Guarded(CancellationToken stop)
    {
        using var climbing = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var guard = Guard(climbing);
        Cause? ended = null;
        try
        {
            ended = await climber.Climb(climbing.Token);
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
                if (lookout.Alarm() is { } cause)
                {
                    alarmedAt = clock.GetUtcNow();
                    var takingOut = lookout.Faults.TakeOut(CancellationToken.None);
                    await climbing.CancelAsync();
                    await takingOut;
                    return cause;
                }

                await Task.WhenAny(lookout.Asked, Task.Delay(Beat, clock, climbing.Token));
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
}
