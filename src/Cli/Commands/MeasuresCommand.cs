using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady incident measures</c>: how long things took.</summary>
internal static class MeasuresCommand
{
    private static readonly Dictionary<string, Severity?> Severities = Enum.GetValues<Severity>()
        .ToDictionary(severity => $"{severity}".ToLowerInvariant(), severity => (Severity?)severity);

    public static Command Create(Shell shell)
    {
        var from = Inputs.Moment("--from", "Declared from then on; 90 days ago when absent.", shell);
        var to = Inputs.Moment("--to", "Declared before then; now when absent.", shell);
        var service = Inputs.Optional("--service", "Only of this service.", "service");
        var severity = Inputs.OneOf("--severity", "Only of this severity", Severities);
        severity.Required = false;
        var command = new Command("measures", "How long it took to detect, acknowledge, declare, mitigate and resolve.")
        {
            from,
            to,
            service,
            severity,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Postmortems.Measures(
                        given.GetValue(from),
                        given.GetValue(to),
                        given.GetValue(service),
                        given.GetValue(severity),
                        stop
                    ),
                    MeasurePictures.Page
                )
        );
        return command;
    }
}
