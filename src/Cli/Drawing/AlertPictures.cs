using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Alerts for people.</summary>
internal static class AlertPictures
{
    public static void List(IAnsiConsole screen, Page<AlertView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("STATUS", "SEVERITY", "SERVICE", "STARTED", "FROM", "ALERT");
            foreach (var alert in page.Items)
                table.AddRow(
                    alert.Status == AlertStatus.Firing
                        ? Screens.Styled("[red]firing[/]")
                        : Screens.Styled("[green]resolved[/]"),
                    alert.Severity is { } severity ? Words.Mark(severity) : Screens.Styled("[dim]recorded[/]"),
                    Screens.Cell($"{alert.Service}"),
                    Screens.Cell($"{Words.Ago(alert.StartsAt, now)}"),
                    Screens.Cell($"{alert.Integration}"),
                    Screens.Cell($"{alert.Title}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nothing fires. `steady alert list --all` shows what is over.");
    }

    public static void Silences(IAnsiConsole screen, Page<SilenceView> page, DateTimeOffset now)
    {
        var table = Screens.Table("SILENCE", "ALERTS WITH", "UNTIL (UTC)", "WHY", "BY");
        foreach (var one in page.Items)
            table.AddRow(
                Screens.Cell($"[dim]{one.Id}[/]"),
                Screens.Cell($"{string.Join(", ", one.Matchers)}"),
                one.Status switch
                {
                    SilenceStatus.Active => Screens.Cell($"{Words.Full(one.Until)}"),
                    SilenceStatus.Pending => Screens.Cell(
                        $"{Words.Full(one.Until)} [dim]from {Words.Full(one.From)}[/]"
                    ),
                    _ => Screens.Cell($"[dim]over since {Words.Full(one.Until)}[/]"),
                },
                Screens.Cell($"{one.Reason}"),
                Screens.Cell($"[dim]{one.By}[/]")
            );
        if (page.Items.Count > 0)
            screen.Write(table);
        screen.Tail(page.Items.Count, page.Next, "Nothing is silenced.");
    }

    public static void Routes(IAnsiConsole screen, AlertRoutesView routes, DateTimeOffset now)
    {
        var table = Screens.Table("#", "WHEN", "THEN", "SERVICE");
        for (var i = 0; i < routes.Routes.Count; i++)
        {
            var route = routes.Routes[i];
            table.AddRow(
                Screens.Cell($"{i + 1}"),
                Screens.Cell($"{(route.Matchers is { Count: > 0 } all ? string.Join(", ", all) : "any other")}"),
                route.Severity is { } severity ? Words.Mark(severity) : Screens.Styled("[dim]record[/]"),
                Screens.Cell($"{route.Service ?? $"label {string.Join(" or ", routes.ServiceLabels)}"}")
            );
        }

        screen.Write(table);
        var who = routes.SetBy is { } by ? $", {by} {Words.Ago(routes.SetAt!.Value, now)}" : "";
        screen.Line($"[dim]Version {routes.Version}{who}: {routes.Reason}[/]");
    }
}
