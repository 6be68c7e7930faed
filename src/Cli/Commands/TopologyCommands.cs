using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady topology</c>, and what follows from one: predictions before a run, and the surprise after it.</summary>
internal static class TopologyCommands
{
    public static Command Create(Shell shell) =>
        new("topology", "Topologies: who depends on whom in an environment.")
        {
            Apply(shell),
            Show(shell),
            Survival(shell),
        };

    /// <summary><c>steady experiment predict</c>.</summary>
    public static Command Predict(Shell shell)
    {
        var experiment = ExperimentCommands.Experiment();
        var command = new Command("predict", "What an experiment is expected to do, before it runs.") { experiment };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Predict(given.GetRequiredValue(experiment), stop),
                    TopologyPictures.Prediction
                )
        );
        return command;
    }

    /// <summary><c>steady run surprise</c>.</summary>
    public static Command Surprise(Shell shell)
    {
        var run = RunCommands.Run();
        var command = new Command("surprise", "How far what a run has shown was from what was expected.") { run };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Surprise(given.GetRequiredValue(run), stop),
                    TopologyPictures.Surprise
                )
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var (environment, file) = (Environment(), Inputs.File());
        var traced = new Option<bool>("--traced")
        {
            Description = "The file is the answer of Jaeger's /api/dependencies, not a declaration.",
        };
        var command = new Command("apply", "Declare who depends on whom from a JSON file, whole.")
        {
            environment,
            file,
            traced,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var document = Documents.Read(given.GetRequiredValue(file));
                var view = await session.Door.Experiments.ApplyTopology(
                    given.GetRequiredValue(environment),
                    document,
                    given.GetValue(traced),
                    stop
                );
                return session.Show(view, TopologyPictures.Page);
            }
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var environment = Environment();
        var command = new Command("show", "Every edge, and what stands out.") { environment };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Topology(given.GetRequiredValue(environment), stop),
                    TopologyPictures.Page
                )
        );
        return command;
    }

    private static Command Survival(Shell shell)
    {
        var environment = Environment();
        var share = new Option<decimal>("--killed-share")
        {
            Description = "Share of all containers that is gone, 0 to 1.",
            HelpName = "share",
            Required = true,
        };
        var command = new Command("survival", "How much keeps working when a share of all containers is gone.")
        {
            environment,
            share,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Survival(
                        given.GetRequiredValue(environment),
                        given.GetValue(share),
                        stop
                    ),
                    TopologyPictures.Survival
                )
        );
        return command;
    }

    private static Argument<string> Environment() =>
        new("environment") { Description = "The environment, for example staging." };
}
