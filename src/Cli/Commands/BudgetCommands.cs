using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady budget</c>: what is left of the error budgets.</summary>
internal static class BudgetCommands
{
    public static Command Create(Shell shell) =>
        new("budget", "Error budgets: what is left, how fast it burns, who spent it.") { Show(shell) };

    private static Command Show(Shell shell)
    {
        var objective = new Argument<string?>("name")
        {
            Description = "The objective, by name or id; all budgets when absent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("show", "One budget, or all of them by name.") { objective, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                given.GetValue(objective) is { } name
                    ? session.Show(await session.Door.Budgets.Budget(name, stop), BudgetPictures.Page)
                    : session.Show(
                        await session.Door.Budgets.Budgets(given.GetValue(limit), given.GetValue(after), stop),
                        BudgetPictures.Budgets
                    )
        );
        return command;
    }
}
