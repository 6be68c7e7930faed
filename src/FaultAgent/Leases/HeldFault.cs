using System.Diagnostics.CodeAnalysis;
using Steady.Contracts.Faults;
using Steady.FaultAgent.Injectors;

namespace Steady.FaultAgent.Leases;

/// <summary>A fault was to be taken back and is not gone.</summary>
public sealed class FaultStuckException(Guid lease, Exception inner)
    : Exception($"The fault of lease {lease} is not gone: {inner.Message}", inner);

/// <summary>
/// A fault through its life, one call at a time, however many ask at once. Ending wins: what comes after it does nothing,
/// and what was under way is taken back when it is done.
/// </summary>
[SuppressMessage(
    "Design",
    "CA1001",
    Justification = "A semaphore whose wait handle nobody asked for holds nothing that must be given back."
)]
public sealed class HeldFault(IFault fault)
{
    private readonly SemaphoreSlim turn = new(1);
    private volatile bool ended;
    private volatile bool gone;
    private int stuck;
    private bool begun;

    public FaultEffect Effect => fault.Effect;

    /// <summary>Ends when the fault must be taken back at once.</summary>
    public Task Lost => fault.Lost;

    /// <summary>Whether the fault was seen to be gone, or never came.</summary>
    public bool IsGone => gone;

    /// <summary>True once: whoever hears it sees to it that it is tried again.</summary>
    public bool IsFirstToBeStuck() => Interlocked.Exchange(ref stuck, 1) == 0;

    /// <summary>Arms it, then injects it.</summary>
    /// <exception cref="FaultRefusedException">It was not injected; end it.</exception>
    public Task Begin(Func<TimeSpan> deadline) =>
        Alone(async () =>
        {
            if (ended)
                return;
            begun = true;
            await fault.Arm(deadline());
            if (!ended)
                await fault.Inject(deadline());
        });

    public Task Renew(TimeSpan deadline) => Alone(() => ended || !begun ? Task.CompletedTask : fault.Renew(deadline));

    public Task Probe() => Alone(() => ended || !begun ? Task.CompletedTask : fault.Probe());

    /// <summary>Takes it back and returns when it is gone. Can be tried again after it failed.</summary>
    public Task End()
    {
        ended = true;
        return Alone(async () =>
        {
            if (begun && !gone)
                await fault.Revert();
            gone = true;
        });
    }

    private async Task Alone(Func<Task> work)
    {
        await turn.WaitAsync();
        try
        {
            await work();
        }
        finally
        {
            turn.Release();
        }
    }
}
