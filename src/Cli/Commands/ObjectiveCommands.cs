using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady objective</c>: service level objectives, as OpenSLO documents.</summary>
internal static class ObjectiveCommands
{
    public static Command Create(Shell shell) =>
        new("objective", "Service level objectives: what was promised.")
        {
            LintCommand.Create(shell),
            Apply(shell),
            List(shell),
        };

    private static Command Apply(Shell shell)
    {
        var file = Inputs.File();
        var command = new Command("apply", "Define an objective from an OpenSLO v1 document.") { file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var document = Documents.Read(path);
                var objective = await session.Door.Budgets.Apply(document, Documents.MediaType(path), stop);
                return session.Show(objective, BudgetPictures.Defined);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "All objectives, by name.") { limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.Objectives(given.GetValue(limit), given.GetValue(after), stop),
                    BudgetPictures.Objectives
                )
        );
        return command;
    }
}
