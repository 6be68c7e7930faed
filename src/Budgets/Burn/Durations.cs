using System.Globalization;
using System.Text.RegularExpressions;

namespace Steady.Budgets.Burn;

/// <summary>
/// A length in OpenSLO's shorthand: a whole number and one of m h d w (always as long) or M Q Y (as long as the calendar
/// says: 1, 3 and 12 months).
/// </summary>
public readonly record struct Duration(int Count, char Unit)
{
    /// <summary>Months of M, Q and Y; 0 for the others.</summary>
    public int Months =>
        Unit switch
        {
            'M' => Count,
            'Q' => 3 * Count,
            'Y' => 12 * Count,
            _ => 0,
        };

    /// <summary>Length on a clock without changes; null for months.</summary>
    public TimeSpan? Fixed =>
        Unit switch
        {
            'm' => TimeSpan.FromMinutes(Count),
            'h' => TimeSpan.FromHours(Count),
            'd' => TimeSpan.FromDays(Count),
            'w' => TimeSpan.FromDays(7 * Count),
            _ => null,
        };

    /// <summary>What no window of this length is longer than: 31 days a month, 366 a year, an hour for a change of clocks.</summary>
    public TimeSpan Longest =>
        Fixed is { } length
            ? length + TimeSpan.FromHours(1)
            : TimeSpan.FromDays(Unit == 'Y' ? 366 * Count : 31 * Months) + TimeSpan.FromHours(1);
}

public static partial class Durations
{
    public static Duration Parse(string text) =>
        Find(text) ?? throw new ArgumentOutOfRangeException(nameof(text), text, "A number and one of m h d w M Q Y.");

    /// <summary>Null when it is none: at least 1, at most 9,999 of a unit.</summary>
    public static Duration? Find(string text) =>
        Shape().Match(text) is { Success: true } match
            ? new Duration(int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture), text[^1])
            : null;

    [GeneratedRegex("^([1-9][0-9]{0,3})[mhdwMQY]$", RegexOptions.CultureInvariant)]
    private static partial Regex Shape();
}
