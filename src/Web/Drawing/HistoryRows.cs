using Steady.Contracts.Budgets;

namespace Steady.Web.Drawing;

/// <summary>One line of a history told in words.</summary>
public sealed record HistoryRow(DateTimeOffset At, decimal? Left, long Bad, string Happened);

public static class HistoryRows
{
    private const int Most = 31;

    /// <summary>Points taken together until they are few enough to be read; newest first.</summary>
    public static IReadOnlyList<HistoryRow> Of(BudgetHistory history)
    {
        var together = (history.Points.Count + Most - 1) / Most;
        var rows = new List<HistoryRow>();
        var since = DateTimeOffset.MinValue;
        foreach (var points in history.Points.Chunk(together))
        {
            var until = points[^1].At;
            var happened = history.Marks.Where(mark => mark.From > since && mark.From <= until).Select(Sentence);
            rows.Add(
                new HistoryRow(
                    until,
                    points[^1].Remaining,
                    points.Sum(point => point.StepBad),
                    string.Join("; ", happened)
                )
            );
            since = until;
        }

        rows.Reverse();
        return rows;
    }

    private static string Sentence(HistoryMark mark) =>
        mark.Kind switch
        {
            HistoryKind.BurnAlert => $"{mark.Severity} alert {mark.Label}",
            HistoryKind.Spend => $"{mark.Label} spent {Words.Percent(mark.ShareOfBudget ?? 0)}",
            _ => mark.Label,
        };
}
