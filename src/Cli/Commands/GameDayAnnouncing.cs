using System.CommandLine;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary>Telling those who may notice, and saying that one knows.</summary>
internal static class GameDayAnnouncing
{
    public static Command Announce(Shell shell)
    {
        var gameday = GameDayCommands.GameDay();
        var channel = Inputs.Required("--to", "A channel or a person, for example ops.", "channel");
        var text = Inputs.Required("--text", "What is said.", "text");
        var by = new Option<string[]>("--acknowledge-by")
        {
            Description = "Who must acknowledge it; may be given several times.",
            HelpName = "person",
            Required = true,
        };
        var within = Within();
        var escalate = Inputs.Optional("--escalate-to", "Who is told then; the commander when absent.", "person");
        var command = new Command("announce", "Tell those who may notice; it escalates unless all acknowledge it.")
        {
            gameday,
            channel,
            text,
            by,
            within,
            escalate,
        };
        GameDayCommands.Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) =>
                door.Announce(
                    name,
                    new SendAnnouncement(
                        given.GetRequiredValue(channel),
                        given.GetRequiredValue(text),
                        given.GetRequiredValue(by),
                        given.GetValue(within),
                        given.GetValue(escalate)
                    ),
                    stop
                )
        );
        return command;
    }

    public static Command Acknowledge(Shell shell)
    {
        var gameday = GameDayCommands.GameDay();
        var number = new Argument<int>("number") { Description = "Which announcement of the game day." };
        var command = new Command("acknowledge", "Say that you know.") { gameday, number };
        GameDayCommands.Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) => door.Acknowledge(name, given.GetRequiredValue(number), stop)
        );
        return command;
    }

    private static Option<int> Within() =>
        new("--within")
        {
            Description = "Minutes until it escalates.",
            HelpName = "minutes",
            DefaultValueFactory = _ => 60,
        };
}
