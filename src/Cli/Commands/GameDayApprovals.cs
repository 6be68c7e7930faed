using System.CommandLine;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary>Asking for the approval of a game day; yes and no to it, by somebody who has no interest in it.</summary>
internal static class GameDayApprovals
{
    public static Command Ask(Shell shell)
    {
        var gameday = GameDayCommands.GameDay();
        var within = new Option<int>("--within")
        {
            Description = "Hours after which the request lapses, with its answer.",
            HelpName = "hours",
            DefaultValueFactory = _ => 72,
        };
        var command = new Command("ask", "Ask for the approval of a game day.") { gameday, within };
        GameDayCommands.Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) => door.RequestApproval(name, new RequestApproval(given.GetValue(within)), stop)
        );
        return command;
    }

    public static Command Approve(Shell shell)
    {
        var gameday = GameDayCommands.GameDay();
        var reason = Inputs.Optional("--reason", "What is to be said to it.", "text");
        var command = new Command("approve", "Approve a game day that somebody else planned.") { gameday, reason };
        GameDayCommands.Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) => door.Answer(name, new AnswerApproval(true, given.GetValue(reason)), stop)
        );
        return command;
    }

    public static Command Refuse(Shell shell)
    {
        var gameday = GameDayCommands.GameDay();
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("refuse", "Refuse the approval of a game day.") { gameday, reason };
        GameDayCommands.Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) =>
                door.Answer(name, new AnswerApproval(false, given.GetRequiredValue(reason)), stop)
        );
        return command;
    }
}
