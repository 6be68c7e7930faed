using System.Globalization;
using System.Text;

namespace Steady.Incidents.Timeline.Query;

/// <summary>Lengths of time as people type them: <c>90s</c>, <c>1h30m</c>, <c>2d</c>. Pure.</summary>
public static class Lengths
{
    private static readonly (string Unit, TimeSpan Of)[] Units =
    [
        ("w", TimeSpan.FromDays(7)),
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
        ("ms", TimeSpan.FromMilliseconds(1)),
    ];

    // Longer than anything that is kept here, and short enough to be added to any moment.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(36_525);

    /// <summary>Null for what is none; each unit at most once, longer ones first.</summary>
    public static TimeSpan? Read(string text)
    {
        var (total, from) = (TimeSpan.Zero, 0);
        var rest = text.AsSpan();
        while (rest.Length > 0)
        {
            var digits = rest.IndexOfAnyExceptInRange('0', '9');
            if (digits is <= 0 or > 9)
                return null;
            var count = int.Parse(rest[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
            rest = rest[digits..];
            var letters = rest.IndexOfAnyInRange('0', '9');
            var unit = (letters < 0 ? rest : rest[..letters]).ToString();
            var which = Array.FindIndex(Units, from, one => one.Unit == unit);
            if (which < 0 || count > Longest / Units[which].Of)
                return null;
            total += Units[which].Of * count;
            rest = rest[unit.Length..];
            from = which + 1;
        }

        return text.Length == 0 || total > Longest ? null : total;
    }

    /// <summary>The shortest spelling, from days down to milliseconds.</summary>
    public static string Print(TimeSpan length)
    {
        if (length == TimeSpan.Zero)
            return "0s";
        var text = new StringBuilder();
        foreach (var (unit, of) in Units.Skip(1))
        {
            var count = (long)(length / of);
            if (count > 0)
                text.Append(CultureInfo.InvariantCulture, $"{count}{unit}");
            length -= of * count;
        }

        return text.ToString();
    }
}
