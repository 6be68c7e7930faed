using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady incident</c>: who may know of one, and who has read of it.</summary>
internal static class IncidentPrivacyCommands
{
    public static IEnumerable<Command> Create(Shell shell) =>
        [
            Set(shell, "hide", "Make an incident private: only whoever has a part in it knows of it.", true),
            Set(shell, "publish", "Make a private incident public.", false),
            Change(shell, "add", "Let somebody see a private incident.", (who, why) => new(why, Add: who)),
            Change(shell, "remove", "Let somebody see it no longer.", (who, why) => new(why, Remove: who)),
            People(shell),
            Reads(shell),
        ];

    private static Command Set(Shell shell, string name, string summary, bool isPrivate)
    {
        var reason = Inputs.Required("--reason", "Why.", "text");
        return IncidentCommands.Write(
            shell,
            new Command(name, summary) { reason },
            isPrivate ? "made private" : "made public",
            (session, given, id, stop) =>
                session.Door.Incidents.SetPrivacy(id, new SetPrivacy(isPrivate, given.GetRequiredValue(reason)), stop)
        );
    }

    private static Command Change(Shell shell, string name, string summary, Func<string[], string, ChangePeople> change)
    {
        var incident = Inputs.Incident();
        var person = new Option<string[]>("--person")
        {
            Description = "Who. Give it more than once for several.",
            HelpName = "name",
            Required = true,
        };
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command(name, summary) { incident, person, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var incidents = session.Door.Incidents;
                var id = (await incidents.Get(given.GetRequiredValue(incident), stop)).Id;
                await incidents.ChangePeople(
                    id,
                    change(given.GetRequiredValue(person), given.GetRequiredValue(reason)),
                    stop
                );
                return session.Show(await incidents.People($"{id}", stop), PrivacyPictures.People);
            }
        );
        return command;
    }

    private static Command People(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("people", "Who sees an incident while it is private, and why.") { incident };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.People(given.GetRequiredValue(incident), stop),
                    PrivacyPictures.People
                )
        );
        return command;
    }

    private static Command Reads(Shell shell)
    {
        var incident = Inputs.Incident();
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("reads", "Who has read of a private incident, newest first.")
        {
            incident,
            limit,
            after,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Reads(
                        given.GetRequiredValue(incident),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    PrivacyPictures.Reads
                )
        );
        return command;
    }
}
