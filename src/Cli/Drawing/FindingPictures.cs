using System.Globalization;
using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How findings look on a terminal.</summary>
internal static class FindingPictures
{
    public static string Word(FindingKind kind) =>
        kind switch
        {
            FindingKind.BrokeEarly => "broke-early",
            FindingKind.NoFallback => "no-fallback",
            FindingKind.NoAlert => "no-alert",
            FindingKind.SlowRecovery => "slow-recovery",
            FindingKind.UnexpectedImpact => "unexpected-impact",
            _ => "other",
        };

    public static void List(IAnsiConsole screen, Page<FindingView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("FINDING", "STATE", "KIND", ">ACTIONS", "RAISED", "TITLE");
            foreach (var finding in page.Items)
                table.AddRow(
                    Screens.Cell($"{finding.Id}"),
                    Standing(finding),
                    Screens.Cell($"{Word(finding.Kind)}"),
                    Screens.Cell($"{finding.Actions.Count}"),
                    Screens.Cell($"{Words.Ago(finding.At, now)}"),
                    Screens.Cell($"[bold]{finding.Title}[/]")
                );
            table.Columns[0].NoWrap();
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "No finding. `steady finding raise` writes one down.");
    }

    public static void Page(IAnsiConsole screen, FindingView finding, DateTimeOffset now)
    {
        screen.Write(Screens.Cell($"[bold]{finding.Title}[/]  "));
        screen.Write(Standing(finding));
        screen.WriteLine();
        if (finding.Description is { } text)
            screen.Line($"{text}");
        screen.WriteLine();
        screen.Facts(
            ("finding", Screens.Cell($"{finding.Id}")),
            ("kind", Screens.Cell($"{Word(finding.Kind)}")),
            ("coupling", finding.Coupling is { } type ? Screens.Cell($"{type.ToString().ToLowerInvariant()}") : null),
            ("run", Screens.Cell($"{finding.RunId} [dim]of {finding.Experiment}[/]")),
            ("services", Screens.Cell($"{string.Join(", ", finding.Services)}")),
            (
                "regression",
                finding.Regression is { } regression
                    ? Screens.Cell($"{regression.Name} [dim]must hold {Words.Strength(regression.MustHold)}[/]")
                    : null
            ),
            ("fixed by", finding.VerifiedBy is { } run ? Screens.Cell($"run {run}") : null),
            ("raised", Screens.Cell($"{Words.Ago(finding.At, now)} [dim]by {finding.By}[/]"))
        );
        foreach (var item in finding.Actions)
            screen.Line($"○ {item.Text} [dim]{item.Owner}{Due(item)}[/]");
    }

    private static string Due(ActionItem item) =>
        item.DueOn is { } day ? $", until {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "";

    private static Markup Standing(FindingView finding) =>
        Screens.Styled(
            finding switch
            {
                { VerifiedBy: not null } => "[green]✓ fixed[/]",
                { Regression: not null } => "[blue]● regression waits[/]",
                _ => "[yellow]○ open[/]",
            }
        );
}
