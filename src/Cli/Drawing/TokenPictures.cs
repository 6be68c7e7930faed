using Spectre.Console;
using Steady.Contracts.Tokens;

namespace Steady.Cli.Drawing;

/// <summary>How a new token is shown.</summary>
internal static class TokenPictures
{
    public static void Created(IAnsiConsole screen, TokenCreated token, DateTimeOffset now)
    {
        screen.Facts(
            ("name", Screens.Cell($"[bold]{token.Name}[/]")),
            ("scopes", Screens.Cell($"{string.Join(", ", token.Scopes)}")),
            ("expires", Screens.Cell($"{Words.Full(token.Expires)} [dim]({Words.Ago(token.Expires, now)})[/]"))
        );
        screen.WriteLine();
        // Written past the layout, which would break it into lines that cannot be copied.
        screen.Profile.Out.Writer.WriteLine(token.Token);
        screen.WriteLine();
        screen.Line($"[dim]This is shown once and kept nowhere.[/]");
    }
}
