using System.Globalization;
using Steady.Contracts.Budgets;

namespace Steady.Budgets.History;

// Inside the namespace, so that a stored event is meant where a message has the same name.
using Steady.Budgets.Burn;

/// <summary>What happened to a budget, from its events: each thing once, from when to when. Pure.</summary>
public static class HistoryMarks
{
    /// <param name="events">The budget's events, in order.</param>
    /// <param name="from">What was over before is left out.</param>
    /// <param name="to">What began later is left out.</param>
    public static IReadOnlyList<HistoryMark> Of(IEnumerable<object> events, DateTimeOffset from, DateTimeOffset to)
    {
        var marks = new Dictionary<string, HistoryMark>();
        foreach (var happened in events)
            Take(marks, happened);
        return
        [
            .. marks
                .Values.Where(mark => mark.From <= to && (mark.Until ?? End(mark)) >= from)
                .OrderBy(mark => mark.From)
                .ThenBy(mark => mark.Kind),
        ];
    }

    private static void Take(Dictionary<string, HistoryMark> marks, object happened)
    {
        switch (happened)
        {
            case BurnAlertOpened e:
                var label = Above(e.Factor, e.LongWindow);
                marks[$"{e.AlertId}"] = new(HistoryKind.BurnAlert, e.At, null, label, e.AlertId, e.Severity);
                break;
            case BurnAlertEscalated e when marks.TryGetValue($"{e.AlertId}", out var open):
                marks[$"{e.AlertId}"] = open with { Severity = e.Severity, Label = Above(e.Factor, e.LongWindow) };
                break;
            case BurnAlertClosed e:
                Close(marks, $"{e.AlertId}", e.At);
                break;
            case BudgetExhausted e:
                marks[$"exhausted {e.At:O}"] = new(HistoryKind.Exhausted, e.At, null, "budget exhausted");
                break;
            case BudgetRestored e:
                Close(marks, HistoryKind.Exhausted, e.At);
                break;
            case DataGapOpened e:
                marks[$"gap {e.Since:O}"] = new(HistoryKind.DataGap, e.Since, null, "no counts came");
                break;
            case DataGapClosed e:
                Close(marks, HistoryKind.DataGap, e.At);
                break;
            case BudgetRevised e:
                marks[$"revised {e.At:O}"] = new(HistoryKind.Revised, e.At, e.At, To(e.Terms));
                break;
            case SpendAttributed e:
                marks[$"{e.CauseId}"] = Spent(e);
                break;
        }
    }

    private static HistoryMark Spent(SpendAttributed e) =>
        new(HistoryKind.Spend, e.From, e.To, e.Label, e.CauseId, null, e.Kind, e.Bad, e.ShareOfBudget);

    private static string To(ObjectiveTerms terms) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"revised to {100 * terms.Target:0.#######} % over {terms.Windows[0].Duration}"
        );

    private static void Close(Dictionary<string, HistoryMark> marks, HistoryKind kind, DateTimeOffset at)
    {
        if (marks.LastOrDefault(mark => mark.Value.Kind == kind && mark.Value.Until is null) is { Key: { } key })
            Close(marks, key, at);
    }

    private static void Close(Dictionary<string, HistoryMark> marks, string key, DateTimeOffset at)
    {
        if (marks.TryGetValue(key, out var open))
            marks[key] = open with { Until = at };
    }

    // What has no end yet goes on.
    private static DateTimeOffset End(HistoryMark mark) =>
        mark.Kind == HistoryKind.Revised ? mark.From : DateTimeOffset.MaxValue;

    private static string Above(decimal factor, string window) =>
        string.Create(CultureInfo.InvariantCulture, $"above {factor:0.##}× over {window}");
}
