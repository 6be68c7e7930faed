using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady budget</c>: what is left of the error budgets.</summary>
internal static class BudgetCommands
{
    public static Command Create(Shell shell) =>
        new("budget", "Error budgets: what is left, how fast it burns, who spent it.")
        {
            Show(shell),
            History(shell),
            SpendCommand.Create(shell),
            WhatIfCommand.Create(shell),
            BudgetServiceCommands.Create(shell),
        };

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

    private static Command History(Shell shell)
    {
        var objective = new Argument<string>("name") { Description = "The objective, by name or id." };
        var from = Inputs.Moment("--from", "The beginning; the objective's window ago when absent.", shell);
        var to = Inputs.Moment("--to", "The end; now when absent.", shell);
        var step = new Option<TimeSpan?>("--step")
        {
            Description = "Distance of two points, for example 1h; some 240 of them when absent.",
            HelpName = "length",
            CustomParser = Moments.Lasting,
        };
        var command = new Command("history", "A budget over time: what was left, how fast it burned, what happened.")
        {
            objective,
            from,
            to,
            step,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.History(
                        given.GetRequiredValue(objective),
                        given.GetValue(from),
                        given.GetValue(to),
                        (int?)given.GetValue(step)?.TotalSeconds,
                        stop
                    ),
                    HistoryPictures.Page
                )
        );
        return command;
    }
}
