using System.CommandLine;
using System.Text.Json;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady incident</c>: who does what, what is to be done, and what stakeholders are told.</summary>
internal static class IncidentWorkCommands
{
    private static readonly Dictionary<string, IncidentRole> Roles = Enum.GetValues<IncidentRole>()
        .ToDictionary(role => JsonNamingPolicy.KebabCaseLower.ConvertName($"{role}"));

    private static readonly Dictionary<string, UpdateAudience> Audiences = Enum.GetValues<UpdateAudience>()
        .ToDictionary(audience => $"{audience}".ToLowerInvariant());

    public static IEnumerable<Command> Create(Shell shell) =>
        [
            Show(shell),
            new Command("role", "Who does what in an incident, and handing it over.")
            {
                Staff(
                    shell,
                    "assign",
                    "Give somebody a role that is free.",
                    (s, id, role, stop) => s.Door.Incidents.AssignRole(id, role, stop)
                ),
                Staff(
                    shell,
                    "release",
                    "Take a role from somebody.",
                    (s, id, role, stop) => s.Door.Incidents.ReleaseRole(id, role, stop)
                ),
                Offer(shell),
                Answer(
                    shell,
                    "confirm",
                    "Take a role that was offered to you.",
                    (s, id, offer, stop) => s.Door.Incidents.ConfirmHandover(id, offer, stop)
                ),
                Decline(shell),
                Answer(
                    shell,
                    "withdraw",
                    "Take back an offer.",
                    (s, id, offer, stop) => s.Door.Incidents.WithdrawHandover(id, offer, stop)
                ),
            },
            new Command("task", "What is to be done while an incident lasts.")
            {
                Add(shell),
                Change(shell),
                Finish(shell),
            },
            Tell(shell),
        ];

