namespace Steady.Budgets.Counts;

/// <summary>How long counts are kept how finely; section <c>Counts</c> of the configuration.</summary>
public sealed record CountPolicy
{
    /// <summary>How late counts may come and still be kept by ten seconds. Older hours are sealed: kept by the minute.</summary>
    public TimeSpan Lateness { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How late counts may come and still belong to what was known at their time, see <c>?asOf=</c>.</summary>
    public TimeSpan Grace { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long sealed minutes, and what corrected them, are kept. Hours and days are kept for good.</summary>
    public TimeSpan KeepMinutes { get; init; } = TimeSpan.FromDays(400);

    /// <summary>How long a batch that comes again is known.</summary>
    public TimeSpan KeepLedger { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Nothing but sensible lengths; the message names the setting.</summary>
    public static CountPolicy From(IConfiguration configuration)
    {
        var policy = configuration.GetSection("Counts").Get<CountPolicy>() ?? new CountPolicy();
        Within(nameof(Lateness), policy.Lateness, TimeSpan.FromHours(1), TimeSpan.FromDays(30));
        Within(nameof(Grace), policy.Grace, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        Within(
            nameof(KeepMinutes),
            policy.KeepMinutes,
            policy.Lateness + TimeSpan.FromDays(2),
            TimeSpan.FromDays(3650)
        );
        Within(nameof(KeepLedger), policy.KeepLedger, TimeSpan.FromDays(1), TimeSpan.FromDays(400));
        return policy;
    }

    private static void Within(string name, TimeSpan value, TimeSpan least, TimeSpan most)
    {
        if (value < least || value > most)
            throw new InvalidOperationException($"Counts:{name} is {value}; it must be {least} to {most}.");
    }
}

/// <summary>
/// Up to where counts are how fine. From <see cref="Fine"/> on ten-second buckets are kept for certain; before
/// <see cref="Closed"/> an hour takes no more of them. An hour lies between the two, so that clocks of several processes
/// need not agree.
/// </summary>
public static class Horizons
{
    public static readonly TimeSpan Slot = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static DateTimeOffset Fine(DateTimeOffset now, CountPolicy policy) => (now - policy.Lateness).Down(Hour);

    public static DateTimeOffset Closed(DateTimeOffset now, CountPolicy policy) => Fine(now, policy) - Hour;

    /// <summary>
    /// Where a stretch of time begins or ends among buckets: at the next full ten seconds where they are kept, else at the
    /// next full minute. A bucket belongs to [since, until) when its start does, so nothing changes by going to the next.
    /// </summary>
    public static DateTimeOffset Edge(DateTimeOffset t, DateTimeOffset now, CountPolicy policy) =>
        t.Up(t >= Fine(now, policy) ? Slot : Minute);

    /// <summary>Which slot of ten seconds since 1970 begins then.</summary>
    public static long SlotOf(DateTimeOffset t) => (t.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / Slot.Ticks;

    public static DateTimeOffset AtSlot(long slot) => DateTimeOffset.UnixEpoch.AddTicks(slot * Slot.Ticks);

    public static DateTimeOffset Down(this DateTimeOffset t, TimeSpan step) =>
        new(t.UtcTicks - t.UtcTicks % step.Ticks, TimeSpan.Zero);

    public static DateTimeOffset Up(this DateTimeOffset t, TimeSpan step) =>
        t.Down(step) is var down && down == t ? down : down + step;
}
