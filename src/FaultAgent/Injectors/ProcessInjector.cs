using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>Pauses or kills a process of the target. A pause is held by a guard; a kill is over at once.</summary>
public sealed class ProcessInjector(Targets targets, Denied denied, IConfiguration configuration, AgentClock clock)
    : IInjector
{
    public const string Name = "process";
    public const string Pause = "pause";
    public const string Kill = "kill";

    private static readonly IReadOnlyList<FaultTypeView> Faults =
    [
        new(Pause, FaultReach.ExistingAndNew, FaultPersistence.GuardHeld, new Dictionary<string, string>()),
        new(Kill, FaultReach.ExistingAndNew, FaultPersistence.NothingToRevert, new Dictionary<string, string>()),
    ];

    private readonly string undos = Path.Combine(
        Path.GetDirectoryName(Path.GetFullPath(JournalKeeper.PathFrom(configuration)))!,
        "undo"
    );

    public InjectorView View =>
        new(Name, "to signal the process: its own user, or root", Faults, targets.Of(Name), denied.Unknown?.Detail);

    public Refusal? Refuses(PlaceLease asked)
    {
        if (asked.Toxic.Type is not (Pause or Kill))
            return Lease.Invalid($"toxic.type is {asked.Toxic.Type}; {Pause} and {Kill} are what {Name} does.");
        if (asked.Toxic.Attributes is { Count: > 0 })
            return Lease.Invalid($"{asked.Toxic.Type} has no attributes.");
        if (denied.Unknown is { } unknown)
            return unknown;
        if (targets.Find(Name, asked.Proxy) is not { } target)
            return TargetRefusals.Unknown(asked.Proxy, Name, targets.Of(Name));
        if (ProcessFinder.Find(target) is not { } process)
            return TargetRefusals.Absent(target.Name, "no process runs there");
        if (process.Id == Environment.ProcessId || process.Id == 1)
            return Denied.Refusal(target.Name, $"process {process.Id}");
        return denied.InCommand(process.Command) is { } part
            ? Denied.Refusal(target.Name, $"a process of {part}")
            : null;
    }

    public IFault Make(Guid lease, PlaceLease asked)
    {
        var process = ProcessFinder.Find(targets.Find(Name, asked.Proxy)!) ?? new ProcessIdentity(0, 0);
        return asked.Toxic.Type == Kill
            ? new KilledProcess(process, clock)
            : new PausedProcess(process, Path.Combine(undos, $"{lease}.json"), clock);
    }

    /// <summary>Continues what neither an agent nor its guard came to continue.</summary>
    public Task Recover(CancellationToken stop)
    {
        foreach (var undo in Directory.Exists(undos) ? Directory.GetFiles(undos, "*.json") : [])
        {
            if (GuardProgram.Read(undo) is { } process)
                GuardProgram.Undo(undo, process);
        }

        return Task.CompletedTask;
    }
}

/// <summary>A process that is stopped as long as its lease lives.</summary>
internal sealed class PausedProcess(ProcessIdentity process, string undo, AgentClock clock) : IFault
{
    private readonly TaskCompletionSource lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Guard? guard;
    private bool wasStopped;

    public FaultEffect Effect => wasStopped ? Effects.Touched(1) : FaultEffect.None;

    public Task Lost => lost.Task;

    public async Task Arm(TimeSpan deadline)
    {
        if (process.IsStopped)
            throw new FaultRefusedException("target-absent", "The process is stopped already, by somebody else.");
        guard = await Guard.Start(undo, process, clock.Time);
        await guard.Hold(deadline - clock.Now);
        // Without a guard nothing may stay paused.
        _ = guard.Died.ContinueWith(_ => lost.TrySetResult(), TaskScheduler.Default);
    }

    public async Task Inject(TimeSpan deadline)
    {
        if (guard!.Died.IsCompleted)
            throw new FaultRefusedException("fault-not-armed", "The guard ended before the fault began.");
        if (!process.Send(Signal.Stop))
            throw new FaultRefusedException(
                "fault-failed",
                "The process could not be stopped. May the agent signal it?"
            );
        await Signal.Works(() => process.IsStopped, deadline, clock);
        await Probe();
    }

    public Task Renew(TimeSpan deadline) => guard!.Hold(deadline - clock.Now);

    public Task Probe()
    {
        wasStopped |= process.IsStopped;
        return Task.CompletedTask;
    }

    public async Task Revert()
    {
        process.Send(Signal.Continue);
        if (guard is null)
            return;
        await guard.Release();
        // A guard that was killed left its note behind.
        GuardProgram.Undo(undo, process);
        if (process.IsStopped)
            throw new IOException($"Process {process.Id} is still stopped.");
    }
}

/// <summary>A process that is killed once. Whether it comes back is what the experiment asks.</summary>
internal sealed class KilledProcess(ProcessIdentity process, AgentClock clock) : IFault
{
    private bool killed;

    public FaultEffect Effect => killed && !process.Exists ? Effects.Touched(1) : FaultEffect.None;

    public Task Lost => Effects.NeverLost;

    public Task Arm(TimeSpan deadline) => Task.CompletedTask;

    public async Task Inject(TimeSpan deadline)
    {
        killed = process.Send(Signal.Kill);
        if (!killed)
            throw new FaultRefusedException(
                "fault-failed",
                "The process could not be killed. May the agent signal it?"
            );
        await Signal.Works(() => !process.Exists, deadline, clock);
    }

    public Task Renew(TimeSpan deadline) => Task.CompletedTask;

    public Task Probe() => Task.CompletedTask;

    public Task Revert() => Task.CompletedTask;
}
