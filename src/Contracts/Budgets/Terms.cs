namespace Steady.Contracts.Budgets;

/// <summary>How good and bad add up to a budget (OpenSLO <c>budgetingMethod</c>).</summary>
public enum BudgetingMethod
{
    /// <summary>Good events divided by all events of the window.</summary>
    Occurrences,

    /// <summary>Good slices divided by all slices of the window; a slice is bad when its ratio is below <see cref="TimeSlice.Target"/>.</summary>
    Timeslices,

    /// <summary>Mean of the slices' ratios: each slice weighs the same, whatever its traffic.</summary>
    RatioTimeslices,
}

/// <summary>What a slice without events counts as.</summary>
public enum NoDataRule
{
    /// <summary>As a good slice.</summary>
    Good,

    /// <summary>As a bad slice.</summary>
    Bad,

    /// <summary>As no slice: it is neither in the numerator nor in the denominator.</summary>
    Excluded,
}

/// <summary>What the good and bad of a budget are numbers of.</summary>
public enum CountUnit
{
    /// <summary>Events, for <see cref="BudgetingMethod.Occurrences"/>.</summary>
    Events,

    /// <summary>Slices, for <see cref="BudgetingMethod.Timeslices"/>.</summary>
    Slices,

    /// <summary>Millionths of a millionth of a slice, for <see cref="BudgetingMethod.RatioTimeslices"/>: a slice with 1 of 4 events failed is 250,000,000,000 bad.</summary>
    SliceParts,
}

/// <summary>Slices of an objective that is judged by slices.</summary>
/// <param name="Seconds">Length, a whole multiple of 60, at most 86,400.</param>
/// <param name="Target">Ratio from which a slice is good (equal is good), above 0 and at most 1; null for ratio timeslices.</param>
/// <param name="NoData">What a slice without events counts as.</param>
public sealed record TimeSlice(int Seconds, decimal? Target, NoDataRule NoData);

/// <summary>A window a budget is kept for.</summary>
/// <param name="Duration">Length in OpenSLO's form: a number and one of <c>m h d w M Q Y</c>; the last three for calendar windows only.</param>
/// <param name="Calendar">Null for a rolling window.</param>
public sealed record WindowTerms(string Duration, CalendarTerms? Calendar = null);

/// <summary>Where calendar windows begin: at wall-clock anchors, one after the other. An anchor past the end of a month is the month's last day.</summary>
/// <param name="Start">Local date and time of the first one, <c>2026-01-01 00:00:00</c>.</param>
/// <param name="TimeZone">IANA name, for example <c>Europe/Berlin</c>.</param>
public sealed record CalendarTerms(string Start, string TimeZone);

/// <summary>A pair of windows and the burn rate that both must exceed.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="LongWindow">For example <c>1h</c>.</param>
/// <param name="ShortWindow">For example <c>5m</c>; shorter than the long one.</param>
/// <param name="Factor">Burn rate, above 0 and below 1 / (1 − target).</param>
public sealed record BurnRule(BurnSeverity Severity, string LongWindow, string ShortWindow, decimal Factor);

/// <summary>Keeps a handful of failures at low traffic from opening a burn alert. Each guard that is set must hold.</summary>
/// <param name="MinFailures">Least failures in the long window; 0 or more.</param>
/// <param name="MinEvents">Least events in the long window; 0 or more.</param>
/// <param name="TrafficAware">
/// True: the threshold scales with traffic, (events of the objective's window ÷ events of the long window) · share · (1 − target), so
/// that the same absolute number of failures opens it at any traffic.
/// </param>
public sealed record TrafficGuard(long MinFailures = 0, long MinEvents = 0, bool TrafficAware = false);

/// <summary>What an objective demands: all that its budget is computed from.</summary>
/// <param name="Target">Exact decimal between 0 and 1, both excluded.</param>
/// <param name="Method">How good and bad add up.</param>
/// <param name="Windows">One or more; the first is the one that alerts and gates go by, the others are shown beside it.</param>
/// <param name="Slice">Slices; null for <see cref="BudgetingMethod.Occurrences"/>.</param>
/// <param name="Rules">Burn rules; null for the SRE Workbook's four pairs, scaled to the first window.</param>
/// <param name="Guard">Low-traffic guards.</param>
/// <param name="GapMinutes">After how many minutes without counts, where there had been some, a data gap is announced; 0 for never.</param>
public sealed record ObjectiveTerms(
    decimal Target,
    BudgetingMethod Method,
    IReadOnlyList<WindowTerms> Windows,
    TimeSlice? Slice,
    IReadOnlyList<BurnRule>? Rules,
    TrafficGuard Guard,
    int GapMinutes = 10
);
