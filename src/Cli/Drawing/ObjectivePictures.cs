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

    public static void Stands(IAnsiConsole screen, BudgetStatus budget, DateTimeOffset now)
    {
        if (budget.Ceiling is not { } ceiling)
            screen.Line($"[green]✓[/] [bold]{budget.Objective}[/] stands on nothing else.");
        else
        {
            screen.Line($"[green]✓[/] [bold]{budget.Objective}[/] stands on {string.Join(", ", ceiling.DependsOn)}.");
            screen.Line($"{(ceiling.Feasible ? "Within reach" : "[yellow]Out of reach[/]")}: {ceiling.Derivation}");
        }
    }

    public static void Service(IAnsiConsole screen, ServiceView service, DateTimeOffset now)
    {
        var terms = service.Attribution;
        screen.Line($"[bold]{service.Service}[/], team {service.Team ?? "–"}");
        screen.Line($"{terms.BackgroundRate * 100:0.######} % of all events always fail and are nobody's.");
        screen.Line($"A deployment to {terms.Environments} covers {terms.DeployMinutes} min.");
        if (terms.Order is { Count: > 0 } order)
            screen.Line($"Where several causes cover a minute: {string.Join(", ", order).ToLowerInvariant()}.");
    }

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
