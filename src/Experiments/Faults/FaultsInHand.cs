using System.Collections.Concurrent;

namespace Steady.Experiments.Faults;

/// <summary>A fault that the agent says is out.</summary>
/// <param name="Lease">Its lease.</param>
/// <param name="WasLive">Whether it was in place until then.</param>
/// <param name="At">When the agent said so.</param>
/// <param name="Moment">The same in the probe's time.</param>
public sealed record TakenOut(Guid Lease, bool WasLive, DateTimeOffset At, TimeSpan Moment);

/// <summary>The faults of one run that may be in place, and those that are seen to be out. Used from two sides at once.</summary>
public sealed class FaultsInHand(FaultAgentClient agent, Samples samples, TimeProvider clock)
{
    private readonly ConcurrentDictionary<Guid, int> live = new();
    private readonly ConcurrentDictionary<Guid, TakenOut> gone = new();

    public bool Any => !live.IsEmpty;

    /// <summary>Everything that was seen to come out, in order.</summary>
    public IReadOnlyList<TakenOut> Gone => [.. gone.Values.OrderBy(fault => fault.Moment)];

    /// <summary>What the agent last answered instead of taking a fault out.</summary>
    public string Problem { get; private set; } = "";

    /// <summary>Counts a fault as in place; before it is asked for, because an answer may never come.</summary>
    public void Add(Guid lease, int rung) => live[lease] = rung;

    /// <summary>Takes out what is in hand, the last one in first. One attempt each.</summary>
    public async Task TakeOut(CancellationToken stop)
    {
        foreach (var (lease, _) in live.OrderByDescending(fault => fault.Value))
        {
            var answer = await agent.Revert(lease, stop);
            if (answer.Value is { } reverted)
            {
                // Asked from two sides, only the first answer knows whether the fault was live.
                gone.TryAdd(lease, new TakenOut(lease, reverted.WasLive, clock.GetUtcNow(), samples.Now));
                live.TryRemove(lease, out _);
            }
            else
            {
                Problem = answer.Problem;
            }
        }
    }
}
