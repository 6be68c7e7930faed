namespace Steady.Experiments.Safety;

/// <summary>
/// When the store and the broker were last heard. A run whose steps cannot be written down, or to which nobody could tell
/// of an incident, is blind, and blind means stop: a fault is not held longer than its lease would live on its own.
/// </summary>
public sealed class Senses(TimeProvider clock)
{
    private long store = clock.GetTimestamp();
    private long bus = clock.GetTimestamp();

    public void HeardStore() => Interlocked.Exchange(ref store, clock.GetTimestamp());

    public void HeardBus() => Interlocked.Exchange(ref bus, clock.GetTimestamp());

    /// <summary>Who has not been heard for so long; null when both were.</summary>
    public string? Silent(TimeSpan patience) =>
        clock.GetElapsedTime(Interlocked.Read(ref store)) > patience
            ? "The event store is out of reach; what cannot be written down is not gone on with."
        : clock.GetElapsedTime(Interlocked.Read(ref bus)) > patience
            ? "The broker is out of reach; nobody could tell of an incident."
        : null;
}
