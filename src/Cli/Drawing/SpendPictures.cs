using Spectre.Console;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>How it looks who spent a budget, and what a team takes on itself.</summary>
internal static class SpendPictures
{
    public static void Report(IAnsiConsole screen, SpendReport report, DateTimeOffset now)
    {
        screen.Line(
            $"[bold]{report.Objective}[/], {report.From.UtcDateTime:yyyy-MM-dd HH:mm}Z to {report.To.UtcDateTime:yyyy-MM-dd HH:mm}Z"
        );
        screen.Line(
            $"{Words.Number(report.Bad)} failures in {Words.Number(report.Good + report.Bad)} requests [dim]({Words.Number(report.ExcludedBad)} more in periods that do not count)[/]"
        );
        if (report.Parts.Count == 0)
            return;
        var byMinute = report.Parts.Any(part => part.Minute is not null);
        var table = byMinute
            ? Screens.Table("MINUTE", "SPENT BY", ">SHARE", ">FAILURES", "TEAM", "WHAT")
            : Screens.Table("SPENT BY", ">SHARE", ">FAILURES", "TEAM", "WHAT");
        foreach (var part in report.Parts)
        {
            Markup[] cells =
            [
                Screens.Cell($"{$"{part.Kind}".ToLowerInvariant()}"),
                Screens.Cell($"{Words.Percent(part.ShareOfBudget)}"),
                Screens.Cell($"{Words.Number(part.Bad)}"),
                Screens.Cell($"{part.Team ?? "–"}"),
                Screens.Cell($"{part.Label}"),
            ];
            table.AddRow(byMinute ? [Screens.Cell($"{part.Minute?.UtcDateTime:yyyy-MM-dd HH:mm}"), .. cells] : cells);
        }

        screen.Write(table);
    }

    public static void Claimed(IAnsiConsole screen, ClaimView claim, DateTimeOffset now) =>
        screen.Line(
            $"[green]✓[/] [bold]{claim.Team}[/] takes on itself what fails on {claim.Service} from {claim.From.UtcDateTime:yyyy-MM-dd HH:mm}Z to {claim.To.UtcDateTime:yyyy-MM-dd HH:mm}Z: {claim.Reason}"
        );
}
