namespace Steady.Contracts;

/// <summary>
/// What a clock on a wall means, in zones whose clocks are changed. Offsets are only ever asked for at instants: asked for a local
/// time, <see cref="TimeZoneInfo"/> is wrong in zones whose winter is the exception (Europe/Dublin, Africa/Casablanca).
/// </summary>
public static class WallClock
{
    /// <summary>The zone of an IANA name.</summary>
    /// <param name="name">For example <c>Europe/Berlin</c>, or <c>UTC</c>.</param>
    /// <returns>Null when there is none of that name.</returns>
    public static TimeZoneInfo? Zone(string name) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId ? zone : null;

    /// <summary>The instants at which the clock shows a time: none when it skips it, two when it comes twice, in order.</summary>
    /// <param name="local">Date and time on the wall; its kind is not looked at.</param>
    /// <param name="zone">The zone, by the rules as they are known today.</param>
    /// <returns>Instants in UTC.</returns>
    public static IReadOnlyList<DateTimeOffset> Moments(DateTime local, TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var shown = Utc(local);
        // No zone is a day away from UTC, and none changes its clock twice within two days.
        var (before, after) = (zone.GetUtcOffset(shown.AddDays(-1)), zone.GetUtcOffset(shown.AddDays(1)));
        IEnumerable<TimeSpan> offsets = before == after ? [before] : [before, after];
        return
        [
            .. offsets
                .Where(offset => zone.GetUtcOffset(shown - offset) == offset)
                .Select(offset => shown - offset)
                .Order(),
        ];
    }

    /// <summary>The instant that is meant by a time: of two the first, and of none the first after it.</summary>
    /// <param name="local">Date and time on the wall; its kind is not looked at.</param>
    /// <param name="zone">The zone.</param>
    /// <returns>An instant in UTC.</returns>
    public static DateTimeOffset First(DateTime local, TimeZoneInfo zone) =>
        Moments(local, zone) is [var first, ..] ? first : AfterSkip(local, zone);

    /// <summary>The same, of two the last.</summary>
    /// <param name="local">Date and time on the wall; its kind is not looked at.</param>
    /// <param name="zone">The zone.</param>
    /// <returns>An instant in UTC.</returns>
    public static DateTimeOffset Last(DateTime local, TimeZoneInfo zone) =>
        Moments(local, zone) is [.., var last] ? last : AfterSkip(local, zone);

    // Clocks change at whole seconds: the first one with another offset than the day before.
    private static DateTimeOffset AfterSkip(DateTime local, TimeZoneInfo zone)
    {
        var whole = new DateTime(local.Ticks - local.Ticks % TimeSpan.TicksPerSecond);
        var (before, after) = (Utc(whole).AddDays(-1), Utc(whole).AddDays(1));
        var offset = zone.GetUtcOffset(before);
        while (after - before > TimeSpan.FromSeconds(1))
        {
            var middle = before.AddSeconds(Math.Floor((after - before).TotalSeconds / 2));
            (before, after) = zone.GetUtcOffset(middle) == offset ? (middle, after) : (before, middle);
        }

        return after;
    }

    private static DateTimeOffset Utc(DateTime local) => new(local.Ticks, TimeSpan.Zero);
}
