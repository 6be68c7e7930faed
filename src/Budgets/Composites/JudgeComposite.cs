using Steady.Contracts.Budgets;
using Steady.Kernel;

namespace Steady.Budgets.Composites;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

/// <summary>How a composite burned over one window, exactly, and good and bad of it for reading.</summary>
public readonly record struct CompositeWindow(string Name, Rational? Burn, Tally Tally)
{
    public BurnRate View() => new(Name, Tally.Good, Tally.Bad, Burn?.Rounded(4));
}

/// <summary>All that a composite's alert is judged by.</summary>
/// <param name="Pairs">The pairs that make sense for it, most urgent first.</param>
/// <param name="Windows">Their windows, shortest first.</param>
/// <param name="TermsSince">Of which terms; a composite that was revised meanwhile is not judged by them.</param>
public sealed record CompositeReading(
    IReadOnlyList<AlertPair> Pairs,
    IReadOnlyList<CompositeWindow> Windows,
    DateTimeOffset TermsSince
)
{
    public Rational? Burn(Window window) => Find(window.Name).Burn;

    public Tally In(string window) => Find(window).Tally;

    public bool IsAbove(AlertPair pair) => Burn(pair.LongWindow) > pair.Factor && Burn(pair.ShortWindow) > pair.Factor;

    private CompositeWindow Find(string name) => Windows.FirstOrDefault(window => window.Name == name);
}

/// <summary>
/// The one burn alert of a composite, by the same rule as an objective's: it opens with the most urgent pair that is above,
/// a more urgent one escalates it, and it closes when none as urgent as itself is above. Judging twice changes nothing.
/// </summary>
public static class CompositeJudging
{
    /// <param name="composite">The composite.</param>
    /// <param name="reading">How it burned, as of now.</param>
    /// <param name="now">When the figures were read.</param>
    /// <param name="firstBad">By short window: when failures of its parts began.</param>
    public static Decision Decide(
        Composite composite,
        CompositeReading reading,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad = null
    )
    {
        if (now < composite.JudgedAt || reading.TermsSince != composite.TermsSince)
            return [];
        var above = composite.Retired ? [] : reading.Pairs.Where(reading.IsAbove).ToList();
        var open = composite.Alerts.Count > 0 ? composite.Alerts[0] : null;
        if (open is not null && !above.Any(pair => pair.Severity <= open.Severity))
        {
            var closed = Closed(composite, open, reading, now);
            return above.Count == 0 ? [closed] : [closed, Opened(composite, above[0], reading, now, firstBad)];
        }

        if (above.Count == 0)
            return [];
        return open is null ? [Opened(composite, above[0], reading, now, firstBad)]
            : above[0].IsMoreUrgentThan(open.Severity, open.Factor)
                ? [Escalated(composite, open, above[0], reading, now, firstBad)]
            : [];
    }

    private static BudgetOf Of(Composite composite) =>
        new(
            composite.Id,
            composite.Name,
            composite.Terms.Service,
            composite.Terms.Method == BudgetingMethod.Timeslices ? CountUnit.Slices : CountUnit.Events
        );

    private static CompositeAlertOpened Opened(
        Composite composite,
        AlertPair pair,
        CompositeReading reading,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad
    ) =>
        new(
            new BurnAlertOpened(
                Of(composite),
                StableId.From("burn-alert", $"{composite.Id}", pair.LongWindow.Name, $"{now.UtcTicks}"),
                pair.Severity,
                pair.LongWindow.Name,
                pair.ShortWindow.Name,
                pair.Factor.Rounded(4),
                reading.In(pair.LongWindow.Name),
                reading.In(pair.ShortWindow.Name),
                now,
                Began(firstBad, pair)
            )
        );

    private static CompositeAlertEscalated Escalated(
        Composite composite,
        OpenBurnAlert open,
        AlertPair pair,
        CompositeReading reading,
        DateTimeOffset now,
        IReadOnlyDictionary<string, DateTimeOffset>? firstBad
    ) =>
        new(
            new BurnAlertEscalated(
                Of(composite),
                open.Id,
                open.Severity,
                pair.Severity,
                pair.LongWindow.Name,
                pair.ShortWindow.Name,
                pair.Factor.Rounded(4),
                reading.In(pair.LongWindow.Name),
                reading.In(pair.ShortWindow.Name),
                now,
                Began(firstBad, pair)
            )
        );

    private static CompositeAlertClosed Closed(
        Composite composite,
        OpenBurnAlert open,
        CompositeReading reading,
        DateTimeOffset now
    ) =>
        new(
            new BurnAlertClosed(
                Of(composite),
                open.Id,
                open.Severity,
                reading.In(open.LongWindow),
                reading.In(open.ShortWindow),
                now
            )
        );

    private static DateTimeOffset? Began(IReadOnlyDictionary<string, DateTimeOffset>? firstBad, AlertPair pair) =>
        firstBad is not null && firstBad.TryGetValue(pair.ShortWindow.Name, out var began) ? began : null;
}
