using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady status</c>: what customers see, and how many get mails about it.</summary>
internal static class StatusCommand
{
    public static Command Create(Shell shell)
    {
        var command = new Command("status", "What customers see on the public status page.")
        {
            Subscribers(shell),
            Forget(shell),
        };
        shell.Handle(
            command,
            async (_, session, stop) => session.Show(await session.Door.Catalog.Status(stop), StatusPictures.Page)
        );
        return command;
    }

    private static Command Subscribers(Shell shell)
    {
        var command = new Command("subscribers", "How many get mails about the status page; never who.");
        shell.Handle(
            command,
            async (_, session, stop) =>
                session.Show(await session.Door.Catalog.Subscriptions(stop), StatusPictures.Subscribers)
        );
        return command;
    }

    private static Command Forget(Shell shell)
    {
        var email = new Argument<string>("email") { Description = "The address that is to be forgotten." };
        var command = new Command("forget", "End mails to an address and forget it.") { email };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Catalog.Forget(new ForgetStatusSubscriber(given.GetRequiredValue(email)), stop);
                return session.Show(await session.Door.Catalog.Subscriptions(stop), StatusPictures.Subscribers);
            }
        );
        return command;
    }
}
