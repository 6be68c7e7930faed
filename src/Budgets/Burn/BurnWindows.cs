using System.Globalization;

namespace Steady.Budgets.Burn;

/// <summary>A length of time with the name people know it by: <c>5m</c>, <c>1h</c>, <c>30d</c>.</summary>
public readonly record struct Window(string Name, TimeSpan Length)
{
    public static Window Parse(string name)
    {
        var count = int.Parse(name.AsSpan(0, name.Length - 1), CultureInfo.InvariantCulture);
        return new Window(
            name,
            name[^1] switch
            {
                'm' => TimeSpan.FromMinutes(count),
                'h' => TimeSpan.FromHours(count),
                'd' => TimeSpan.FromDays(count),
                'w' => TimeSpan.FromDays(7 * count),
                _ => throw new ArgumentOutOfRangeException(nameof(name), name, "A window ends in m, h, d or w."),
            }
        );
    }
}

/// <summary>
/// A piece of time whose events count for one window and for every longer one. Whole hours are read from the hourly
/// sums, the rest from the buckets as they came.
/// </summary>
public readonly record struct Stretch(int Window, bool WholeHours, DateTimeOffset Since, DateTimeOffset Until);

/// <summary>
/// Which windows a budget has, and how they are read. A bucket belongs to the window of length w at moment t when its
/// start lies in [t − w, t).
/// </summary>
public static class BurnWindows
{
    private static readonly Window[] Fixed =
    [
        Window.Parse("5m"),
        Window.Parse("30m"),
        Window.Parse("1h"),
        Window.Parse("2h"),
        Window.Parse("6h"),
        Window.Parse("1d"),
        Window.Parse("3d"),
    ];

    /// <summary>The windows burn rates are told for, shortest first; the last one is the objective's own.</summary>
    public static IReadOnlyList<Window> Of(Window objective) =>
        [.. Fixed.Where(window => window.Length < objective.Length), objective];

    /// <summary>Cuts [t − longest, t) so that nothing is read twice: windows nest, so each is the sum of the pieces up to it.</summary>
    public static IReadOnlyList<Stretch> Stretches(IReadOnlyList<Window> windows, DateTimeOffset t)
    {
        var stretches = new List<Stretch>(3 * windows.Count);
        var until = t;
        for (var index = 0; index < windows.Count; index++)
        {
            var since = t - windows[index].Length;
            Split(stretches, index, since, until);
            until = since;
        }

        return stretches;
    }

    /// <summary>Adds the pieces up: the tally of each window, shortest first.</summary>
    public static IReadOnlyList<Tally> Sum(int windows, IEnumerable<(int Window, Tally Tally)> pieces)
    {
        var tallies = new Tally[windows];
        foreach (var (window, tally) in pieces)
            tallies[window] += tally;
        for (var index = 1; index < windows; index++)
            tallies[index] += tallies[index - 1];
        return tallies;
    }

    private static void Split(List<Stretch> stretches, int window, DateTimeOffset since, DateTimeOffset until)
    {
        var (first, last) = (HourUp(since), HourDown(until));
        if (first >= last)
        {
            stretches.Add(new Stretch(window, false, since, until));
            return;
        }

        if (since < first)
            stretches.Add(new Stretch(window, false, since, first));
        stretches.Add(new Stretch(window, true, first, last));
        if (last < until)
            stretches.Add(new Stretch(window, false, last, until));
    }

    private static DateTimeOffset HourDown(DateTimeOffset t) =>
        new(t.Ticks - t.Ticks % TimeSpan.TicksPerHour, t.Offset);

    private static DateTimeOffset HourUp(DateTimeOffset t) =>
        HourDown(t) is var down && down == t ? t : down.AddHours(1);
}
