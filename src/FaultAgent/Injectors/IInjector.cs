using Steady.Contracts.Faults;
using Steady.FaultAgent.Leases;

namespace Steady.FaultAgent.Injectors;

/// <summary>What can break one kind of target. What it breaks ends by itself, by a guard, or was over at once.</summary>
public interface IInjector
{
    /// <summary>What it can do, and to what.</summary>
    InjectorView View { get; }

    /// <summary>Why this lease cannot be: an unknown target, a number out of its range, a right that is missing. Touches nothing.</summary>
    Refusal? Refuses(PlaceLease asked);

    /// <summary>The fault of a lease, which was not refused. Nothing happens yet.</summary>
    IFault Make(Guid lease, PlaceLease asked);

    /// <summary>Ends what an agent before this one may have left behind.</summary>
    Task Recover(CancellationToken stop);
}

/// <summary>
/// One fault through its life, in this order and one call at a time: armed, injected, renewed, reverted. Reverting comes
/// always, also when arming or injecting failed, and is as good twice as once.
/// </summary>
public interface IFault
{
    /// <summary>What it has done, as far as it was seen the last time.</summary>
    FaultEffect Effect { get; }

    /// <summary>Ends when what would take the fault back is lost: then it must be reverted at once.</summary>
    Task Lost { get; }

    /// <summary>Readies whatever will take the fault back when nobody else does.</summary>
    /// <param name="deadline">When the fault must be gone, on the agent's clock.</param>
    /// <exception cref="FaultRefusedException">It is not ready: then nothing may be injected.</exception>
    Task Arm(TimeSpan deadline);

    /// <summary>Breaks the target.</summary>
    /// <param name="deadline">When the fault must be gone, on the agent's clock.</param>
    /// <exception cref="FaultRefusedException">It could not; what was done of it is to be reverted.</exception>
    Task Inject(TimeSpan deadline);

    /// <summary>Moves the deadline, wherever it is kept.</summary>
    /// <param name="deadline">The new one.</param>
    Task Renew(TimeSpan deadline);

    /// <summary>Looks what the fault has done.</summary>
    Task Probe();

    /// <summary>Takes the fault back, and returns when it is seen to be gone.</summary>
    Task Revert();
}

/// <summary>A fault could not be brought in. The sentence is for people.</summary>
public sealed class FaultRefusedException(string code, string message, Exception? inner = null)
    : Exception(message, inner)
{
    public Refusal Refusal { get; } = new(409, code, message);
}
