namespace Steady.Incidents.Timeline.Replay;

/// <summary>How many may watch a replay at once: each holds a connection, and asks the database while it runs.</summary>
public sealed class ReplaySeats
{
    public const int All = 50;
    private int taken;

    /// <summary>A seat, free again when it is disposed; null when there is none.</summary>
    public IDisposable? Take()
    {
        if (Interlocked.Increment(ref taken) <= All)
            return new Seat(this);
        Interlocked.Decrement(ref taken);
        return null;
    }

    private sealed class Seat(ReplaySeats seats) : IDisposable
    {
        private int isFree;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref isFree, 1) == 0)
                Interlocked.Decrement(ref seats.taken);
        }
    }
}
