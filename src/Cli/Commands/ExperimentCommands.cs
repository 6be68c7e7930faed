using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady experiment</c>: what is broken on purpose, and how far that may reach.</summary>
internal static class ExperimentCommands
{
    public static Command Create(Shell shell) =>
        new("experiment", "Experiments: what is broken on purpose, and how far that may reach.")
        {
            ExperimentLintCommand.Create(shell),
            Check(shell),
            Apply(shell),
            Import(shell),
            Export(shell),
            Schema(shell),
            Freeze(shell),
            List(shell),
            Show(shell),
            TopologyCommands.Predict(shell),
            RunHistoryCommand.Create(shell),
            PromotionCommands.Promote(shell),
            PromotionCommands.Demote(shell),
        };

    public static Argument<string> Experiment() => new("experiment") { Description = "The experiment, by name or id." };

    private static Command Check(Shell shell)
    {
        var file = Inputs.File();
        var command = new Command("check", "What is to be said of a design before it is kept; nothing is stored.")
        {
            file,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var lint = await session.Door.Experiments.Lint(Documents.Read(path), Documents.MediaType(path), stop);
                session.Show(lint, ExperimentPictures.Checked);
                return lint.Accepted ? Exit.Done : Exit.Refused;
            }
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var file = Inputs.File();
        var freeze = new Option<bool>("--freeze")
        {
            Description = "Freeze it as well: it can be run then, and no longer changed.",
        };
        var command = new Command("apply", "Draft an experiment from a document, or change a draft.") { file, freeze };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var experiments = session.Door.Experiments;
                var path = given.GetRequiredValue(file);
                var experiment = await experiments.Apply(Documents.Read(path), Documents.MediaType(path), stop);
                if (given.GetValue(freeze))
                    experiment = await experiments.Freeze($"{experiment.Id}", stop);
                return session.Show(experiment, ExperimentPictures.Applied);
            }
        );
        return command;
    }

    private static Command Import(Shell shell)
    {
        var (file, environment) = (Inputs.File(), ExperimentLintCommand.Environment());
        var command = new Command("import", "Draft an experiment from one of Chaos Toolkit: whole, or not at all.")
        {
            file,
            environment,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var (text, type) = (Documents.Read(path), Documents.MediaType(path));
                return session.Show(
                    await session.Door.Experiments.Import(text, type, given.GetValue(environment), stop),
                    ExperimentPictures.Applied
                );
            }
        );
        return command;
    }

    private static Command Export(Shell shell)
    {
        var experiment = Experiment();
        var format = Inputs.OneOf(
            "--format",
            "As what",
            new Dictionary<string, string> { ["steady"] = "steady", ["chaostoolkit"] = "chaostoolkit" }
        );
        (format.Required, format.DefaultValueFactory) = (false, _ => "steady");
        var command = new Command("export", "One experiment's design as a document.") { experiment, format };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(experiment);
                session.Write(await session.Door.Experiments.Export(name, given.GetValue(format)!, stop));
                return Exit.Done;
            }
        );
        return command;
    }

    private static Command Schema(Shell shell)
    {
        var command = new Command("schema", "The shape of a design's document, as JSON Schema for editors.");
        shell.Handle(
            command,
            async (_, session, stop) =>
            {
                session.Write(await session.Door.Experiments.Schema(stop));
                return Exit.Done;
            }
        );
        return command;
    }

    private static Command Freeze(Shell shell)
    {
        var experiment = Experiment();
        var command = new Command("freeze", "Freeze a design: it can be run then, and no longer changed.")
        {
            experiment,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Freeze(given.GetRequiredValue(experiment), stop),
                    ExperimentPictures.Applied
                )
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "All experiments.") { limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.List(given.GetValue(limit), given.GetValue(after), stop),
                    ExperimentPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var experiment = Experiment();
        var command = new Command("show", "One experiment's design.") { experiment };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Get(given.GetRequiredValue(experiment), stop),
                    ExperimentPictures.Page
                )
        );
        return command;
    }
}
