namespace Steady.Incidents.Intake;

/// <summary>
/// How many events a key may send: so many at once, and again as time passes. Of one node, and forgotten when it restarts: it
/// keeps a sender that runs wild from the others, and is no account.
/// </summary>
public sealed class Allowance(TimeProvider clock)
{
    public const int PerMinute = 120;
    private const int MostKeys = 10_000;
    private static readonly TimeSpan Each = TimeSpan.FromMinutes(1) / PerMinute;
    private readonly Dictionary<string, DateTimeOffset> spent = [];
    private readonly Lock turn = new();

    /// <summary>Takes one; how long to wait when there is none left.</summary>
    public TimeSpan? Take(string key)
    {
        var now = clock.GetUtcNow();
        lock (turn)
        {
            // As a queue that empties by itself: when it would be empty again says how full it is.
            var empty = spent.TryGetValue(key, out var known) && known > now ? known : now;
            if (empty + Each - now > TimeSpan.FromMinutes(1))
                return empty + Each - now - TimeSpan.FromMinutes(1);
            if (spent.Count >= MostKeys)
                Forget(now);
            spent[key] = empty + Each;
            return null;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var idle in spent.Where(one => one.Value <= now).Select(one => one.Key).ToList())
            spent.Remove(idle);
    }
}
