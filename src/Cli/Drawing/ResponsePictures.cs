using System.Text.Json;
using Spectre.Console;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>How an incident is worked on, for people.</summary>
internal static class ResponsePictures
{
    public static void All(IAnsiConsole screen, IncidentResponse response, DateTimeOffset now)
    {
        screen.Line($"[bold]INC-{response.Number}[/]  [dim]version {response.Version}[/]");
        if (response.NextUpdateDueAt is { } due)
            screen.Line(
                due <= now
                    ? (FormattableString)$"[red]The next word was promised by {Words.Full(due)}.[/]"
                    : $"The next word is promised by {Words.Full(due)}."
            );
        Roles(screen, response);
        Tasks(screen, response, now);
        foreach (var update in response.Updates)
            screen.Line(
                $"[bold]{update.Number}[/] [dim]{Words.Full(update.At)}, {update.By} to {Word(update.Audience)}:[/] {update.Text}"
            );
    }

    private static void Roles(IAnsiConsole screen, IncidentResponse response)
    {
        if (response.Roles.Count == 0)
        {
            screen.Line($"[yellow]Nobody has a role yet: who acknowledges first commands.[/]");
            return;
        }

        var table = Screens.Table("ROLE", "PERSON", "SINCE", "OFFERED TO");
        foreach (var one in response.Roles)
        {
            var offer = response.Handovers.FirstOrDefault(offer => offer.Role == one.Role);
            table.AddRow(
                Screens.Cell($"{Word(one.Role)}"),
                Screens.Cell($"[bold]{one.Person}[/]"),
                Screens.Cell($"{Words.Full(one.Since)}"),
                Screens.Cell($"{(offer is null ? "" : $"{offer.To}, until {Words.Full(offer.ExpiresAt)}")}")
            );
        }

        screen.Write(table);
    }

    private static void Tasks(IAnsiConsole screen, IncidentResponse response, DateTimeOffset now)
    {
        if (response.Tasks.Count == 0)
            return;
        var table = Screens.Table("TASK", "STATE", "OWNER", "DUE", "WHAT");
        foreach (var task in response.Tasks)
            table.AddRow(
                Screens.Cell($"{task.Number}"),
                task.DoneAt is not null ? Screens.Styled("[green]✓ done[/]")
                    : task.DueAt <= now ? Screens.Styled("[red]▲ overdue[/]")
                    : Screens.Styled("[yellow]● open[/]"),
                Screens.Cell($"{task.Owner ?? "–"}"),
                Screens.Cell($"{(task.DueAt is { } due ? Words.Full(due) : "–")}"),
                Screens.Cell($"{task.Text} [dim]{task.Link} {task.Outcome}[/]")
            );
        screen.Write(table);
    }

    private static string Word<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.KebabCaseLower.ConvertName($"{value}").Replace('-', ' ');
}
