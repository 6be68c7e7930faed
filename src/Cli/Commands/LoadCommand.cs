using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady oncall load</c>: what incidents cost people.</summary>
internal static class LoadCommand
{
    public static Command Create(Shell shell)
    {
        var from = Inputs.Moment("--from", "Beginning; of this quarter when absent.", shell);
        var to = Inputs.Moment("--to", "End; now when absent.", shell);
        var zone = Inputs.Optional("--zone", "For people whose contact names no time zone; UTC when absent.", "zone");
        var command = new Command("load", "Pages, incident minutes and shifts of people and teams.") { from, to, zone };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.OnCall.Load(
                        given.GetValue(from),
                        given.GetValue(to),
                        given.GetValue(zone),
                        stop
                    ),
                    LoadPictures.Report
                )
        );
        return command;
    }
}
