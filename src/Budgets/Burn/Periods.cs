using Steady.Contracts.Budgets;

namespace Steady.Budgets.Burn;

/// <summary>
/// A window as it stands at a moment: counts belong to it when they stand in [since, until). A calendar window also has
/// an end that is still to come.
/// </summary>
public readonly record struct Period(
    string Name,
    DateTimeOffset Since,
    DateTimeOffset Until,
    DateTimeOffset? Ends = null
)
{
    public bool IsCalendar => Ends is not null;
}

/// <summary>
/// All windows that a budget is judged and shown by. Slices count when they are over and counts had half a minute to
/// arrive: rolling windows then begin and end on whole slices since 1970, calendar windows on slices since their own beginning.
/// </summary>
public static class Periods
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(30);

    /// <summary>Shortest first.</summary>
    public static IReadOnlyList<Period> Of(ObjectiveTerms terms, DateTimeOffset now)
    {
        var slice = SliceOf(terms);
        var rolling = AlertPairs
            .WindowsOf(terms)
            .Concat(
                terms.Windows.Where(window => window.Calendar is null).Select(window => Window.Parse(window.Duration))
            )
            .DistinctBy(window => window.Name)
            .Select(window => Rolling(window, slice, now));
        var calendar = terms
            .Windows.Where(window => window.Calendar is not null)
            .Select(window => InCalendar(window, slice, now));
        return [.. rolling.Concat(calendar).OrderByDescending(period => period.Since).ThenBy(period => period.Ends)];
    }

    /// <summary>Calendar windows that ended after a moment, oldest first, at most the last thirteen.</summary>
    public static IReadOnlyList<(string Name, Interval Window)> EndedSince(
        WindowTerms terms,
        DateTimeOffset since,
        DateTimeOffset now
    )
    {
        var ended = new List<(string, Interval)>();
        var (index, _) = Calendars.At(terms, now - Settle);
        for (var back = 1; back <= 13; back++)
        {
            var window = Calendars.Window(terms, index - back);
            if (window.To <= since)
                break;
            ended.Insert(0, (terms.Duration, window));
        }

        return ended;
    }

    /// <summary>Length of a slice; null for occurrences.</summary>
    public static TimeSpan? SliceOf(ObjectiveTerms terms) =>
        terms.Method == BudgetingMethod.Occurrences ? null : TimeSpan.FromSeconds(terms.Slice!.Seconds);

    private static Period Rolling(Window window, TimeSpan? slice, DateTimeOffset now)
    {
        var until = slice is { } length ? Down(now - Settle, DateTimeOffset.UnixEpoch, length) : now;
        return new(window.Name, until - window.Length, until);
    }

    private static Period InCalendar(WindowTerms terms, TimeSpan? slice, DateTimeOffset now)
    {
        var (_, window) = Calendars.At(terms, slice is null ? now : now - Settle);
        var until = slice is { } length ? Down(now - Settle, window.From, length) : now;
        return new(terms.Duration, window.From, until < window.To ? until : window.To, window.To);
    }

    private static DateTimeOffset Down(DateTimeOffset moment, DateTimeOffset from, TimeSpan step) =>
        moment.AddTicks(-((moment - from).Ticks % step.Ticks));
}
