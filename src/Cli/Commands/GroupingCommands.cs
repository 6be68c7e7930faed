using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady alert grouping</c>: which alerts make one incident.</summary>
internal static class GroupingCommands
{
    public static Command Create(Shell shell) =>
        new("grouping", "Which alerts make one incident.")
        {
            Show(shell),
            Apply(shell),
            History(shell),
            Preview(shell),
        };

    private static Command Show(Shell shell)
    {
        var command = new Command("show", "The rules: the first that is for an alert decides.");
        shell.Handle(
            command,
            async (_, session, stop) =>
                session.Show(await session.Door.Incidents.AlertGrouping(stop), GroupingPictures.Rules)
        );
        return command;
    }

    private static Command Apply(Shell shell)
    {
        var file = Inputs.File();
        var command = new Command("apply", "Set the rules to what a document says, as a whole.") { file };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await session.Door.Incidents.SetAlertGrouping(Read(given.GetRequiredValue(file)), stop: stop);
                return session.Show(await session.Door.Incidents.AlertGrouping(stop), GroupingPictures.Rules);
            }
        );
        return command;
    }

    private static Command History(Shell shell)
    {
        var command = new Command("history", "Every version of the rules, newest first.");
        shell.Handle(
            command,
            async (_, session, stop) =>
                session.Show(await session.Door.Incidents.AlertGroupingHistory(stop), GroupingPictures.History)
        );
        return command;
    }

    private static Command Preview(Shell shell)
    {
        var file = Inputs.File();
        file.Required = false;
        var hours = new Option<int>("--hours")
        {
            Description = "How far back, 1 to 168.",
            DefaultValueFactory = _ => 24,
        };
        var command = new Command(
            "preview",
            "What rules would have made of the alerts that came lately; those of now without a file."
        )
        {
            file,
            hours,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var rules = given.GetValue(file) is { } path ? Read(path).Rules : null;
                var wish = new TryAlertGrouping(rules, given.GetValue(hours));
                return session.Show(
                    await session.Door.Incidents.TryAlertGrouping(wish, stop),
                    GroupingPictures.Preview
                );
            }
        );
        return command;
    }

    private static SetAlertGrouping Read(string path) =>
        Documents.Read<SetAlertGrouping>(path, "document of grouping rules");
}
