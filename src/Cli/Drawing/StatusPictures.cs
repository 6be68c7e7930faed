using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>The public status page, for people at a terminal.</summary>
public static class StatusPictures
{
    public static void Page(IAnsiConsole screen, StatusSummary status, DateTimeOffset now)
    {
        if (status.IsLastKnown)
            screen.Line($"[yellow]Known {Words.Ago(status.AsOf, now)}; newer cannot be asked for at the moment.[/]");
        if (status.Components.Count == 0)
            screen.Line($"[dim]Customers know no component: steady.dev/public in the catalog makes one known.[/]");
        var table = Screens.Table("COMPONENT", "STATE");
        foreach (var one in status.Components)
            table.AddRow(Screens.Cell($"[bold]{one.Title}[/]"), State(one.Impact));
        if (status.Components.Count > 0)
            screen.Write(table);
        foreach (var story in status.Open)
        {
            screen.WriteLine();
            screen.Line($"[bold]{story.Component}[/] [dim]since {Words.Ago(story.StartedAt, now)}, {story.Step}[/]");
            foreach (var note in story.Notes)
                screen.Line($"  [dim]{Words.Ago(note.At, now)}[/] {note.Text}");
        }
    }

    public static void Subscribers(IAnsiConsole screen, StatusSubscriptions mails, DateTimeOffset now) =>
        screen.Line(
            $"[bold]{mails.Subscribers}[/] get mails, {mails.Unconfirmed} have not said yes yet; {mails.Waiting} mails wait."
        );

    private static Markup State(StatusImpact impact) =>
        impact switch
        {
            StatusImpact.None => Screens.Styled("[green]works[/]"),
            StatusImpact.Minor => Screens.Styled("[yellow]slightly disturbed[/]"),
            StatusImpact.Partial => Screens.Styled("[yellow]partly out of order[/]"),
            _ => Screens.Styled("[red]out of order[/]"),
        };
}
