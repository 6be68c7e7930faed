using System.CommandLine;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary>Yes and no to a game day, by somebody who has no interest in it.</summary>
internal static class GameDayApprovals
{
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
