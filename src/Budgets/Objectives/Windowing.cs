using System.Globalization;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Budgets.Objectives;

/// <summary>Windows and slices of a document, as far as budgets are kept for them. Pure.</summary>
internal static class Windowing
{
    private const int LongestDays = 366;
    private const string RollingAccepted = "A whole number of m, h, d or w, at most 366d; M, Q and Y need a calendar.";
    private const string CalendarAccepted = "A whole number of m, h, d, w, M, Q or Y, at most one year.";

    public static WindowTerms? Read(Refusals to, Place window)
    {
        var duration = window["duration"];
        var calendar = window["calendar"];
        var length = Duration.Read(duration.Text!)!.Value;
        if (Refused(length, calendar.IsThere) is not { } refused)
            return new(length.ToString(), calendar.IsThere ? Calendar(calendar) : null);
        to.Add(duration, "window_not_computed", refused, calendar.IsThere ? CalendarAccepted : RollingAccepted);
        return null;
    }

    /// <summary>Why no budget can be kept for a window so long; null when one can.</summary>
    public static string? Refused(Duration length, bool calendar) =>
        length.Count <= 0 ? "A window of no length holds nothing."
        : length.Unit is "M" or "Q" or "Y" && !calendar ? "A window of months, quarters or years follows a calendar."
        : Minutes(length) > LongestDays * 1440L ? "The window is longer than what is kept."
        : null;

    public static CalendarTerms? Calendar(string start, string zone) =>
        DateTime.TryParseExact(
            start.Split('.', ',')[0],
            "yyyy-MM-dd H:mm:ss",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var local
        ) && TimeZones.Knows(zone)
            ? new(local.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), zone)
            : null;

    public static TimeSlice? Slice(Refusals to, Place objective, BudgetingMethod method, NoDataRule noData)
    {
        var window = objective["timeSliceWindow"];
        var length = Duration.Read(window.Text ?? "");
        if (length is not { Count: > 0, Unit: "m" or "h" or "d" } || Minutes(length.Value) > 1440)
        {
            to.Add(
                window,
                "slice_not_computed",
                "No slices of this length are kept.",
                "From 1m to 1d, for example 5m."
            );
            return null;
        }

        var seconds = (int)Minutes(length.Value) * 60;
        if (method is BudgetingMethod.RatioTimeslices)
            return new(seconds, null, noData);
        var target = objective["timeSliceTarget"];
        if (target.Number?.Exact(9) is { } ratio)
            return new(seconds, ratio, noData);
        to.Add(target, "target_not_computed", "This has too many decimals.", "A number with at most 9 decimals.");
        return null;
    }

    private static CalendarTerms? Calendar(Place calendar) =>
        Calendar(calendar["startTime"].Text!, calendar["timeZone"].Text!);

    private static long Minutes(Duration length)
    {
        var each = length.Unit switch
        {
            "m" => 1,
            "h" => 60,
            "d" => 1440,
            "w" => 7 * 1440,
            "M" => 30 * 1440,
            "Q" => 90 * 1440,
            _ => 365 * 1440,
        };
        return Math.Min(length.Count, int.MaxValue) * each;
    }
}
