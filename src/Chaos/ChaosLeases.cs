using Steady.Contracts.Faults;

namespace Steady.Chaos;

/// <summary>
/// The faults that this process has live leases for. Each ends here, by its own deadline on a clock that never jumps,
/// whether or not anybody can still be reached.
/// </summary>
/// <param name="clock">The time.</param>
public sealed class ChaosLeases(TimeProvider clock)
{
    private readonly Lock gate = new();
    private readonly Dictionary<Guid, Live> known = [];
    private volatile Live? latency;
    private volatile Live? failure;

    /// <summary>Whether calls are to wait at this moment.</summary>
    public bool IsSlow => latency is { } live && live.IsLive(clock);

    /// <summary>Whether calls are to fail at this moment.</summary>
    public bool IsFailing => failure is { } live && live.IsLive(clock);

    /// <summary>How many calls each lease has hit, as long as it is remembered.</summary>
    public IReadOnlyDictionary<Guid, long> Hits
    {
        get
        {
            lock (gate)
                return known.ToDictionary(one => one.Key, one => one.Value.Hits);
        }
    }

    internal Live? Slow => latency;

    internal Live? Failing => failure;

    internal TimeProvider Clock => clock;

    /// <summary>
    /// Takes what the agent says is live now, in place of all that it said before. What it does not name any more is over
    /// at once. Of several of one type the last one named is in force.
    /// </summary>
    /// <param name="orders">What the agent said.</param>
    /// <param name="since">When it was asked, as <see cref="TimeProvider.GetTimestamp"/> says: time on the way counts.</param>
    public void Take(IReadOnlyList<ChaosOrder> orders, long since)
    {
        lock (gate)
        {
            foreach (var gone in known.Keys.Except(orders.Select(order => order.LeaseId)).ToList())
                known.Remove(gone);
            foreach (var order in orders)
                known[order.LeaseId] = new Live(order, since, known.GetValueOrDefault(order.LeaseId));
            latency = Newest(orders, ChaosOrder.Latency);
            failure = Newest(orders, ChaosOrder.Failure);
        }
    }

    private Live? Newest(IReadOnlyList<ChaosOrder> orders, string type) =>
        orders.LastOrDefault(order => order.Type == type) is { } order ? known[order.LeaseId] : null;

    /// <summary>One fault and until when it is live.</summary>
    internal sealed class Live(ChaosOrder order, long since, Live? before)
    {
        private readonly StrongCount hits = before?.hits ?? new();
        private readonly TimeSpan lives = TimeSpan.FromMilliseconds(Math.Min(order.LiveMs, ChaosOrder.LongestLiveMs));

        public double Share => order.Share;

        public long Hits => Interlocked.Read(ref hits.Value);

        public bool IsLive(TimeProvider clock) => clock.GetElapsedTime(since) < lives;

        /// <summary>How long a call is to wait: never longer than the lease lives without being told again.</summary>
        public TimeSpan Wait(TimeProvider clock)
        {
            var (wanted, left) = (TimeSpan.FromMilliseconds(order.LatencyMs), lives - clock.GetElapsedTime(since));
            return left <= TimeSpan.Zero ? TimeSpan.Zero
                : wanted < left ? wanted
                : left;
        }

        public void Hit() => Interlocked.Increment(ref hits.Value);

        // Shared by all that the agent says of one lease.
        private sealed class StrongCount
        {
            public long Value;
        }
    }
}
