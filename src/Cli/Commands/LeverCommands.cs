using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary><c>steady lever</c>: stops everything in an environment.</summary>
internal static class LeverCommands
{
    public static Command Create(Shell shell) =>
        new("lever", "Safety levers: stop every experiment of an environment.")
        {
            Engage(shell),
            Release(shell),
            Show(shell),
        };

    private static Command Engage(Shell shell)
    {
        var environment = Environment();
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("engage", "Halt every run there now; none starts until the lever is released.")
        {
            environment,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(environment);
                var experiments = session.Door.Experiments;
                await experiments.Engage(name, new EngageLever(given.GetRequiredValue(reason)), stop);
                return session.Show(await experiments.Lever(name, stop), LeverPictures.Page);
            }
        );
        return command;
    }

    private static Command Release(Shell shell)
    {
        var environment = Environment();
        var reason = Inputs.Required("--reason", "Why it is safe again.", "text");
        var command = new Command("release", "Let runs start there again.") { environment, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(environment);
                var experiments = session.Door.Experiments;
                await experiments.Release(name, new ReleaseLever(given.GetRequiredValue(reason)), stop);
                return session.Show(await experiments.Lever(name, stop), LeverPictures.Page);
            }
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var environment = Environment();
        var command = new Command("show", "Whether anything may run there.") { environment };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Experiments.Lever(given.GetRequiredValue(environment), stop),
                    LeverPictures.Page
                )
        );
        return command;
    }

    private static Argument<string> Environment() =>
        new("environment") { Description = "The environment, for example staging." };
}
