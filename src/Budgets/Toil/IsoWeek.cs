using System.Globalization;
using System.Text.RegularExpressions;
using Steady.Contracts;

namespace Steady.Budgets.Toil;

/// <summary>An ISO 8601 week: Monday to Sunday, written <c>2026-W48</c>. It begins at midnight of a team's own zone.</summary>
public readonly partial record struct IsoWeek(int Year, int Number)
{
    public static IsoWeek Of(DateTimeOffset moment, TimeZoneInfo zone)
    {
        var day = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        return new IsoWeek(ISOWeek.GetYear(day), ISOWeek.GetWeekOfYear(day));
    }

    /// <summary>Null for what is no week.</summary>
    public static IsoWeek? Parse(string text)
    {
        if (Form().Match(text) is not { Success: true } match)
            return null;
        var (year, number) = (Int(match.Groups[1]), Int(match.Groups[2]));
        return year is >= 1970 and <= 9000 && number >= 1 && number <= ISOWeek.GetWeeksInYear(year)
            ? new IsoWeek(year, number)
            : null;
    }

    /// <summary>The first moment of a day of the week, 0 for Monday; 7 is the end of the week.</summary>
    public DateTimeOffset Day(int day, TimeZoneInfo zone) =>
        WallClock.First(ISOWeek.ToDateTime(Year, Number, DayOfWeek.Monday).AddDays(day), zone);

    public DateOnly Date(int day) =>
        DateOnly.FromDateTime(ISOWeek.ToDateTime(Year, Number, DayOfWeek.Monday).AddDays(day));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Year:D4}-W{Number:D2}");

    private static int Int(Group digits) => int.Parse(digits.Value, NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex("^([0-9]{4})-W([0-9]{2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
