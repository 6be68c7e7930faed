using Spectre.Console;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How the history of an experiment looks on a terminal.</summary>
internal static class RunHistoryPictures
{
    public static void List(IAnsiConsole screen, IReadOnlyList<RunSummary> runs, DateTimeOffset now)
    {
        if (runs.Count == 0)
        {
            screen.Line($"[dim]No run has ended yet.[/]");
            return;
        }

        var table = Screens.Table("RUN", "STARTED", "STATE", "BREAKING POINT", "FINDING");
        foreach (var run in runs)
            table.AddRow(
                Screens.Cell($"{run.RunId}"),
                Screens.Cell($"{Words.Ago(run.StartedAt, now)}"),
                Words.Mark(run.State, run.Verdict),
                Screens.Cell($"{(run.BreakingPoint is { } broke ? Words.BrokeAt(broke, run.Was) : "–")}"),
                Screens.Cell($"{run.Finding ?? ""}")
            );
        table.Columns[0].NoWrap();
        screen.Write(table);
    }
}
