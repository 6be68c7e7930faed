using System.Text.Json;
using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>The moments of an incident, for people.</summary>
internal static class TimestampPictures
{
    public static void All(IAnsiConsole screen, IncidentTimestamps all, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]INC-{all.Number}[/]{(all.Drill ? "  a drill: it counts in no figure" : "")}{(all.Reopened.Count > 0 ? $"  reopened {all.Reopened.Count} times" : "")}"
        );
        var table = Screens.Table("MOMENT", "OCCURRED (UTC)", "WRITTEN DOWN", "BY", "BEFORE");
        foreach (var one in all.Timestamps)
            table.AddRow(
                Screens.Cell($"{Word($"{one.Moment}")}"),
                Screens.Cell($"{(one.Holds?.OccurredAt is { } at ? Words.Full(at) : "–")}"),
                Screens.Cell($"[dim]{(one.Holds is { } told ? Words.Full(told.RecordedAt) : "")}[/]"),
                Screens.Cell($"{one.Holds?.By}{(one.Holds is { Stated: true } said ? $": {said.Reason}" : "")}"),
                Screens.Cell($"[dim]{(one.Before.Count == 0 ? "" : $"{one.Before.Count}")}[/]")
            );
        screen.Write(table);
        screen.WriteLine();
        screen.Facts([
            .. all.Measures.Select(one =>
                (
                    Word($"{one.Measure}"),
                    (Spectre.Console.Rendering.IRenderable?)(
                        one.Seconds is { } seconds
                            ? Screens.Cell($"{Words.Length(TimeSpan.FromSeconds(seconds))}")
                            : Screens.Cell(
                                $"[yellow]{one.Validity.ToString().ToLowerInvariant()}[/] [dim]{one.Because}[/]"
                            )
                    )
                )
            ),
        ]);
    }

    private static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name).Replace('-', ' ');
}
