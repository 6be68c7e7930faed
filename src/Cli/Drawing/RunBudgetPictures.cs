using Spectre.Console;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How the bill of a run looks on a terminal.</summary>
internal static class RunBudgetPictures
{
    public static void Page(IAnsiConsole screen, RunBudget budget, DateTimeOffset now)
    {
        screen.Line(
            budget.SpendAtMost is { } share
                ? (FormattableString)$"Sets aside [bold]{share:P2}[/] of each budget that it may touch."
                : $"[dim]Sets nothing aside.[/]"
        );
        var objectives = budget
            .Reserved.Select(one => one.Objective)
            .Union((budget.Charged ?? []).Select(one => one.Objective))
            .ToList();
        if (objectives.Count > 0)
        {
            var table = Screens.Table("OBJECTIVE", ">SET ASIDE", ">SPENT", ">BUDGETS SAYS");
            foreach (var objective in objectives)
                table.AddRow(
                    Screens.Cell($"{objective}"),
                    Screens.Cell($"{Of(budget.Reserved.FirstOrDefault(one => one.Objective == objective)?.Failures)}"),
                    Screens.Cell($"{Of(budget.Charged?.FirstOrDefault(one => one.Objective == objective)?.Failures)}"),
                    Screens.Cell(
                        $"{Of(budget.Compared?.FirstOrDefault(one => one.Objective == objective)?.Attributed)}"
                    )
                );
            screen.Write(table);
        }

        if (budget.Complete == false)
            screen.Line($"[yellow]Not everything up to its end had been counted when it was charged.[/]");
        screen.Line(
            budget switch
            {
                { Charged: null } => (FormattableString)$"[dim]Not charged yet.[/]",
                { Charged.Count: 0 } => $"[dim]No objective covers its services.[/]",
                { Agrees: null } => $"[dim]Budgets has not said yet what it puts down to the run.[/]",
                { Agrees: true } => $"[green]✓[/] Budgets agrees within 1 %.",
                _ => $"[yellow]■[/] Budgets puts another number down to the run. Somebody should look why.",
            }
        );
    }

    private static string Of(long? failures) => failures is { } number ? $"{number}" : "–";
}
