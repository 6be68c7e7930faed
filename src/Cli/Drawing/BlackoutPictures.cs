using Spectre.Console;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How blackouts look on a terminal.</summary>
internal static class BlackoutPictures
{
    public static void Page(IAnsiConsole screen, BlackoutView blackout, DateTimeOffset now)
    {
        screen.Line($"[bold]{blackout.Name}[/] in {blackout.Environment}: {When(blackout, now)}");
        screen.Line($"{blackout.Reason} [dim]by {blackout.By}, {Words.Ago(blackout.At, now)}[/]");
    }

    public static void List(IAnsiConsole screen, IReadOnlyList<BlackoutView> blackouts, DateTimeOffset now)
    {
        if (blackouts.Count == 0)
        {
            screen.Line($"[dim]No blackouts.[/]");
            return;
        }

        var table = Screens.Table("ENVIRONMENT", "NAME", "WHEN", "REASON");
        foreach (var blackout in blackouts)
            table.AddRow(
                Screens.Cell($"{blackout.Environment}"),
                Screens.Cell($"[bold]{blackout.Name}[/]"),
                Screens.Cell($"{When(blackout, now)}"),
                Screens.Cell($"{blackout.LiftedBecause ?? blackout.Reason}")
            );
        screen.Write(table);
    }

    private static string When(BlackoutView blackout, DateTimeOffset now) =>
        blackout switch
        {
            { Lifted: true } => "lifted",
            { Begins: { } begins, Ends: { } ends } =>
                $"{(begins <= now ? "holds" : $"from {begins.UtcDateTime:yyyy-MM-dd HH:mm}Z")} until {ends.UtcDateTime:yyyy-MM-dd HH:mm}Z{(blackout.Window.EveryWeek ? ", every week" : "")}",
            _ => "over",
        };
}
