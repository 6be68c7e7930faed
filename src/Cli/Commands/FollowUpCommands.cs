using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady followup</c>: what is to be done so that it does not happen again.</summary>
internal static class FollowUpCommands
{
    public static Command Create(Shell shell) =>
        new("followup", "Follow-ups: what is to be done so that it does not happen again.")
        {
            List(shell),
            Done(shell),
            Link(shell),
        };

    private static Command Link(Shell shell)
    {
        var id = Inputs.Id("follow-up", "The follow-up, by id.", "`steady followup list --json` shows them.");
        var to = Inputs.Optional("--to", "An http or https address; without it, the link is taken away.", "address");
        var command = new Command("link", "Say where else a follow-up is kept.") { id, to };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var which = given.GetRequiredValue(id);
                await session.Door.Incidents.LinkFollowUp(which, new LinkFollowUp(given.GetValue(to)), stop);
                return session.Show(await session.Door.Incidents.FollowUp(which, stop), FollowUpPictures.One);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var all = new Option<bool>("--all") { Description = "Also what is done." };
        var owner = Inputs.Optional("--owner", "Only those of this person.", "person");
        var command = new Command("list", "What is still to be done, soonest due first.") { all, owner };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.FollowUps(given.GetValue(all), given.GetValue(owner), stop: stop),
                    FollowUpPictures.List
                )
        );
        return command;
    }

    private static Command Done(Shell shell)
    {
        var id = Inputs.Id("follow-up", "The follow-up, by id.", "`steady followup list --json` shows them.");
        var outcome = Inputs.Required("--outcome", "What came of it.", "text");
        var command = new Command("done", "Say that a follow-up is done.") { id, outcome };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var which = given.GetRequiredValue(id);
                await session.Door.Incidents.CompleteFollowUp(
                    which,
                    new CompleteFollowUp(given.GetRequiredValue(outcome)),
                    stop
                );
                return session.Show(await session.Door.Incidents.FollowUp(which, stop), FollowUpPictures.One);
            }
        );
        return command;
    }
}
