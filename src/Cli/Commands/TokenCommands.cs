using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Tokens;

namespace Steady.Cli.Commands;

/// <summary><c>steady token</c>: tokens of the embedded issuer.</summary>
internal static class TokenCommands
{
    public static Command Create(Shell shell) => new("token", "Tokens for people and machines.") { Make(shell) };

    private static Command Make(Shell shell)
    {
        var name = Inputs.Required("--name", "Who it stands for; the actor of everything done with it.", "name");
        var scopes = new Option<string[]>("--scope")
        {
            Description = "What it may do, for example incidents:read; several are allowed.",
            HelpName = "scope",
            Required = true,
            AllowMultipleArgumentsPerToken = true,
        };
        var expires = Expires();
        var integration = new Option<string?>("--integration")
        {
            Description = "Limits a machine's token to one source or service.",
            HelpName = "name",
        };
        var command = new Command("create", "Create a token. It is told once and kept nowhere.")
        {
            name,
            scopes,
            expires,
            integration,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var wish = Wish(
                    given.GetRequiredValue(name),
                    given.GetRequiredValue(scopes),
                    given.GetValue(expires),
                    session.Now
                );
                wish = wish with { Integration = given.GetValue(integration) };
                return session.Show(await session.Door.Tokens.Create(wish, stop), TokenPictures.Created);
            }
        );
        return command;
    }

    private static Option<TimeSpan?> Expires() =>
        new("--expires")
        {
            Description = "How long it is valid, such as 12h or 90d, at most 365d; 30 days when absent.",
            HelpName = "length",
            CustomParser = Moments.Lasting,
        };

    // Whole days are counted by the issuer's clock, everything else by ours.
    private static CreateToken Wish(string name, string[] scopes, TimeSpan? length, DateTimeOffset now) =>
        length is { } time && time.Ticks % TimeSpan.TicksPerDay == 0
            ? new CreateToken(name, scopes, ExpiresInDays: time.Days)
            : new CreateToken(name, scopes, Expires: now + length);
}
