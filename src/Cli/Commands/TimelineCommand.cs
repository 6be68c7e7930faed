using System.CommandLine;
using System.Globalization;
using Steady.Cli.Drawing;

namespace Steady.Cli.Commands;

/// <summary><c>steady timeline</c>: what happened, by a query or around an incident, from all services.</summary>
internal static class TimelineCommand
{
    private static readonly Dictionary<string, string> Forms = new()
    {
        ["table"] = "",
        ["md"] = "text/markdown",
        ["csv"] = "text/csv",
        ["ndjson"] = "application/x-ndjson",
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
        var form = Inputs.OneOf("--format", "How it is written", Forms);
        form.Required = false;
        form.DefaultValueFactory = _ => "";
        var command = new Command("timeline", "What happened, oldest first.")
        {
            query,
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
                    given.GetRequiredValue(query),
                    given.GetValue(knownAt),
                    given.GetValue(seenBy),
                    given.GetValue(limit),
                    given.GetValue(after)
                );
                return given.GetValue(form) is { Length: > 0 } type
                    ? Write(session, asked, type, stop)
                    : Draw(session, asked, stop);
            }
        );
        AnalysisCommands.AddTo(command, shell);
        return command;
    }

    private static async Task<int> Draw(Session session, Asked asked, CancellationToken stop)
    {
        var incidents = session.Door.Incidents;
        var subject = asked.IsIncident ? await incidents.Get(asked.Query, stop) : null;
        var answer = await incidents.Ask(asked.Text, asked.KnownAt, asked.Limit, asked.After, asked.SeenBy, stop);
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

    // All of it, unless so much was asked for: who writes a file wants no page of it.
    private static async Task<int> Write(Session session, Asked asked, string type, CancellationToken stop)
    {
        var (next, heading) = (asked.After, 0);
        do
        {
            var limit = asked.Limit ?? 500;
            (var text, next) = await session.Door.Incidents.AskText(
                asked.Text,
                type,
                asked.KnownAt,
                limit,
                next,
                asked.SeenBy,
                stop
            );
            session.Write(Without(text, heading));
            heading = type switch
            {
                "text/markdown" => 2,
                "text/csv" => 1,
                _ => 0,
            };
        } while (next is not null && asked.Limit is null);
        return Exit.Done;
    }

    private static string Without(string text, int lines)
    {
        var start = 0;
        for (; lines > 0; lines--)
            start = text.IndexOf('\n', start) + 1;
        return text[start..];
    }

    private sealed record Asked(string Query, DateTimeOffset? KnownAt, string? SeenBy, int? Limit, string? After)
    {
        public bool IsIncident =>
            Guid.TryParse(Query, out _)
            || (
                Query.StartsWith("INC-", StringComparison.OrdinalIgnoreCase)
                && long.TryParse(Query.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out _)
            );

        public string Text => IsIncident ? $"incident:{Query}" : Query;
    }
}
