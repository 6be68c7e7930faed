using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>What incidents cost people, for people.</summary>
internal static class LoadPictures
{
    public static void Report(IAnsiConsole screen, LoadReport report, DateTimeOffset now)
    {
        screen.Line($"[dim]{Words.Day(report.From)} to {Words.Day(report.To)}; working / late / sleeping hours[/]");
        if (report.People.Count == 0)
        {
            screen.Line($"[dim]Nobody was on call, paged, or worked on an incident.[/]");
            return;
        }

        var table = Screens.Table(
            "PERSON",
            ">PAGES",
            ">UNANSWERED",
            ">MINUTES",
            ">ON CALL",
            ">OPERATIONS",
            ">HEAVY SHIFTS"
        );
        foreach (var one in report.People)
            table.AddRow(
                Screens.Cell($"[bold]{one.Person}[/]"),
                Hours(one.Pages),
                Screens.Cell($"{one.Unanswered}"),
                Hours(one.IncidentMinutes),
                Marked(Words.Percent(one.OnCallShare), one.Warnings.Contains("on-call")),
                Marked(Words.Percent(one.OperationsShare), one.Warnings.Contains("operations")),
                Marked($"{one.HeavyShifts} of {one.Shifts}", one.Warnings.Contains("shifts"))
            );
        screen.Write(table);
        if (report.Teams.Count > 0)
            Teams(screen, report.Teams);
        foreach (var one in report.Repeated.Take(10))
            screen.Line($"[yellow]{one.Name}[/] on {one.Service} came back in {one.Incidents} incidents.");
        screen.Line(
            $"[dim]Guides: at most 25 % on call, 50 % operations, two incidents in twelve hours. Red is above.[/]"
        );
    }

    private static void Teams(IAnsiConsole screen, IReadOnlyList<TeamLoad> teams)
    {
        screen.WriteLine();
        var table = Screens.Table("TEAM", ">PAGES", ">MINUTES", ">OPERATIONS", "OF THEM");
        foreach (var one in teams)
            table.AddRow(
                Screens.Cell($"[bold]{one.Team}[/]"),
                Hours(one.Pages),
                Hours(one.IncidentMinutes),
                Marked(Words.Percent(one.OperationsShare), one.Warnings.Contains("operations")),
                Screens.Cell($"[dim]{string.Join(", ", one.People)}[/]")
            );
        screen.Write(table);
    }

    private static Markup Hours(ByHour one) =>
        Screens.Cell($"{Number(one.Working)} / {Number(one.Late)} / {Number(one.Sleeping)}");

    private static IRenderable Marked(string text, bool isAbove) =>
        isAbove ? Screens.Cell($"[red]{text}[/]") : Screens.Cell($"{text}");

    private static string Number(decimal number) => number.ToString("0.#", CultureInfo.InvariantCulture);
}
