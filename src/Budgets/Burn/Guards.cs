using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// Guards against paging for a handful of failures at low traffic. Each guard that is set must hold; bounds of
/// probability are no guard, because one failure of ten requests burns 100x and even its lower bound 17.9x.
/// </summary>
public static class Guards
{
    /// <summary>
    /// The error ratio that opens an alert when the threshold follows traffic: (events of the objective's window ÷ events of the
    /// alert's) · share · b. It is the same number of failures at any traffic. pyrra-dev/pyrra#1602.
    /// </summary>
    public static Rational TrafficAware(Rational whole, Rational inWindow, Rational share, Rational mayFail) =>
        whole / inWindow * share * mayFail;

    /// <summary>Least failures and least events of the long window, in events or in slices.</summary>
    public static bool Hold(TrafficGuard guard, Tally inLong, CountUnit unit)
    {
        var one = unit == CountUnit.SliceParts ? Slicing.Parts : 1;
        return inLong.Bad >= (Int128)guard.MinFailures * one && inLong.Total >= (Int128)guard.MinEvents * one;
    }

    /// <summary>
    /// Whether more failed in a window than the traffic-aware threshold: x &gt; N · f·w/W · b, with N the events of the
    /// objective's window W. The window's own traffic has dropped out.
    /// </summary>
    public static bool IsAboveByTraffic(
        this Tally inWindow,
        Tally whole,
        Ratio factor,
        TimeSpan window,
        TimeSpan period,
        Ratio mayFail
    ) =>
        inWindow.Bad
        > new Rational(whole.Total, 1) * factor * mayFail * Rational.Seconds(window) / Rational.Seconds(period);
}
