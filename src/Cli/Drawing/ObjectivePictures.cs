using Spectre.Console;
using Steady.Cli.Commands;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Drawing;

/// <summary>What became of objectives, and what would.</summary>
internal static class ObjectivePictures
{
    public static void Applied(IAnsiConsole screen, AppliedObjectives applied, DateTimeOffset now)
    {
        foreach (var (outcome, objective) in applied.Items)
        {
            var revision = outcome == "revised" ? $" (revision {objective.Revision})" : "";
            screen.Line($"[green]✓[/] {outcome}{revision}");
            BudgetPictures.Defined(screen, objective, now);
        }

        Repaired(screen, applied.Repairs);
    }

    public static void Repaired(IAnsiConsole screen, IReadOnlyList<LintRepair> repairs)
    {
        foreach (var repair in repairs)
            screen.Line($"[blue]repaired[/] [yellow]{repair.Path}[/] ({repair.Rule}): {repair.Message}");
    }

    public static void Retired(IAnsiConsole screen, ObjectiveView objective, DateTimeOffset now) =>
        screen.Line($"[green]✓[/] [bold]{objective.Name}[/] is retired. Its figures are kept.");

    public static void Changed(IAnsiConsole screen, List<ObjectiveDiff> diffs, DateTimeOffset now)
    {
        foreach (var diff in diffs)
        {
            if (diff.Changes.Count == 0)
                screen.Line($"[green]=[/] [bold]{diff.Objective}[/]: nothing would change");
            else if (diff.Changes is [{ Path: "", Old: null }])
                screen.Line($"[blue]+[/] [bold]{diff.Objective}[/]: would be created");
            else
            {
                screen.Line($"[yellow]~[/] [bold]{diff.Objective}[/]: would be revised");
                foreach (var change in diff.Changes)
                    screen.Line($"    {change.Path}: [red]{change.Old ?? "–"}[/] → [green]{change.New ?? "–"}[/]");
            }
        }
    }
}
