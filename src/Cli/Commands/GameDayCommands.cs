using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary><c>steady gameday</c>: a day on which things are broken on purpose, together.</summary>
internal static class GameDayCommands
{
    private const string Go = "go";
    private static readonly Dictionary<string, string> Votes = new() { [Go] = Go, ["no-go"] = "no-go" };

    private static readonly Dictionary<string, GameDayRole> Roles = Enum.GetValues<GameDayRole>()
        .ToDictionary(role => $"{role}".ToLowerInvariant());

    public static Command Create(Shell shell) =>
        new("gameday", "Game days: who breaks what, when, and who has to say yes.")
        {
            Plan(shell),
            List(shell),
            Show(shell),
            Vote(shell),
            Role(shell),
            GameDayApprovals.Ask(shell),
            GameDayApprovals.Approve(shell),
            GameDayApprovals.Refuse(shell),
            GameDayAnnouncing.Announce(shell),
            GameDayAnnouncing.Acknowledge(shell),
            Note(shell),
            Start(shell),
            Surprise(shell),
            Conclude(shell),
            Report(shell),
        };

    public static Argument<string> GameDay() => new("gameday") { Description = "The game day, by name or id." };

    /// <summary>Does something to a game day and shows it.</summary>
    public static void Do(
        Shell shell,
        Command command,
        Argument<string> gameday,
        Func<Client.GameDaysClient, string, ParseResult, CancellationToken, Task> act
    ) =>
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(gameday);
                await act(session.Door.GameDays, name, given, stop);
                return session.Show(await session.Door.GameDays.Get(name, stop), GameDayPictures.Page);
            }
        );

    private static Command Plan(Shell shell)
    {
        var file = Inputs.File();
        var hours = new Option<int?>("--ask-approval")
        {
            Description = "Ask for the approval as well; it lapses after so many hours.",
            HelpName = "hours",
        };
        var command = new Command("plan", "Plan a game day from a document, or change a plan.") { file, hours };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var gamedays = session.Door.GameDays;
                var day = await gamedays.Plan(Documents.Read(path), Documents.MediaType(path), stop);
                if (given.GetValue(hours) is { } within)
                {
                    await gamedays.RequestApproval($"{day.Id}", new RequestApproval(within), stop);
                    day = await gamedays.Get($"{day.Id}", stop);
                }

                return session.Show(day, GameDayPictures.Page);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "All game days, the latest first.") { limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.GameDays.List(given.GetValue(limit), given.GetValue(after), stop),
                    GameDayPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var gameday = GameDay();
        var command = new Command("show", "One game day: agenda, roles, votes, and what is missing for a start.")
        {
            gameday,
        };
        Do(shell, command, gameday, (_, _, _, _) => Task.CompletedTask);
        return command;
    }

    private static Command Vote(Shell shell)
    {
        var gameday = GameDay();
        var vote = Inputs.OneOf("--say", "Go or no-go", Votes);
        var reason = Inputs.Optional("--reason", "Why; needed for a no-go.", "text");
        var command = new Command("vote", "Vote go or no-go; the last vote of a person counts.")
        {
            gameday,
            vote,
            reason,
        };
        Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) =>
                door.Vote(name, new CastVote(given.GetRequiredValue(vote) == Go, given.GetValue(reason)), stop)
        );
        return command;
    }

    private static Command Role(Shell shell)
    {
        var gameday = GameDay();
        var role = Inputs.OneOf("--role", "What they do", Roles);
        var person = Inputs.Required("--person", "Who: the subject of their token.", "person");
        var command = new Command("role", "Give somebody a role; a new commander takes over from the one before.")
        {
            gameday,
            role,
            person,
        };
        Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) =>
                door.Assign(name, new RoleHolder(given.GetRequiredValue(person), given.GetRequiredValue(role)), stop)
        );
        return command;
    }

    private static Command Note(Shell shell)
    {
        var gameday = GameDay();
        var text = Inputs.Required("--text", "What was seen or said.", "text");
        var command = new Command("note", "Write into the protocol; for the scribe.") { gameday, text };
        Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) => door.Note(name, new TakeNote(given.GetRequiredValue(text)), stop)
        );
        return command;
    }

    private static Command Start(Shell shell)
    {
        var gameday = GameDay();
        var experiment = ExperimentCommands.Experiment();
        var command = new Command("start", "Run an experiment of the agenda; exits 1 when a gate refuses it.")
        {
            gameday,
            experiment,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var start = new StartFromAgenda(given.GetRequiredValue(experiment));
                var run = await session.Door.GameDays.Start(given.GetRequiredValue(gameday), start, stop: stop);
                return session.Show(run, RunPictures.Started, run.State == RunState.Refused ? Exit.Refused : Exit.Done);
            }
        );
        return command;
    }

    private static Command Surprise(Shell shell)
    {
        var gameday = GameDay();
        var seed = new Option<int?>("--seed") { Description = "Draw as somebody drew before.", HelpName = "number" };
        var command = new Command(
            "surprise",
            "Run one experiment of the agenda by lot; exits 1 when a gate refuses it."
        )
        {
            gameday,
            seed,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var draw = new DrawSurprise(given.GetValue(seed));
                var run = await session.Door.GameDays.Surprise(given.GetRequiredValue(gameday), draw, stop: stop);
                return session.Show(run, RunPictures.Started, run.State == RunState.Refused ? Exit.Refused : Exit.Done);
            }
        );
        return command;
    }

    private static Command Conclude(Shell shell)
    {
        var gameday = GameDay();
        var summary = Inputs.Required("--summary", "What it has shown.", "text");
        var command = new Command("conclude", "End a game day; for the commander.") { gameday, summary };
        Do(
            shell,
            command,
            gameday,
            (door, name, given, stop) => door.Conclude(name, new ConcludeGameDay(given.GetRequiredValue(summary)), stop)
        );
        return command;
    }

    private static Command Report(Shell shell)
    {
        var gameday = GameDay();
        var html = new Option<bool>("--html") { Description = "As HTML instead of Markdown." };
        var command = new Command("report", "The report: who, what, when, and what came of it.") { gameday, html };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(gameday);
                if (session.Json)
                    session.Print(await session.Door.GameDays.Report(name, stop));
                else
                    session.Write(
                        await session.Door.GameDays.ReportText(name, given.GetValue(html) ? "html" : "markdown", stop)
                    );
                return Exit.Done;
            }
        );
        return command;
    }
}
