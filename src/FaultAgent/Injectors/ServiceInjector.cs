using System.Collections.Concurrent;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;
using Steady.FaultAgent.Proxy;

namespace Steady.FaultAgent.Injectors;

/// <summary>
/// Lets a .NET service that carries Steady.Chaos bring its faults in itself. The service asks; what it is told is good for
/// a second at most, so that a fault ends there even when this agent is gone.
/// </summary>
public sealed class ServiceInjector(Targets targets, ChaosBoard board, AgentClock clock) : IInjector
{
    public const string Name = "service";

    private static readonly IReadOnlyList<FaultTypeView> Faults =
    [
        new(
            ChaosOrder.Latency,
            FaultReach.ExistingAndNew,
            FaultPersistence.SelfExpiring,
            new Dictionary<string, string> { ["latency"] = "milliseconds that each call that is hit waits" }
        ),
        new(
            ChaosOrder.Failure,
            FaultReach.ExistingAndNew,
            FaultPersistence.SelfExpiring,
            new Dictionary<string, string>()
        ),
    ];

    public InjectorView View =>
        new(Name, "none: the service carries the package Steady.Chaos", Faults, targets.Of(Name));

    public Refusal? Refuses(PlaceLease asked)
    {
        var numbers = asked.Toxic.Attributes ?? new Dictionary<string, long>();
        if (Faults.FirstOrDefault(fault => fault.Type == asked.Toxic.Type) is not { } fault)
            return Lease.Invalid(
                $"toxic.type is {asked.Toxic.Type}; {ChaosOrder.Latency} and {ChaosOrder.Failure} are what {Name} does."
            );
        if (numbers.Keys.FirstOrDefault(name => !fault.Attributes.ContainsKey(name)) is { } foreign)
            return Lease.Invalid($"{fault.Type} has no attribute {foreign}.");
        var latency = numbers.GetValueOrDefault("latency");
        if (fault.Type == ChaosOrder.Latency && latency is < 1 or > ToxicShape.Most)
            return Lease.Invalid($"The attribute latency is {latency}; 1 to {ToxicShape.Most} is accepted.");
        return targets.Find(Name, asked.Proxy) is null
            ? TargetRefusals.Unknown(asked.Proxy, Name, targets.Of(Name))
            : null;
    }

    public IFault Make(Guid lease, PlaceLease asked) => new ServiceFault(lease, asked, board, clock);

    /// <summary>Services hold nothing for longer than a second.</summary>
    public Task Recover(CancellationToken stop) => Task.CompletedTask;
}

/// <summary>A fault that a service brings in as long as it stands on the board.</summary>
internal sealed class ServiceFault(Guid lease, PlaceLease asked, ChaosBoard board, AgentClock clock) : IFault
{
    private long until;
    private long hits;
    private TimeSpan told;

    public Guid Lease => lease;

    public string Target => asked.Proxy;

    public FaultEffect Effect
    {
        get
        {
            var seen = Interlocked.Read(ref hits);
            return asked.Toxic.Type == ChaosOrder.Latency
                ? FaultEffect.None with
                {
                    Connections = seen,
                    ChunksDelayed = seen,
                }
                : FaultEffect.None with
                {
                    Connections = seen,
                    Resets = seen,
                };
        }
    }

    public Task Lost => Effects.NeverLost;

    public Task Arm(TimeSpan deadline) => Task.CompletedTask;

    public Task Inject(TimeSpan deadline)
    {
        Interlocked.Exchange(ref until, deadline.Ticks);
        board.Add(this);
        return Task.CompletedTask;
    }

    public Task Renew(TimeSpan deadline)
    {
        Interlocked.Exchange(ref until, deadline.Ticks);
        return Task.CompletedTask;
    }

    public Task Probe() => Task.CompletedTask;

    /// <summary>Off the board at once; gone when what the service was last told has ended, or it has heard that it is.</summary>
    public async Task Revert()
    {
        board.Remove(this);
        // When it asks the first time, its answer is still on the way; when it asks again, it has that answer.
        for (var asked = 0; asked < 2 && told - clock.Now is var left && left > TimeSpan.Zero; asked++)
            await board
                .Asked(Target)
                .WaitAsync(left, clock.Time)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>What the service is told; null when it is over.</summary>
    public ChaosOrder? Tell(long seen)
    {
        Interlocked.Exchange(ref hits, Math.Max(Interlocked.Read(ref hits), seen));
        var now = clock.Now;
        var left = Math.Min(
            (long)(TimeSpan.FromTicks(Interlocked.Read(ref until)) - now).TotalMilliseconds,
            ChaosOrder.LongestLiveMs
        );
        if (left <= 0)
            return null;
        told = now + TimeSpan.FromMilliseconds(left);
        var latency = asked.Toxic.Attributes?.GetValueOrDefault("latency") ?? 0;
        return new ChaosOrder(lease, asked.Toxic.Type, asked.Toxic.Toxicity, latency, left);
    }
}

/// <summary>What services are to bring in themselves, and who of them has asked.</summary>
public sealed class ChaosBoard
{
    private readonly Lock gate = new();
    private readonly List<ServiceFault> faults = [];
    private readonly ConcurrentDictionary<string, TaskCompletionSource> asking = new(StringComparer.Ordinal);
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal void Add(ServiceFault fault)
    {
        lock (gate)
            faults.Add(fault);
        Interlocked.Exchange(ref changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    internal void Remove(ServiceFault fault)
    {
        lock (gate)
            faults.Remove(fault);
    }

    /// <summary>Ends when the target asks the next time.</summary>
    internal Task Asked(string target) => Waiter(target).Task;

    /// <summary>What is live for a target, waiting for something when there is nothing.</summary>
    public async Task<IReadOnlyList<ChaosOrder>> Orders(
        string target,
        ChaosReport report,
        TimeProvider clock,
        CancellationToken stop
    )
    {
        if (asking.TryRemove(target, out var waiter))
            waiter.TrySetResult();
        var next = Volatile.Read(ref changed).Task;
        if (Live(target, report) is { Count: > 0 } live || report.WaitMs <= 0)
            return Live(target, report);
        await next.WaitAsync(TimeSpan.FromMilliseconds(report.WaitMs), clock, stop)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return Live(target, report);
    }

    private List<ChaosOrder> Live(string target, ChaosReport report)
    {
        lock (gate)
            return
            [
                .. faults
                    .Where(fault => fault.Target == target)
                    .Select(fault => fault.Tell(report.Hits.GetValueOrDefault(fault.Lease)))
                    .OfType<ChaosOrder>(),
            ];
    }

    private TaskCompletionSource Waiter(string target) =>
        asking.GetOrAdd(target, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
