using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady incident</c>: the board and an incident's life.</summary>
internal static class IncidentCommands
{
    internal static readonly Dictionary<string, Severity> Severities = Enum.GetValues<Severity>()
        .ToDictionary(s => $"{s}".ToLowerInvariant());

    public static Command Create(Shell shell)
    {
        var command = new Command("incident", "Incidents: what hurts, who has it, and what ended it.")
        {
            List(shell),
            Show(shell),
            Declare(shell),
            Acknowledge(shell),
            ChangeSeverity(shell),
            Note(shell),
            Mitigate(shell),
            Resolve(shell),
            MeasuresCommand.Create(shell),
        };
        foreach (var act in IncidentLifeCommands.Create(shell))
            command.Subcommands.Add(act);
        return command;
    }

    private static Command List(Shell shell)
    {
        var all = new Option<bool>("--all") { Description = "Those that are over, too." };
        var service = new Option<string?>("--service") { Description = "Only this service's.", HelpName = "service" };
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "Incidents that are not over, newest first.") { all, service, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.List(
                        given.GetValue(all) ? null : "open",
                        given.GetValue(service),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    IncidentPictures.Board
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("show", "One incident.") { incident };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Get(given.GetRequiredValue(incident), stop),
                    IncidentPictures.Page
                )
        );
        return command;
    }

    private static Command Declare(Shell shell)
    {
        var service = Inputs.Required("--service", "The service that suffers.", "service");
        var severity = Inputs.OneOf("--severity", "How bad it is, sev1 is the worst", Severities);
        var title = Inputs.Required("--title", "What people see, in a few words.", "text");
        var started = Inputs.Moment("--started", "When it began; now when absent.", shell);
        var triage = new Option<bool>("--triage")
        {
            Description = "It may be one: look first, then accept or decline.",
        };
        var drill = new Option<bool>("--drill") { Description = "An exercise: it counts in no figure." };
        var secret = new Option<bool>("--private") { Description = "Only whoever has a part in it knows of it." };
        var command = new Command("declare", "Declare an incident.")
        {
            service,
            severity,
            title,
            started,
            triage,
            drill,
            secret,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var wish = new DeclareIncident(
                    given.GetRequiredValue(service),
                    given.GetRequiredValue(severity),
                    given.GetRequiredValue(title),
                    given.GetValue(started),
                    given.GetValue(triage),
                    given.GetValue(drill),
                    given.GetValue(secret)
                );
                var incident = await session.Door.Incidents.Declare(wish, stop: stop);
                return session.Show(incident, IncidentPictures.Changed("declared"));
            }
        );
        return command;
    }

    private static Command Acknowledge(Shell shell) =>
        Write(
            shell,
            new Command("ack", "Take an incident: you lead it, or join whoever does."),
            "acknowledged",
            (session, _, id, stop) => session.Door.Incidents.Acknowledge(id, stop: stop)
        );

    private static Command ChangeSeverity(Shell shell)
    {
        var severity = Inputs.OneOf("--to", "How bad it is now", Severities);
        var reason = Inputs.Required("--reason", "Why.", "text");
        return Write(
            shell,
            new Command("severity", "Say that an incident is better or worse than before.") { severity, reason },
            "changed",
            (session, given, id, stop) =>
                session.Door.Incidents.ChangeSeverity(
                    id,
                    new ChangeSeverity(given.GetRequiredValue(severity), given.GetRequiredValue(reason)),
                    stop: stop
                )
        );
    }

    private static Command Note(Shell shell)
    {
        var text = Inputs.Required("--text", "What was seen, decided or done.", "text");
        var at = Inputs.Moment("--at", "When it happened; now when absent.", shell);
        return Write(
            shell,
            new Command("note", "Write something into an incident's timeline.") { text, at },
            "noted",
            (session, given, id, stop) =>
                session.Door.Incidents.AddNote(
                    id,
                    new AddNote(given.GetRequiredValue(text), given.GetValue(at)),
                    stop: stop
                )
        );
    }

    private static Command Mitigate(Shell shell)
    {
        var summary = Inputs.Required("--summary", "What stopped the pain.", "text");
        return Write(
            shell,
            new Command("mitigate", "Say that users no longer suffer, though the cause may remain.") { summary },
            "mitigated",
            (session, given, id, stop) =>
                session.Door.Incidents.Mitigate(id, new MitigateIncident(given.GetRequiredValue(summary)), stop: stop)
        );
    }

    private static Command Resolve(Shell shell)
    {
        var resolution = Inputs.Required("--resolution", "What was wrong and what ended it.", "text");
        return Write(
            shell,
            new Command("resolve", "End an incident.") { resolution },
            "resolved",
            (session, given, id, stop) =>
                session.Door.Incidents.Resolve(id, new ResolveIncident(given.GetRequiredValue(resolution)), stop: stop)
        );
    }

    // Writes go by id and answer with a version only: the number is looked up before, the incident shown after.
    internal static Command Write(
        Shell shell,
        Command command,
        string done,
        Func<Session, ParseResult, Guid, CancellationToken, Task<long?>> write
    )
    {
        var incident = Inputs.Incident();
        command.Arguments.Add(incident);
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var incidents = session.Door.Incidents;
                var id = (await incidents.Get(given.GetRequiredValue(incident), stop)).Id;
                await write(session, given, id, stop);
                return session.Show(await incidents.Get($"{id}", stop), IncidentPictures.Changed(done));
            }
        );
        return command;
    }
}
