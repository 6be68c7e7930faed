using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady alert silence</c>: what may be quiet for a while.</summary>
internal static class SilenceCommands
{
    public static Command Create(Shell shell) =>
        new("silence", "Silences: alerts that declare nothing for a while.") { Set(shell), List(shell), End(shell) };

    private static Command Set(Shell shell)
    {
        var match = new Option<string[]>("--match")
        {
            Description = "A condition on a label, such as service=\"checkout\"; again for more, all must hold.",
            HelpName = "matcher",
            Required = true,
        };
        var minutes = new Option<int>("--minutes")
        {
            Description = "For how long, from now.",
            HelpName = "minutes",
            Required = true,
        };
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("set", "Silence alerts that match, from now on.") { match, minutes, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var until = shell.Clock.GetUtcNow().AddMinutes(given.GetRequiredValue(minutes));
                var wish = new SetSilence(given.GetRequiredValue(match), until, given.GetRequiredValue(reason));
                await session.Door.Incidents.Silence(wish, stop);
                return session.Show(await session.Door.Incidents.Silences(stop: stop), AlertPictures.Silences);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var all = new Option<bool>("--all") { Description = "Also those that are over." };
        var command = new Command("list", "Silences that are not over.") { all };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Silences(given.GetValue(all), stop: stop),
                    AlertPictures.Silences
                )
        );
        return command;
    }

    private static Command End(Shell shell)
    {
        var id = Inputs.Id("silence", "The silence, by id.", "`steady alert silence list` lists them.");
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("end", "End a silence before its time; what still fires is told.") { id, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var wish = new EndSilence(given.GetRequiredValue(reason));
                await session.Door.Incidents.EndSilence(given.GetRequiredValue(id), wish, stop);
                return session.Show(await session.Door.Incidents.Silences(stop: stop), AlertPictures.Silences);
            }
        );
        return command;
    }
}
