using System.CommandLine;
using System.Globalization;
using Steady.Cli.Drawing;
using Steady.Client;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady postmortem</c>: what is learnt from an incident.</summary>
internal static class PostmortemCommands
{
    private static readonly Dictionary<string, PostmortemSection> Sections = Enum.GetValues<PostmortemSection>()
        .ToDictionary(PostmortemPictures.Word);

    public static Command Create(Shell shell) =>
        new("postmortem", "Postmortems: what is learnt from an incident.")
        {
            List(shell),
            Show(shell),
            Step(shell, "start", "Begin the postmortem of an incident.", (all, i, stop) => all.Start(i, stop)),
            Section(shell),
            PostmortemEditing.Edit(shell, SectionOption),
            Act(shell),
            Step(shell, "submit", "Ask for a review.", (all, i, stop) => all.Submit(i, stop)),
            SendBack(shell),
            Review(shell),
            Step(
                shell,
                "publish",
                "Publish it: it does not change any more.",
                (all, i, stop) => all.Publish(i, stop: stop)
            ),
            Export(shell),
            StoryCommands.Show(shell),
            StoryCommands.Tell(shell),
            StoryCommands.LeaveOut(shell),
        };

    private static Command List(Shell shell)
    {
        var all = new Option<bool>("--all") { Description = "Also what is published." };
        var limit = Inputs.Limit();
        var command = new Command("list", "What is to be written or published, soonest due first.") { all, limit };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Postmortems.List(given.GetValue(all), given.GetValue(limit), stop: stop),
                    PostmortemPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var incident = Inputs.Incident();
        var command = new Command("show", "A postmortem: what is written, and what is to be done.") { incident };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Postmortems.Get(given.GetRequiredValue(incident), stop),
                    PostmortemPictures.Page
                )
        );
        return command;
    }

    private static Command Section(Shell shell)
    {
        var section = SectionOption();
        var text = Inputs.Optional("--text", "The text, Markdown.", "text");
        var file = Inputs.File();
        file.Required = false;
        var based = new Option<int?>("--version")
        {
            Description = "The section's version that the text is based on; refused when somebody wrote meanwhile.",
            HelpName = "number",
        };
        var command = Write(
            shell,
            new Command("section", "Write a section, as a whole.") { section, text, file, based },
            (session, given, incident, stop) =>
            {
                var written =
                    given.GetValue(text)
                    ?? (given.GetValue(file) is { } path ? Documents.Read(path) : null)
                    ?? throw new MistakeException("There is no text. Give --text, or a file with -f.");
                return session.Door.Postmortems.Write(
                    incident,
                    PostmortemPictures.Word(given.GetRequiredValue(section)),
                    new WriteSection(written, given.GetValue(based)),
                    stop
                );
            }
        );
        return command;
    }

    private static Command Act(Shell shell)
    {
        var text = Inputs.Required("--text", "What is to be done.", "text");
        var owner = Inputs.Required("--owner", "Who does it.", "person");
        var due = Inputs.Optional("--due", "Until when, a day such as 2026-12-31.", "day");
        return Write(
            shell,
            new Command("act", "Ask for something to be done; it becomes a follow-up.") { text, owner, due },
            async (session, given, incident, stop) =>
            {
                var wish = new OpenActionItem(
                    given.GetRequiredValue(text),
                    given.GetRequiredValue(owner),
                    given.GetValue(due) is { } day ? Day(day) : null
                );
                return (await session.Door.Postmortems.Ask(incident, wish, stop: stop)).Version;
            }
        );
    }

    private static Command SendBack(Shell shell)
    {
        var reason = Inputs.Required("--reason", "What is missing or wrong.", "text");
        return Write(
            shell,
            new Command("send-back", "Give it back to those who write it.") { reason },
            (session, given, incident, stop) =>
                session.Door.Postmortems.SendBack(
                    incident,
                    new SendBackPostmortem(given.GetRequiredValue(reason)),
                    stop
                )
        );
    }

    private static Command Review(Shell shell)
    {
        var comment = Inputs.Optional("--comment", "What you say to it.", "text");
        return Write(
            shell,
            new Command("review", "Find it right; not for those who wrote it.") { comment },
            (session, given, incident, stop) =>
                session.Door.Postmortems.Review(incident, new ReviewPostmortem(given.GetValue(comment)), stop: stop)
        );
    }

    private static Command Export(Shell shell)
    {
        var incident = Inputs.Incident();
        var format = Inputs.OneOf(
            "--format",
            "As what",
            new Dictionary<string, string>
            {
                ["markdown"] = "markdown",
                ["html"] = "html",
                ["pdf"] = "pdf",
            }
        );
        var output = Inputs.Optional("--output", "The file to write; standard output when absent.", "file");
        output.Aliases.Add("-o");
        var command = new Command("export", "A postmortem as a document.") { incident, format, output };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var wanted = given.GetRequiredValue(format);
                var document = await session.Door.Postmortems.Export(given.GetRequiredValue(incident), wanted, stop);
                if (given.GetValue(output) is { } path)
                    Documents.Write(path, document);
                else if (wanted is "pdf")
                    throw new MistakeException("A PDF is nothing to look at here. Give a file with -o.");
                else
                    session.Write(System.Text.Encoding.UTF8.GetString(document));
                return Exit.Done;
            }
        );
        return command;
    }

    private static Command Step(
        Shell shell,
        string name,
        string description,
        Func<PostmortemsClient, string, CancellationToken, Task<long?>> step
    ) =>
        Write(
            shell,
            new Command(name, description),
            (session, _, incident, stop) => step(session.Door.Postmortems, incident, stop)
        );

    private static Command Write(
        Shell shell,
        Command command,
        Func<Session, ParseResult, string, CancellationToken, Task<long?>> write
    )
    {
        var incident = Inputs.Incident();
        command.Arguments.Add(incident);
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var name = given.GetRequiredValue(incident);
                await write(session, given, name, stop);
                return session.Show(await session.Door.Postmortems.Get(name, stop), PostmortemPictures.Page);
            }
        );
        return command;
    }

    private static Option<PostmortemSection> SectionOption() => Inputs.OneOf("--section", "Which section", Sections);

    private static DateOnly Day(string day) =>
        DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var read)
            ? read
            : throw new MistakeException($"'{day}' is no day. Give one such as 2026-12-31.");
}
