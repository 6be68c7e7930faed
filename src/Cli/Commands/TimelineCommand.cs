using System.CommandLine;
using System.Text;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline</c>: what happened, by a query or around an incident, from all services.</summary>
internal static class TimelineCommand
{
    private const string Html = "html";
    private const string Pdf = "pdf";

    private static readonly Dictionary<string, string> Forms = new()
    {
        ["table"] = "",
        ["md"] = "text/markdown",
        ["csv"] = "text/csv",
        ["ndjson"] = "application/x-ndjson",
        ["html"] = Html,
        ["pdf"] = Pdf,
    };

    public static Command Create(Shell shell)
    {
        var query = new Argument<string>("query")
        {
            Description = "An incident (INC-7), or a query (\"kind:alert service:pay* from:-2h\").",
        };
        var knownAt = Inputs.Moment("--known-at", "As it was known then; now when absent.", shell);
        var seenBy = Inputs.Optional("--seen-by", "What ana, role/commander or the public had seen of it.", "who");
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var (form, file) = (Form(), File());
        var command = new Command("timeline", "What happened, oldest first.")
        {
            query,
            file,
            knownAt,
            seenBy,
            limit,
            after,
            form,
            TimelineViewCommands.Create(shell),
        };
        shell.Handle(
            command,
            (given, session, stop) =>
            {
                var asked = new Asked(
                    new TimelineQuestion(given.GetRequiredValue(query)),
                    given.GetValue(knownAt),
                    given.GetValue(seenBy),
                    given.GetValue(limit),
                    given.GetValue(after)
                );
                return Answer(session, asked, given.GetValue(form) ?? "", given.GetValue(file), stop);
            }
        );
        AnalysisCommands.AddTo(command, shell);
        return command;
    }

    private static Option<string> Form()
    {
        var form = Inputs.OneOf("--format", "How it is written", Forms);
        form.Required = false;
        form.DefaultValueFactory = _ => "";
        form.Aliases.Add("-o");
        return form;
    }

    private static Argument<string?> File() =>
        new("file")
        {
            Description = "Where it is written, in a format other than table; a PDF needs one.",
            Arity = ArgumentArity.ZeroOrOne,
        };

    private static Task<int> Answer(Session session, Asked asked, string form, string? file, CancellationToken stop) =>
        form switch
        {
            Html or Pdf => Document(session, asked, form, file, stop),
            { Length: > 0 } => Write(session, asked, form, file, stop),
            _ when file is not null => throw new MistakeException(
                $"A table is not written to '{file}'. Say how: --format {string.Join(", ", Forms.Keys.Skip(1))}."
            ),
            _ => Draw(session, asked, stop),
        };

    private static async Task<int> Draw(Session session, Asked asked, CancellationToken stop)
    {
        var incidents = session.Door.Incidents;
        var subject = asked.IsIncident ? await incidents.Get(asked.Query, stop) : null;
        var answer = await incidents.Ask(asked.Text, asked.KnownAt, asked.Limit, asked.After, asked.SeenBy, stop: stop);
        return session.Show(
            answer,
            (screen, found, now) =>
            {
                if (subject is not null)
                    IncidentPictures.Headline(screen, subject);
                TimelinePictures.Answer(screen, found, asked.KnownAt, now);
            }
        );
    }

    // One document holds all of it: it has no pages to go on after.
    private static async Task<int> Document(
        Session session,
        Asked asked,
        string type,
        string? file,
        CancellationToken stop
    )
    {
        if (file is null && type == Pdf)
            throw new MistakeException("A PDF is no text. Name a file behind the query, such as timeline.pdf.");
        var document = await session.Door.Incidents.AskDocument(
            asked.Text,
            type,
            asked.KnownAt,
            asked.Limit,
            asked.SeenBy,
            stop: stop
        );
        if (file is null)
            session.Write(Encoding.UTF8.GetString(document));
        else
            Documents.Write(file, document);
        return Exit.Done;
    }

    // All of it, unless so much was asked for: who writes a file wants no page of it.
    private static async Task<int> Write(
        Session session,
        Asked asked,
        string type,
        string? file,
        CancellationToken stop
    )
    {
        var texts = session.Door.Incidents.AskText(
            asked.Text,
            type,
            asked.KnownAt,
            asked.Limit,
            asked.After,
            asked.SeenBy,
            stop: stop
        );
        var whole = new StringBuilder();
        await foreach (var text in texts)
        {
            if (file is null)
                session.Write(text);
            else
                whole.Append(text);
        }

        if (file is not null)
            Documents.Write(file, Encoding.UTF8.GetBytes(whole.ToString()));
        return Exit.Done;
    }

    private sealed record Asked(
        TimelineQuestion Question,
        DateTimeOffset? KnownAt,
        string? SeenBy,
        int? Limit,
        string? After
    )
    {
        public string Query => Question.Query;

        public string Text => Question.Text;

        public bool IsIncident => Question.IsIncident;
    }
}
