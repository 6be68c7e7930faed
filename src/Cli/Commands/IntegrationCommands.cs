using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady integration</c>: keys with which others send.</summary>
internal static class IntegrationCommands
{
    private static readonly Dictionary<string, IntegrationKind> Kinds = Enum.GetValues<IntegrationKind>()
        .ToDictionary(kind => kind.ToString().ToLowerInvariant());

    public static Command Create(Shell shell) =>
        new("integration", "Integrations: who sends here without a token of ours.")
        {
            new Command("key", "Keys: two of a kind live at once.") { Make(shell), List(shell), Revoke(shell) },
        };

    private static Command Make(Shell shell)
    {
        var name = Name();
        var kind = Inputs.OneOf("--kind", "What it opens", Kinds);
        var secret = Inputs.Optional("--secret", "Slack's signing secret; for Slack only.", "secret");
        var command = new Command("create", "Make a key. It is told once.") { name, kind, secret };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Integrations.CreateKey(
                        given.GetRequiredValue(name),
                        new CreateIntegrationKey(given.GetRequiredValue(kind), given.GetValue(secret)),
                        stop
                    ),
                    IntegrationPictures.Made
                )
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var name = Name();
        name.Arity = ArgumentArity.ZeroOrOne;
        var command = new Command("list", "The keys that live, of one integration or all.") { name };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(await session.Door.Integrations.Keys(given.GetValue(name), stop), IntegrationPictures.List)
        );
        return command;
    }

    private static Command Revoke(Shell shell)
    {
        var name = Name();
        var id = Inputs.Id("key", "The key, by id.", "`steady integration key list` lists them.");
        var command = new Command("revoke", "End a key, from now on.") { name, id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var integration = given.GetRequiredValue(name);
                await session.Door.Integrations.RevokeKey(integration, given.GetRequiredValue(id), stop);
                return session.Show(await session.Door.Integrations.Keys(integration, stop), IntegrationPictures.List);
            }
        );
        return command;
    }

    private static Argument<string> Name() => new("integration") { Description = "The integration, by name." };
}