    private static Command Show(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("response", "Roles, hand-overs, tasks and updates of an incident.") { incident };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.Response(given.GetRequiredValue(incident), stop),
                    ResponsePictures.All
                )
        );
        return command;
    }

    private static Command Staff(
        Shell shell,
        string name,
        string description,
        Func<Session, Guid, StaffRole, CancellationToken, Task<long?>> write
    )
    {
        var role = Role();
        var person = Inputs.Required("--person", "Who, as their token names them.", "person");
        return Write(
            shell,
            new Command(name, description) { role, person },
            (session, given, id, stop) =>
                write(session, id, new StaffRole(given.GetRequiredValue(role), given.GetRequiredValue(person)), stop)
        );
    }

    private static Command Offer(Shell shell)
    {
        var role = Role();
        var to = Inputs.Required("--to", "Who is to take it; they have to confirm.", "person");
        var briefing = Inputs.Optional("--briefing", "What they need to know.", "text");
        var minutes = Minutes("--minutes", "How long the offer stands; 15 when absent.");
        return Write(
            shell,
            new Command("offer", "Offer a role to somebody; until they confirm, who has it keeps it.")
            {
                role,
                to,
                briefing,
                minutes,
            },
            (session, given, id, stop) =>
                session.Door.Incidents.OfferHandover(
                    id,
                    new OfferHandover(
                        given.GetRequiredValue(role),
                        given.GetRequiredValue(to),
                        given.GetValue(briefing),
                        given.GetValue(minutes) ?? 15
                    ),
                    stop
                )
        );
    }

    private static Command Answer(
        Shell shell,
        string name,
        string description,
        Func<Session, Guid, Guid, CancellationToken, Task<long?>> write
    )
    {
        var role = Role();
        return Write(
            shell,
            new Command(name, description) { role },
            async (session, given, id, stop) =>
                await write(session, id, await Offered(session, id, given.GetRequiredValue(role), stop), stop)
        );
    }

    private static Command Decline(Shell shell)
    {
        var role = Role();
        var reason = Inputs.Required("--reason", "Why.", "text");
        return Write(
            shell,
            new Command("decline", "Say no to a role that was offered to you.") { role, reason },
            async (session, given, id, stop) =>
                await session.Door.Incidents.DeclineHandover(
                    id,
                    await Offered(session, id, given.GetRequiredValue(role), stop),
                    new DeclineHandover(given.GetRequiredValue(reason)),
                    stop
                )
        );
    }

    private static Command Add(Shell shell)
    {
        var text = Inputs.Required("--text", "What.", "text");
        var (owner, due, link) = (Owner(), Due(), Link());
        return Write(
            shell,
            new Command("add", "Add something that is to be done.") { text, owner, due, link },
            (session, given, id, stop) =>
                session.Door.Incidents.AddTask(
                    id,
                    new AddTask(
                        given.GetRequiredValue(text),
                        given.GetValue(owner),
                        given.GetValue(due),
                        given.GetValue(link)
                    ),
                    stop
                )
        );
    }

    private static Command Change(Shell shell)
    {
        var number = Number();
        var (owner, due, link) = (Owner(), Due(), Link());
        return Write(
            shell,
            new Command("change", "Say anew who does a task and until when; what is left out is taken away.")
            {
                number,
                owner,
                due,
                link,
            },
            (session, given, id, stop) =>
                session.Door.Incidents.ChangeTask(
                    id,
                    given.GetRequiredValue(number),
                    new ChangeTask(given.GetValue(owner), given.GetValue(due), given.GetValue(link)),
                    stop
                )
        );
    }

    private static Command Finish(Shell shell)
    {
        var number = Number();
        var outcome = Inputs.Optional("--outcome", "What came of it.", "text");
        return Write(
            shell,
            new Command("done", "Say that a task is done.") { number, outcome },
            (session, given, id, stop) =>
                session.Door.Incidents.FinishTask(
                    id,
                    given.GetRequiredValue(number),
                    new FinishTask(given.GetValue(outcome)),
                    stop
                )
        );
    }

    private static Command Tell(Shell shell)
    {
        var text = Inputs.Required("--text", "What they read, in Markdown.", "text");
        var audience = Inputs.OneOf("--to", "Whom it is for", Audiences);
        var next = Minutes("--next", "When they hear the next word; what the severity promises when absent.");
        return Write(
            shell,
            new Command("update", "Tell stakeholders how it stands.") { text, audience, next },
            (session, given, id, stop) =>
                session.Door.Incidents.PostUpdate(
                    id,
                    new PostUpdate(
                        given.GetRequiredValue(text),
                        given.GetRequiredValue(audience),
                        given.GetValue(next)
                    ),
                    stop
                )
        );
    }

    private static async Task<Guid> Offered(Session session, Guid id, IncidentRole role, CancellationToken stop) =>
        (await session.Door.Incidents.Response($"{id}", stop)).Handovers.FirstOrDefault(one => one.Role == role)
            is { } open
            ? open.Id
            : throw new MistakeException("This role is offered to nobody. `steady incident response` shows what is.");

    private static Command Write(
        Shell shell,
        Command command,
        Func<Session, ParseResult, Guid, CancellationToken, Task<long?>> write
    )
    {
        var incident = Inputs.Incident();
        command.Arguments.Insert(0, incident);
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var incidents = session.Door.Incidents;
                var id = (await incidents.Get(given.GetRequiredValue(incident), stop)).Id;
                await write(session, given, id, stop);
                return session.Show(await incidents.Response($"{id}", stop), ResponsePictures.All);
            }
        );
        return command;
    }

    private static Option<IncidentRole> Role() => Inputs.OneOf("--role", "Which role", Roles);

    private static Option<int?> Minutes(string name, string description) =>
        new(name) { Description = description, HelpName = "minutes" };

    private static Argument<int> Number() => new("task") { Description = "The task, by its number." };

    private static Option<string?> Owner() => Inputs.Optional("--owner", "Who does it.", "person");

    private static Option<string?> Link() => Inputs.Optional("--link", "Where else it is kept.", "address");

    // The future: a moment, not "how long ago".
    private static Option<DateTimeOffset?> Due() =>
        new("--due") { Description = "Until when: a moment with its offset (2026-11-24T14:05Z).", HelpName = "moment" };
}
