using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady oncall swap</c>: two people take over from each other, when both want it.</summary>
internal static class SwapCommands
{
    public static Command Create(Shell shell) =>
        new("swap", "Swaps between two people; nothing changes until the other says yes.")
        {
            Propose(shell),
            Answer(shell, "accept", "Say yes: you take over from each other."),
            Answer(shell, "decline", "Say no."),
            Answer(shell, "withdraw", "Take your question back."),
        };

    private static Command Propose(Shell shell)
    {
        var (schedule, with) = (OnCallCommands.Schedule(), Inputs.Required("--with", "Who is asked.", "person"));
        Option<DateTimeOffset?>[] moments =
        [
            Inputs.Moment("--give-from", "Beginning of what you have.", shell),
            Inputs.Moment("--give-to", "Its end.", shell),
            Inputs.Moment("--take-from", "Beginning of what the other has.", shell),
            Inputs.Moment("--take-to", "Its end.", shell),
        ];
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("propose", "Ask somebody to swap.") { schedule, with, reason };
        foreach (var moment in moments)
        {
            moment.Required = true;
            command.Add(moment);
        }

        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(schedule);
                var wanted = new ProposeSwap(
                    given.GetRequiredValue(with),
                    new Stretch(given.GetValue(moments[0])!.Value, given.GetValue(moments[1])!.Value),
                    new Stretch(given.GetValue(moments[2])!.Value, given.GetValue(moments[3])!.Value),
                    given.GetRequiredValue(reason)
                );
                await session.Door.OnCall.Propose(name, wanted, stop);
                return session.Show(await session.Door.Incidents.Schedule(name, stop), OnCallPictures.Schedule);
            }
        );
        return command;
    }

    private static Command Answer(Shell shell, string answer, string description)
    {
        var schedule = OnCallCommands.Schedule();
        var id = Inputs.Id("swap", "The swap, by id.", "`steady oncall show` lists them.");
        var command = new Command(answer, description) { schedule, id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(schedule);
                await session.Door.OnCall.Answer(name, given.GetRequiredValue(id), answer, stop);
                return session.Show(await session.Door.Incidents.Schedule(name, stop), OnCallPictures.Schedule);
            }
        );
        return command;
    }
}
