using Steady.Contracts.Faults;

namespace Steady.FaultAgent.Leases;

/// <summary>A lease in the book, with its fault and what will end it.</summary>
/// <param name="Lease">The lease.</param>
/// <param name="Fault">Its fault; null when it never came here.</param>
/// <param name="Timer">Looks at the deadline.</param>
/// <param name="Closed">Its fault is gone and the journal knows.</param>
internal sealed record Holding(Lease Lease, HeldFault? Fault = null, ITimer? Timer = null, bool Closed = false)
{
    public LeaseView View(TimeSpan now)
    {
        var lease = Lease.At(now);
        var live = lease.State == LeaseState.Live;
        return new(
            lease.Id,
            lease.RunId,
            lease.Epoch,
            lease.Placed.Proxy,
            lease.Placed.Toxic,
            lease.State,
            live ? Left(lease.Deadline, now) : 0,
            live ? Left(lease.HardStopAt, now) : 0,
            Fault?.Effect ?? FaultEffect.None
        );
    }

    private static long Left(TimeSpan moment, TimeSpan now) => (long)Math.Ceiling((moment - now).TotalMilliseconds);
}
