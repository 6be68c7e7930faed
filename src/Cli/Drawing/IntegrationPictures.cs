using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Keys of integrations, for people.</summary>
internal static class IntegrationPictures
{
    public static void Made(IAnsiConsole screen, NewIntegrationKey key, DateTimeOffset now)
    {
        if (key.Key is { } secret)
        {
            screen.Line($"The key of [bold]{key.Integration}[/], told this once:");
            screen.Line($"{secret}");
        }
        else
        {
            screen.Line($"The secret of [bold]{key.Integration}[/] is kept.");
        }

        screen.Line($"[dim]`steady integration key revoke {key.Integration} {key.Id}` ends it.[/]");
    }

    public static void List(IAnsiConsole screen, Page<IntegrationKeyView> page, DateTimeOffset now)
    {
        if (page.Items.Count == 0)
        {
            screen.Line($"[dim]No key lives. `steady integration key create` makes one.[/]");
            return;
        }

        var table = Screens.Table("INTEGRATION", "KIND", "KEY", "MADE", "USED", "ID");
        foreach (var key in page.Items)
            table.AddRow(
                Screens.Cell($"{key.Integration}"),
                Screens.Cell($"{key.Kind.ToString().ToLowerInvariant()}"),
                Screens.Cell($"…{key.Hint}"),
                Screens.Cell($"{Words.Ago(key.CreatedAt, now)} by {key.CreatedBy}"),
                Screens.Cell($"{(key.UsedAt is { } used ? Words.Ago(used, now) : "never")}"),
                Screens.Cell($"{key.Id}")
            );
        screen.Write(table);
    }
}
