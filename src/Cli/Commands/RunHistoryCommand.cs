using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady experiment history</c>: what the runs of one experiment have shown.</summary>
internal static class RunHistoryCommand
{
    public static Command Create(Shell shell)
    {
        var experiment = ExperimentCommands.Experiment();
        var limit = Inputs.Limit();
        var command = new Command("history", "What its runs have shown, newest first, with where each broke.")
        {
            experiment,
            limit,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.RunHistory(
                        given.GetRequiredValue(experiment),
                        given.GetValue(limit),
                        stop
                    ),
                    RunHistoryPictures.List
                )
        );
        return command;
    }
}
