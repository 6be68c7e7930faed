using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Which alerts make one incident, for people.</summary>
internal static class GroupingPictures
{
    public static void Rules(IAnsiConsole screen, AlertGroupingView view, DateTimeOffset now)
    {
        var table = Screens.Table("#", "ALERTS", "SERVICES", "SHARE AN INCIDENT BY", "FOR");
        for (var i = 0; i < view.Rules.Count; i++)
        {
            var rule = view.Rules[i];
            table.AddRow(
                Screens.Cell($"{i + 1}"),
                Screens.Cell($"{(rule.Matchers is { Count: > 0 } all ? string.Join(", ", all) : "any other")}"),
                Screens.Cell($"{(rule.Services is { Count: > 0 } some ? string.Join(", ", some) : "all")}"),
                Screens.Cell($"{(rule.By.Count > 0 ? $"service, {string.Join(", ", rule.By)}" : "service")}"),
                Screens.Cell($"{(rule.WindowMinutes is { } window ? $"{window} min" : "while it is open")}")
            );
        }

        if (view.Rules.Count > 0)
            screen.Write(table);
        else
            screen.Line($"All alerts of a service share one incident.");
        screen.Line($"[dim]Version {view.Version}{By(view, now)}: {view.Reason}[/]");
    }

    public static void History(IAnsiConsole screen, Page<AlertGroupingView> page, DateTimeOffset now)
    {
        foreach (var one in page.Items)
            Rules(screen, one, now);
        screen.Tail(page.Items.Count, page.Next, "Nobody has set rules: all alerts of a service share one incident.");
    }

    public static void Preview(IAnsiConsole screen, AlertGroupingPreview preview, DateTimeOffset now)
    {
        var table = Screens.Table("SERVICE", "GROUPED BY", "ALERTS", "FIRST (UTC)", "LAST (UTC)", "NAMES");
        foreach (var one in preview.Groups)
            table.AddRow(
                Screens.Cell($"{one.Service}"),
                Screens.Cell($"{one.GroupedBy ?? "service"}"),
                Screens.Cell($"{one.Alerts}"),
                Screens.Cell($"{Words.Full(one.From)}"),
                Screens.Cell($"{Words.Full(one.To)}"),
                Screens.Cell($"{string.Join(", ", one.Names)}")
            );
        if (preview.Groups.Count > 0)
            screen.Write(table);
        screen.Line(
            $"{preview.Alerts} alerts{(preview.IsCut ? " (the first)" : "")} would have been [bold]{preview.Incidents}[/] incidents; by the rules of now {preview.IncidentsNow}."
        );
    }

    private static string By(AlertGroupingView view, DateTimeOffset now) =>
        view.SetBy is { } by ? $", {by} {Words.Ago(view.SetAt!.Value, now)}" : "";
}
