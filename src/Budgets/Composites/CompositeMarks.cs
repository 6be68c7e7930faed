using System.Globalization;
using Steady.Budgets.History;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.Composites;

/// <summary>What happened to a composite, from its events. Pure.</summary>
public static class CompositeMarks
{
    public static IReadOnlyList<HistoryMark> Of(IReadOnlyList<object> events, DateTimeOffset from, DateTimeOffset to)
    {
        var alerts = events.Select(happened =>
            happened switch
            {
                CompositeAlertOpened e => e.Alert,
                CompositeAlertEscalated e => e.Alert,
                CompositeAlertClosed e => e.Alert,
                _ => happened,
            }
        );
        var revised = events.OfType<CompositeDefined>().Skip(1).Where(e => e.At >= from && e.At <= to).Select(Revised);
        return [.. HistoryMarks.Of(alerts, from, to).Concat(revised).OrderBy(mark => mark.From)];
    }

    private static HistoryMark Revised(CompositeDefined e) =>
        new(
            HistoryKind.Revised,
            e.At,
            e.At,
            string.Create(
                CultureInfo.InvariantCulture,
                $"revised to {100 * e.Terms.Target:0.#######} % over {e.Terms.Window}"
            )
        );
}
