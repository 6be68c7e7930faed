using Steady.Budgets.Burn;

namespace Steady.Budgets.Counts;

/// <summary>
/// The sums of one indicator's windows, kept while time goes on: what a window gains and loses as it moves is added and
/// taken off, what comes late is added to every window that covers it. Integers, so nothing drifts. Time is told in slots
/// of ten seconds since 1970. Pure.
/// </summary>
public sealed class RunningSums
{
    public const int SlotsPerHour = 360;

    // Farther than this (both edges together: five minutes of pause) a window is not moved but read anew.
    private const long Reach = 60;
    private readonly Dictionary<long, Tally[]> hours = [];
    private readonly List<Window> windows = [];

    /// <summary>The windows that are kept: [since, until) and their sums.</summary>
    public IEnumerable<(long Since, long Until, Tally Sum)> Windows =>
        windows.Select(window => (window.Since, window.Until, window.Sum));

    /// <summary>Counts that were stored meanwhile.</summary>
    public void Apply(long slot, Tally counts)
    {
        if (hours.TryGetValue(HourOf(slot), out var hour))
            hour[slot % SlotsPerHour] += counts;
        foreach (var window in windows)
        {
            if (window.Since <= slot && slot < window.Until)
                window.Sum += counts;
        }
    }

    /// <summary>The window that is moved to become [since, until); null when that must be read.</summary>
    public Window? Near(long since, long until)
    {
        Window? nearest = null;
        var least = Reach + 1;
        foreach (var window in windows)
        {
            var way = Math.Abs(window.Since - since) + Math.Abs(window.Until - until);
            if (way < least)
                (nearest, least) = (window, way);
        }

        return nearest;
    }

    /// <summary>
    /// The hours whose slots must be known before a window can become [since, until). Where it is to become several, one after the other, those of
    /// all of them are enough: between two lies nothing that is not between where it stands now and one of them.
    /// </summary>
    public IEnumerable<long> Missing(Window window, long since, long until) =>
        Hours(window.Since, since).Concat(Hours(window.Until, until)).Where(hour => !hours.ContainsKey(hour));

    /// <summary>What an hour holds, slot by slot.</summary>
    public void Know(long hour, Tally[] slots) => hours[hour] = slots;

    /// <summary>A window that was read.</summary>
    public Window Keep(long since, long until, Tally sum, long now)
    {
        var window = new Window(since, until) { Sum = sum, UsedAt = now };
        windows.Add(window);
        return window;
    }

    /// <summary>
    /// The sum of [since, until), by moving the window to it of which was asked what is missing: by now another may be nearer, on a way of which the
    /// hours are not known.
    /// </summary>
    public Tally Move(Window window, long since, long until, long now)
    {
        window.Sum += Between(since, window.Since);
        window.Sum += Between(window.Until, until);
        (window.Since, window.Until, window.UsedAt) = (since, until, now);
        return window.Sum;
    }

    /// <summary>Puts a sum right.</summary>
    public void Repair(long since, long until, Tally sum)
    {
        foreach (var window in windows.Where(window => window.Since == since && window.Until == until))
            window.Sum = sum;
        hours.Clear();
    }

    /// <summary>Forgets windows that nobody asked for since a moment, and hours in which none begins or ends.</summary>
    public void Forget(long unusedSince)
    {
        windows.RemoveAll(window => window.UsedAt < unusedSince);
        var edges = windows.SelectMany(window => (long[])[HourOf(window.Since), HourOf(window.Until)]).ToHashSet();
        foreach (var hour in hours.Keys.Where(hour => !edges.Contains(hour)).ToList())
            hours.Remove(hour);
    }

    // What stands in [from, to); backwards it is taken off.
    private Tally Between(long from, long to)
    {
        var (first, last, sign) = from <= to ? (from, to, 1) : (to, from, -1);
        var sum = default(Tally);
        Tally[]? hour = null;
        for (var slot = first; slot < last; slot++)
        {
            if (hour is null || slot % SlotsPerHour == 0)
                hour = hours[HourOf(slot)];
            sum += hour[slot % SlotsPerHour];
        }

        return new Tally(sign * sum.Good, sign * sum.Bad);
    }

    private static IEnumerable<long> Hours(long from, long to)
    {
        var (first, last) = from <= to ? (from, to) : (to, from);
        for (var hour = HourOf(first); hour * SlotsPerHour < last && first < last; hour++)
            yield return hour;
    }

    private static long HourOf(long slot) => slot / SlotsPerHour;

    /// <summary>A window that is kept, and the sum of it.</summary>
    public sealed class Window(long since, long until)
    {
        internal long Since { get; set; } = since;
        internal long Until { get; set; } = until;
        internal Tally Sum { get; set; }
        internal long UsedAt { get; set; }
    }
}
