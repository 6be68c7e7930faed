using System.CommandLine;
using System.Text.Json;
using Steady.Cli.Drawing;
using Steady.Contracts;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady incident</c>: what becomes of one that is looked at, is over, or is the same as another.</summary>
internal static class IncidentLifeCommands
{
    public static IEnumerable<Command> Create(Shell shell) =>
        [
            Accept(shell),
            Decline(shell),
            Merge(shell),
            Reopen(shell),
            Close(shell),
            Severities(shell),
            Timestamps(shell),
            State(shell),
            .. IncidentWorkCommands.Create(shell),
            .. IncidentPrivacyCommands.Create(shell),
        ];

    private static Command Accept(Shell shell) =>
        IncidentCommands.Write(
            shell,
            new Command("accept", "Say that what was looked at is an incident."),
            "accepted",
            (session, _, id, stop) => session.Door.Incidents.Accept(id, stop: stop)
        );

    private static Command Decline(Shell shell)
    {
        var reason = Inputs.Required("--reason", "Why it is none.", "text");
        return IncidentCommands.Write(
            shell,
            new Command("decline", "Say that what was looked at is none.") { reason },
            "declined",
            (session, given, id, stop) =>
                session.Door.Incidents.Decline(id, new DeclineIncident(given.GetRequiredValue(reason)), stop: stop)
        );
    }

    private static Command Merge(Shell shell)
    {
        var into = Inputs.Required("--into", "The one that goes on, by number (INC-7) or id.", "incident");
        var reason = Inputs.Required("--reason", "Why they are one.", "text");
        return IncidentCommands.Write(
            shell,
            new Command("merge", "Say that an incident is the same as another one.") { into, reason },
            "merged",
            (session, given, id, stop) =>
                session.Door.Incidents.Merge(
                    id,
                    new MergeIncident(given.GetRequiredValue(into), given.GetRequiredValue(reason)),
                    stop: stop
                )
        );
    }

    private static Command Reopen(Shell shell)
    {
        var reason = Inputs.Required("--reason", "What came back.", "text");
        return IncidentCommands.Write(
            shell,
            new Command("reopen", "Say that an incident that was over goes on.") { reason },
            "reopened",
            (session, given, id, stop) =>
                session.Door.Incidents.Reopen(id, new ReopenIncident(given.GetRequiredValue(reason)), stop: stop)
        );
    }

    private static Command Close(Shell shell) =>
        IncidentCommands.Write(
            shell,
            new Command("close", "Say that nothing more is to be done about a resolved incident."),
            "closed",
            (session, _, id, stop) => session.Door.Incidents.Close(id, stop: stop)
        );

    private static Command Timestamps(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("timestamps", "The eleven moments of an incident, and what is measured between them.")
        {
            incident,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Timestamps(given.GetRequiredValue(incident), stop),
                    TimestampPictures.All
                )
        );
        return command;
    }

    private static Command State(Shell shell)
    {
        var moments = Enum.GetValues<IncidentMoment>()
            .ToDictionary(one => JsonNamingPolicy.KebabCaseLower.ConvertName($"{one}"));
        var moment = Inputs.OneOf("--moment", "What happened", moments);
        var at = Inputs.Moment("--at", "When; without it, what was said by hand is taken back.", shell);
        var reason = Inputs.Required("--reason", "How that is known.", "text");
        return IncidentCommands.Write(
            shell,
            new Command("state", "Say when something happened, or correct it.") { moment, at, reason },
            "dated",
            (session, given, id, stop) =>
                session.Door.Incidents.StateTimestamp(
                    id,
                    new StateTimestamp(
                        given.GetRequiredValue(moment),
                        given.GetValue(at),
                        given.GetRequiredValue(reason)
                    ),
                    stop: stop
                )
        );
    }

    private static Command Severities(Shell shell)
    {
        var version = new Option<long?>("--version")
        {
            Description = "An earlier document, by its version; 0 is what a Steady begins with.",
            HelpName = "number",
        };
        var show = new Command("show", "What the severities mean, and who is to be told.") { version };
        shell.Handle(
            show,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Severities(given.GetValue(version), stop),
                    IncidentPictures.Severities
                )
        );
        var file = Inputs.File();
        var apply = new Command("apply", "Set what the severities mean, as a whole.") { file };
        shell.Handle(
            apply,
            async (given, session, stop) =>
            {
                await session.Door.Incidents.SetSeverities(Read(given.GetRequiredValue(file)), stop: stop);
                return session.Show(await session.Door.Incidents.Severities(stop: stop), IncidentPictures.Severities);
            }
        );
        return new Command("severities", "What sev1 to sev4 mean, in writing.") { show, apply };
    }

    private static SetSeverities Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<SetSeverities>(Documents.ReadJson(path), Json.Options)
                ?? throw new MistakeException($"'{path}' is empty. Give severities and a reason.");
        }
        catch (JsonException e)
        {
            throw new MistakeException($"'{path}' does not say what severities mean: {e.Message}");
        }
    }
}
