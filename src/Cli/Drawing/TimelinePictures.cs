using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How a timeline looks on a terminal: by day, with what was learned late marked as such.</summary>
internal static class TimelinePictures
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(1);

    public static void Entries(IAnsiConsole screen, Page<TimelineEntry> page, DateTimeOffset? knownAt)
    {
        if (knownAt is { } moment)
            screen.Line($"[yellow]As it was known at {Words.Full(moment)}.[/]");
        foreach (var day in page.Items.GroupBy(e => Words.Day(e.OccurredAt)))
        {
            var table = Screens.Table(day.Key, "SOURCE", "WHAT", "BY");
            foreach (var entry in day)
                table.AddRow(
                    Screens.Cell($"{Words.Clock(entry.OccurredAt)}"),
                    Source(entry.Source),
                    What(entry),
                    Screens.Cell($"[dim]{entry.Actor}[/]")
                );
            table.Columns[0].NoWrap();
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nothing was known yet.");
    }

    private static Markup What(TimelineEntry entry) =>
        (entry.RecordedAt - entry.OccurredAt).Duration() > Late
            ? Screens.Cell($"{entry.Text} [dim](known {Words.Clock(entry.RecordedAt)})[/]")
            : Screens.Cell($"{entry.Text}");

    private static Markup Source(string source) =>
        source switch
        {
            "incidents" => Screens.Styled("[blue]incidents[/]"),
            "budgets" => Screens.Styled("[green]budgets[/]"),
            "experiments" => Screens.Styled("[magenta]experiments[/]"),
            _ => Screens.Cell($"{source}"),
        };
}
