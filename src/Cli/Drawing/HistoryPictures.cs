using System.Globalization;
using Spectre.Console;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How a budget's history looks on a terminal: a line for each part of it, and what happened beside it.</summary>
internal static class HistoryPictures
{
    private const int Lines = 30;

    public static void Page(IAnsiConsole screen, BudgetHistory history, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{history.Objective}[/]  {Words.Percent(history.Target, "0.#####")} over {history.Window}, {Words.Full(history.From)} to {Words.Full(history.To)}"
        );
        var table = Screens.Table("AT (UTC)", "LEFT", ">", ">BURN", ">FAILURES", "WHAT HAPPENED");
        foreach (var part in Parts(history))
            table.AddRow(
                Screens.Cell($"{part.At.UtcDateTime.ToString("MM-dd HH:mm", CultureInfo.InvariantCulture)}"),
                Bars.Share(part.Remaining ?? 0, 20, Bars.Colour(part.Remaining)),
                Screens.Cell($"{BudgetPictures.Left(part.Remaining)}"),
                Screens.Cell($"{BudgetPictures.Rate(part.Worst)}"),
                Screens.Cell($"{Words.Number(part.Bad)}"),
                Screens.Cell($"{string.Join("; ", part.Happened)}")
            );
        screen.Write(table);
    }

    /// <summary>Points taken together until they fit on a screen: failures add up, the worst burn rate stays.</summary>
    private static IEnumerable<Part> Parts(BudgetHistory history)
    {
        var together = (history.Points.Count + Lines - 1) / Lines;
        var since = DateTimeOffset.MinValue;
        foreach (var points in history.Points.Chunk(together))
        {
            var last = points[^1];
            var happened = history
                .Marks.Where(mark => mark.From > since && mark.From <= last.At)
                .Select(Sentence)
                .ToList();
            yield return new Part(
                last.At,
                last.Remaining,
                points.Max(point => point.BurnRate),
                points.Sum(point => point.StepBad),
                happened
            );
            since = last.At;
        }
    }

    private static string Sentence(HistoryMark mark) =>
        mark.Kind switch
        {
            HistoryKind.BurnAlert => $"{mark.Severity} alert {mark.Label}",
            HistoryKind.Spend => $"{mark.Label} ({Words.Percent(mark.ShareOfBudget ?? 0)})",
            _ => mark.Label,
        };

    private sealed record Part(
        DateTimeOffset At,
        decimal? Remaining,
        decimal? Worst,
        long Bad,
        IReadOnlyList<string> Happened
    );
}
