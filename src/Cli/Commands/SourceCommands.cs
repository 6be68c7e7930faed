using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady objective source</c>: where an objective's good and bad events are counted.</summary>
internal static class SourceCommands
{
    public static Command Create(Shell shell) =>
        new("source", "Where an objective's good and bad events are counted.")
        {
            Show(shell),
            Set(shell),
            Remove(shell),
        };

    private static Command Show(Shell shell)
    {
        var objective = Inputs.Objective();
        var command = new Command("show", "Which counters are counted, how that goes, and what was refused.")
        {
            objective,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var sli = await Sli(session, given.GetRequiredValue(objective), stop);
                return session.Show(await session.Door.Budgets.Source(sli, stop), SourcePictures.Page);
            }
        );
        return command;
    }

    private static Command Set(Shell shell)
    {
        var (objective, file) = (Inputs.Objective(), Inputs.File());
        var command = new Command("set", "Say which counters are its good and bad events, from a document.")
        {
            objective,
            file,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var terms = Documents.Read<SetSource>(given.GetRequiredValue(file), "source");
                var sli = await Sli(session, given.GetRequiredValue(objective), stop);
                return session.Show(await session.Door.Budgets.SetSource(sli, terms, stop: stop), SourcePictures.Page);
            }
        );
        return command;
    }

    private static Command Remove(Shell shell)
    {
        var objective = Inputs.Objective();
        var command = new Command("remove", "Switch it off; what was counted stays.") { objective };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var sli = await Sli(session, given.GetRequiredValue(objective), stop);
                await session.Door.Budgets.RemoveSource(sli, stop);
                return session.Show(await session.Door.Budgets.Source(sli, stop), SourcePictures.Page);
            }
        );
        return command;
    }

    // Objectives of the same indicator are counted in the same place.
    private static async Task<string> Sli(Session session, string objective, CancellationToken stop) =>
        (await session.Door.Budgets.Objective(objective, stop)).Sli;
}
