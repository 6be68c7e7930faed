namespace Steady.Incidents.Intake;

/// <summary>
/// How many events a key may send: so many at once, and again as time passes. Of one node, and forgotten when it restarts: it
/// keeps a sender that runs wild from the others, and is no account.
/// </summary>
public sealed class Allowance(TimeProvider clock)
{
    public const int PerMinute = 120;
    private const int MostKeys = 10_000;
    private readonly Dictionary<string, DateTimeOffset> spent = [];
    private readonly Lock turn = new();

    /// <summary>Takes one; how long to wait when there is none left.</summary>
    /// <param name="key">Whose.</param>
    /// <param name="perMinute">How many it may take, the same each time.</param>
    public TimeSpan? Take(string key, int perMinute = PerMinute)
    {
        var each = TimeSpan.FromMinutes(1) / perMinute;
        var now = clock.GetUtcNow();
        lock (turn)
        {
            // As a queue that empties by itself: when it would be empty again says how full it is.
            var empty = spent.TryGetValue(key, out var known) && known > now ? known : now;
            if (empty + each - now > TimeSpan.FromMinutes(1))
                return empty + each - now - TimeSpan.FromMinutes(1);
            if (spent.Count >= MostKeys)
                Forget(now);
            spent[key] = empty + each;
            return null;
        }
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var idle in spent.Where(one => one.Value <= now).Select(one => one.Key).ToList())
            spent.Remove(idle);
    }
}
