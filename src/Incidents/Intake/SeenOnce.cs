namespace Steady.Incidents.Intake;

/// <summary>
/// What was taken in the last minutes, so that it is not taken again. Bounded: when there are too many, the oldest are forgotten;
/// what is stored is stored once all the same, for its id follows from the signature.
/// </summary>
public sealed class SeenOnce(TimeProvider clock)
{
    private const int Most = 10_000;

    // Twice what a signature may be old or early.
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private readonly Queue<(string Id, DateTimeOffset Until)> order = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly Lock turn = new();

    /// <summary>Whether it is new.</summary>
    public bool Add(string id)
    {
        var now = clock.GetUtcNow();
        lock (turn)
        {
            while (order.TryPeek(out var first) && (first.Until <= now || order.Count >= Most))
                seen.Remove(order.Dequeue().Id);
            if (!seen.Add(id))
                return false;
            order.Enqueue((id, now + Kept));
            return true;
        }
    }
}
