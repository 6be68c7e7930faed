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
            DiffCommand.Create(shell),
            Apply(shell),
            Export(shell),
            Depend(shell),
            SourceCommands.Create(shell),
            Retire(shell),
            List(shell),
        };

    private static Command Apply(Shell shell)
    {
        var (file, mode) = (Inputs.File(), LintCommand.Mode());
        var command = new Command("apply", "Define or revise objectives from OpenSLO documents.") { file, mode };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var how = given.GetValue(mode) is OpenSlo.Mode.Lenient ? "lenient" : "strict";
                var document = Documents.Read(path);
                var applied = await session.Door.Budgets.ApplyAll(document, Documents.MediaType(path), how, stop);
                return session.Show(applied, ObjectivePictures.Applied);
            }
        );
        return command;
    }

    private static Command Export(Shell shell)
    {
        var name = Name();
        var command = new Command("export", "An objective as an OpenSLO v1 document: YAML, or JSON with --json.")
        {
            name,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var type = session.Json ? "application/json" : "application/yaml";
                session.Write(await session.Door.Budgets.Export(given.GetRequiredValue(name), type, stop));
                return Exit.Done;
            }
        );
        return command;
    }

    private static Command Depend(Shell shell)
    {
        var name = Name();
        var on = new Option<string[]>("--on")
        {
            Description =
                "An objective that must hold for this one to; give it once for each. None: it stands on nothing.",
            HelpName = "objective",
        };
        var command = new Command("depend", "Say what an objective stands on; shows the most that it can reach then.")
        {
            name,
            on,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var objective = given.GetRequiredValue(name);
                await session.Door.Gates.Depend(objective, new(given.GetValue(on) ?? []), stop);
                return session.Show(await session.Door.Budgets.Budget(objective, stop), ObjectivePictures.Stands);
            }
        );
        return command;
    }

    private static Command Retire(Shell shell)
    {
        var name = Name();
        var command = new Command("retire", "End an objective; its figures and its history are kept.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var objective = given.GetRequiredValue(name);
                await session.Door.Budgets.Retire(objective, stop);
                var view = await session.Door.Budgets.Objective(objective, stop);
                return session.Show(view, ObjectivePictures.Retired);
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

    private static Argument<string> Name() => new("objective") { Description = "The objective, by name or id." };
}
