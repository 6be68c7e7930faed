using System.CommandLine;
using System.Security.Cryptography;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline view webhook</c>: where what a kept query finds is posted to.</summary>
internal static class ViewWebhookCommands
{
    private const int SecretBytes = 32;

    public static Command Create(Shell shell) =>
        new("webhook", "Post what one finds from now on.") { Set(shell), Show(shell), Test(shell), Remove(shell) };

    private static Command Set(Shell shell)
    {
        var name = TimelineViewCommands.Name();
        var address = Inputs.Optional("--address", "Where to; the one it had when absent.", "url");
        var secret = Inputs.Optional(
            "--secret",
            "What it is signed with (whsec_…); the one it had, or a new one that is told once.",
            "secret"
        );
        var batch = new Option<int>("--batch")
        {
            Description = "At most so many entries at once, 1 to 500.",
            HelpName = "count",
            DefaultValueFactory = _ => 100,
        };
        var command = new Command("set", "Say where to; one that was switched off goes on where it stood.")
        {
            name,
            address,
            secret,
            batch,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var (view, incidents) = (given.GetRequiredValue(name), session.Door.Incidents);
                var isNew = (await incidents.View(view, stop)).Webhook is null;
                var own = given.GetValue(secret);
                var made = own is null && isNew ? NewSecret() : null;
                await incidents.SetViewWebhook(
                    view,
                    new SetViewWebhook(given.GetValue(address), own ?? made, given.GetValue(batch)),
                    stop
                );
                var exit = session.Show(await incidents.ViewWebhook(view, stop), ViewWebhookPictures.State);
                if (made is not null && !session.Json)
                    session.Screen.Line($"[bold]secret[/]  {made}  [dim]told once: give it to the receiver[/]");
                return exit;
            }
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var name = TimelineViewCommands.Name();
        var command = new Command("show", "Where to, and how that goes.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.ViewWebhook(given.GetRequiredValue(name), stop),
                    ViewWebhookPictures.State
                )
        );
        return command;
    }

    private static Command Test(Shell shell)
    {
        var name = TimelineViewCommands.Name();
        var command = new Command("test", "Send a message that tells nothing, and see what comes of it.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.TestViewWebhook(given.GetRequiredValue(name), stop),
                    ViewWebhookPictures.Test
                )
        );
        return command;
    }

    private static Command Remove(Shell shell)
    {
        var name = TimelineViewCommands.Name();
        var command = new Command("remove", "Post no more.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Incidents.RemoveViewWebhook(given.GetRequiredValue(name), stop);
                return session.Show(
                    await session.Door.Incidents.View(given.GetRequiredValue(name), stop),
                    (screen, view, _) => TimelinePictures.Views(screen, [view])
                );
            }
        );
        return command;
    }

    private static string NewSecret() => $"whsec_{Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes))}";
}
