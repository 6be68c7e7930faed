using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Follow-ups for people.</summary>
internal static class FollowUpPictures
{
    public static void List(IAnsiConsole screen, Page<FollowUpView> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line($"[dim]Nothing is left to be done.[/]");
            return;
        }

        var table = Screens.Table("DUE", "OWNER", "WHAT", "ABOUT", "ID");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"{State(one, now)}"),
                Screens.Cell($"[bold]{one.Owner}[/]"),
                Screens.Cell($"{one.Text}"),
                Screens.Cell($"{one.About}"),
                Screens.Cell($"[dim]{one.Id}[/]")
            );
        screen.Write(table);
    }

    public static void One(IAnsiConsole screen, FollowUpView one, DateTimeOffset now)
    {
        screen.Line($"[bold]{one.Text}[/]");
        screen.Line($"{one.Owner}, {State(one, now)}; about {one.About}");
        if (one.Link is { } link)
            screen.Line($"[dim]{link}[/]");
        if (one.Outcome is { } outcome)
            screen.Line($"{one.DoneBy}: {outcome}");
    }

    private static string State(FollowUpView one, DateTimeOffset now) =>
        one.DoneAt is not null ? "done"
        : one.DueOn is { } due ? $"{due:yyyy-MM-dd}{(due < DateOnly.FromDateTime(now.UtcDateTime) ? ", overdue" : "")}"
        : "no date";
}
