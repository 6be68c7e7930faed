using System.Diagnostics;
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
/// The one burn alert of a composite, by the rule of an objective's. Its events are of its own kind, so that no budget is
/// built from them. Judging twice changes nothing.
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
        return [.. AlertJudging.Next(Of(composite), open, above, reading.In, now, firstBad).Select(Own)];
    }

    private static object Own(object step) =>
        step switch
        {
            BurnAlertOpened opened => new CompositeAlertOpened(opened),
            BurnAlertEscalated escalated => new CompositeAlertEscalated(escalated),
            BurnAlertClosed closed => new CompositeAlertClosed(closed),
            _ => throw new UnreachableException(),
        };

    private static BudgetOf Of(Composite composite) =>
        new(
            composite.Id,
            composite.Name,
            composite.Terms.Service,
            composite.Terms.Method == BudgetingMethod.Timeslices ? CountUnit.Slices : CountUnit.Events
        );
}
