using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>A calendar window that is over, with what was counted in it.</summary>
public sealed record EndedWindow(string Name, Interval Window, Tally Whole);

/// <summary>
/// What was counted in each window of a budget at a moment, in the unit of its method, exclusions left out. All that a
/// judgement takes beside the budget.
/// </summary>
/// <param name="Periods">The windows, shortest first.</param>
/// <param name="Tallies">Good and bad of each.</param>
/// <param name="Watermark">End of the newest bucket; null when nothing was ever counted.</param>
/// <param name="Ended">Calendar windows that ended and are not closed yet.</param>
/// <param name="Revision">Of which terms; a budget that was revised meanwhile is not judged by them.</param>
public sealed record Reading(
    IReadOnlyList<Period> Periods,
    IReadOnlyList<Tally> Tallies,
    DateTimeOffset? Watermark,
    IReadOnlyList<EndedWindow> Ended,
    int Revision = 1
)
{
    /// <summary>The first window in parts of equal length, oldest first, for a forecast; empty when none was asked for.</summary>
    public IReadOnlyList<(Interval Part, Tally Tally)> Parts { get; init; } = [];

    /// <summary>The first window with what exclusions leave out; null when they leave nothing out of it.</summary>
    public Tally? Unadjusted { get; init; }

    /// <summary>How far it is known at a moment: the newest bucket may end behind it, and nothing is known of what is to come.</summary>
    public DateTimeOffset? KnownUntil(DateTimeOffset now) => Watermark > now ? now : Watermark;

    /// <summary>From tallies in the order of <see cref="Burn.Periods.Of"/>.</summary>
    public static Reading Of(
        Budget budget,
        IReadOnlyList<Tally> tallies,
        DateTimeOffset now,
        DateTimeOffset? watermark = null
    ) => new(Burn.Periods.Of(budget.Terms, now), tallies, watermark, [], budget.Revision);

    /// <summary>Counted in a rolling window; nothing when the budget has no such window.</summary>
    public Tally In(string window) => Find(window, calendar: false) is { } at ? Tallies[at] : default;

    /// <summary>Counted so far in one of the objective's windows.</summary>
    public Tally In(WindowTerms window) =>
        Find(window.Duration, window.Calendar is not null) is { } at ? Tallies[at] : default;

    public Period PeriodOf(WindowTerms window) => Periods[Find(window.Duration, window.Calendar is not null)!.Value];

    /// <summary>
    /// What the budget of the first window is decided by: what was counted; for a calendar window, as it will be at its
    /// end if traffic goes on as it came and nothing more fails.
    /// </summary>
    public Tally Whole(ObjectiveTerms terms) => Projected(terms, terms.Windows[0]);

    /// <summary>The same as if nothing had been left out; null when nothing was.</summary>
    public Tally? UnadjustedWhole(ObjectiveTerms terms) =>
        Unadjusted is { } raw ? Projection.Of(raw, PeriodOf(terms.Windows[0]), terms) : null;

    /// <summary>The same of any of the objective's windows.</summary>
    public Tally Projected(ObjectiveTerms terms, WindowTerms window) =>
        Projection.Of(In(window), PeriodOf(window), terms);

    private int? Find(string name, bool calendar)
    {
        for (var at = 0; at < Periods.Count; at++)
        {
            if (Periods[at].Name == name && Periods[at].IsCalendar == calendar)
                return at;
        }

        return null;
    }
}

/// <summary>
/// Half-way through a calendar window nobody knows how many events it will have. So far is one number, and what it comes
/// to is another: the traffic so far, carried on to the end.
/// </summary>
public static class Projection
{
    public static Tally Of(Tally soFar, Period period, ObjectiveTerms terms)
    {
        if (period.Ends is not { } ends || period.Until <= period.Since)
            return soFar;
        if (Periods.SliceOf(terms) is not { } slice)
        {
            var total = soFar.Total * (ends - period.Since).Ticks / (period.Until - period.Since).Ticks;
            return soFar with { Good = (long)(total - soFar.Bad) };
        }

        var left = (long)Slicing.Count(Rational.Seconds(ends - period.Until), Rational.Seconds(slice));
        return soFar with { Good = soFar.Good + left * Slicing.Whole(terms.Method) };
    }
}
