using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady oncall feed</c>: calendars that programs subscribe to.</summary>
internal static class FeedCommands
{
    public static Command Create(Shell shell) =>
        new("feed", "Calendars of shifts, under secret links.") { Make(shell), List(shell), Revoke(shell) };

    private static Command Make(Shell shell)
    {
        var schedule = Inputs.Optional("--schedule", "All shifts of this schedule.", "schedule");
        var person = Inputs.Optional("--person", "All shifts of this person.", "person");
        var command = new Command("create", "Make a link. It is told once.") { schedule, person };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.OnCall.CreateLink(
                        new CreateCalendarLink(given.GetValue(schedule), given.GetValue(person)),
                        stop
                    ),
                    OnCallPictures.Linked
                )
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var command = new Command("list", "The links that work.");
        shell.Handle(
            command,
            async (_, session, stop) => session.Show(await session.Door.OnCall.Links(stop), OnCallPictures.Links)
        );
        return command;
    }

    private static Command Revoke(Shell shell)
    {
        var id = Inputs.Id("link", "The link, by id.", "`steady oncall feed list` lists them.");
        var command = new Command("revoke", "End a link.") { id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.OnCall.RevokeLink(given.GetRequiredValue(id), stop);
                return session.Show(await session.Door.OnCall.Links(stop), OnCallPictures.Links);
            }
        );
        return command;
    }
}
