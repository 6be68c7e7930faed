namespace Steady.Incidents.Intake;

/// <summary>
/// Few deliveries at a time, some that wait, and the others are asked to come again: a storm of alerts must leave threads and
/// connections to those who respond to it.
/// </summary>
public sealed class IntakeLane : IDisposable
{
    private const int AtATime = 3;
    private const int MostWaiting = 100;
    private readonly SemaphoreSlim places = new(AtATime);
    private int waiting;

    /// <summary>Waits for a place; false when too many wait already.</summary>
    public async Task<bool> Enter(CancellationToken stop)
    {
        if (Interlocked.Increment(ref waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref waiting);
            return false;
        }

        try
        {
            await places.WaitAsync(stop);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    public void Leave() => places.Release();

    public void Dispose() => places.Dispose();
}
