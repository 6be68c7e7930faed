using Spectre.Console;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Drawing;

/// <summary>Who may know of an incident, for people.</summary>
internal static class PrivacyPictures
{
    public static void People(IAnsiConsole screen, Page<IncidentPersonView> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("PERSON", "BECAUSE", "SINCE");
            foreach (var one in page.Items)
                table.AddRow(
                    Screens.Cell($"{one.Person}"),
                    Screens.Cell($"{one.Because}"),
                    Screens.Cell($"{Words.Ago(one.Since, now)}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nobody has a part in it; administrators see it.");
    }

    public static void Reads(IAnsiConsole screen, Page<IncidentRead> page, DateTimeOffset now)
    {
        if (page.Items.Count > 0)
        {
            var table = Screens.Table("WHEN", "PERSON", "WHAT");
            foreach (var one in page.Items)
                table.AddRow(
                    Screens.Cell($"{Words.Full(one.At)}"),
                    Screens.Cell($"{one.Person}"),
                    Screens.Cell($"{one.What}")
                );
            screen.Write(table);
        }

        screen.Tail(page.Items.Count, page.Next, "Nobody has read of it while it was private.");
    }
}
