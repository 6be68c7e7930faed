using System.CommandLine;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady diff</c> and <c>steady similar</c>: an incident beside others.</summary>
internal static class IncidentComparingCommands
{
    public static Command Diff(Shell shell)
    {
        var left = new Argument<string>("left") { Description = "One incident, by number (INC-7) or id." };
        var right = new Argument<string>("right") { Description = "The other one." };
        var align = Inputs.Optional(
            "--align",
            "The moment by which they are laid beside each other: declared when absent, impactStarted, detected, mitigated …",
            "moment"
        );
        var command = new Command(
            "diff",
            "Two incidents step by step; exit 0 when nothing differs, 1 when something does."
        )
        {
            left,
            right,
            align,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var diff = await session.Door.Incidents.Diff(
                    given.GetRequiredValue(left),
                    given.GetRequiredValue(right),
                    given.GetValue(align),
                    stop
                );
                return session.Show(diff, ComparingPictures.Diff, diff.IsEmpty ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    public static Command Similar(Shell shell)
    {
        var incident = Inputs.Incident();
        var count = new Option<int?>("-k", "--count")
        {
            Description = "At most so many, 1 to 50; the service gives 5.",
            HelpName = "count",
        };
        var command = new Command("similar", "The incidents most like one, and why.") { incident, count };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Similar(given.GetRequiredValue(incident), given.GetValue(count), stop),
                    ComparingPictures.Similar
                )
        );
        return command;
    }
}
