using Spectre.Console;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Drawing;

/// <summary>How safety levers look on a terminal.</summary>
internal static class LeverPictures
{
    public static void Page(IAnsiConsole screen, LeverView lever, DateTimeOffset now)
    {
        if (lever.Engaged)
            screen.Line($"[red]■ engaged[/]  [bold]{lever.Environment}[/]: nothing runs there");
        else
            screen.Line($"[green]✓ released[/]  [bold]{lever.Environment}[/]");
        if (lever.At is { } at)
            screen.Line($"{lever.Reason ?? ""} [dim]by {lever.By ?? ""}, {Words.Ago(at, now)}[/]");
    }
}
