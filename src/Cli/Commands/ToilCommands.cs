using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady toil</c>: what operations take of a team's week.</summary>
internal static class ToilCommands
{
    private static readonly Dictionary<string, ToilKind> Kinds = Enum.GetValues<ToilKind>()
        .ToDictionary(kind => $"{kind}".ToLowerInvariant());

    public static Command Create(Shell shell) =>
        new("toil", "Toil: what operations take of a team's week, and the line at half of it.")
        {
            Show(shell),
            Log(shell),
            Withdraw(shell),
            Team(shell),
            Route(shell),
        };

    private static Command Show(Shell shell)
    {
        var team = new Argument<string?>("team")
        {
            Description = "The team; this week of all teams when absent.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var week = Text("--week", "The ISO week, for example 2026-W48; this one when absent.", "week");
        var command = new Command("show", "A team's week: minutes, the line, where tickets went.") { team, week };
        shell.Handle(
            command,
            async (given, session, stop) =>
                given.GetValue(team) is { } name
                    ? session.Show(await session.Door.Budgets.Toil(name, given.GetValue(week), stop), ToilPictures.Week)
                    : session.Show(await session.Door.Budgets.ToilOfTeams(stop), ToilPictures.Teams)
        );
        return command;
    }

    private static Command Route(Shell shell)
    {
        var team = new Argument<string>("team") { Description = "The operations team that would get the ticket." };
        var ticket = Inputs.Required("--ref", "The ticket, as its tracker calls it.", "ticket");
        var title = Inputs.Required("--title", "What it is about.", "text");
        var command = new Command("route", "Which team gets a new ticket: over the line the developers do.")
        {
            team,
            ticket,
            title,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.RouteTicket(
                        new(
                            given.GetRequiredValue(team),
                            given.GetRequiredValue(ticket),
                            given.GetRequiredValue(title)
                        ),
                        stop
                    ),
                    ToilPictures.Route
                )
        );
        return command;
    }

    private static Command Log(Shell shell)
    {
        var team = new Argument<string>("team") { Description = "Whose time." };
        var minutes = Count("--minutes", "How long, 1 to 1,440.");
        var kind = Inputs.OneOf("--kind", "What it was", Kinds);
        var start = Inputs.Moment("--start", "When it began; so long ago that it ends now when absent.", shell);
        var person = Text(
            "--person",
            "Whoever it was, by any name that is always the same; kept as a pseudonym.",
            "name"
        );
        var subject = Text("--ref", "What it was about: a ticket.", "ref");
        var command = new Command("log", "Write down time that operations took.")
        {
            team,
            minutes,
            kind,
            start,
            person,
            subject,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var length = given.GetRequiredValue(minutes);
                var entry = new RecordToil(
                    given.GetRequiredValue(team),
                    given.GetValue(start) ?? session.Now.AddMinutes(-length),
                    length,
                    given.GetRequiredValue(kind),
                    given.GetValue(person),
                    given.GetValue(subject)
                );
                return session.Show(await session.Door.Budgets.LogToil(entry, stop: stop), ToilPictures.Logged);
            }
        );
        return command;
    }

    private static Command Withdraw(Shell shell)
    {
        var team = new Argument<string>("team") { Description = "Whose time." };
        var id = Inputs.Id("entry", "The entry, by id.", "`steady toil log` tells it, and `steady toil show --json`.");
        var command = new Command("withdraw", "Take an entry back that was wrong; it no longer counts.") { team, id };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(team);
                await session.Door.Budgets.WithdrawToil(name, given.GetRequiredValue(id), stop);
                return session.Show(await session.Door.Budgets.Toil(name, stop: stop), ToilPictures.Week);
            }
        );
        return command;
    }

    private static Command Team(Shell shell)
    {
        var team = new Argument<string>("team") { Description = "The team's name." };
        var people = Count("--people", "Engineers, 1 to 1,000.");
        var hours = Count("--hours", "Hours a week of one of them, 1 to 80.");
        var developers = Inputs.Required("--developers", "Who gets new tickets beyond the line.", "team");
        var services = new Option<string[]>("--service")
        {
            Description = "A service whose incidents the team works on; may be given several times.",
            HelpName = "service",
        };
        var zone = Text("--zone", "IANA zone in which its weeks begin; UTC when absent.", "zone");
        var command = new Command("team", "Say how a team is staffed.")
        {
            team,
            people,
            hours,
            developers,
            services,
            zone,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(team);
                var staffing = new StaffTeam(
                    given.GetRequiredValue(people),
                    given.GetRequiredValue(hours),
                    given.GetRequiredValue(developers),
                    given.GetValue(services) ?? [],
                    given.GetValue(zone) ?? "UTC"
                );
                await session.Door.Budgets.Staff(name, staffing, stop);
                return session.Show(await session.Door.Budgets.Toil(name, stop: stop), ToilPictures.Week);
            }
        );
        return command;
    }

    private static Option<string?> Text(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    private static Option<int> Count(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "count",
            Required = true,
        };
}
