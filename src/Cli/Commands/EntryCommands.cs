using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady entry</c>: evidence in a timeline, its corrections, and what must never be read again.</summary>
internal static class EntryCommands
{
    public const string Where = "`steady timeline INC-7 --json` shows them.";

    private static readonly Dictionary<string, EntryPrecision?> Precisions = Enum.GetValues<EntryPrecision>()
        .ToDictionary(one => one.ToString().ToLowerInvariant(), one => (EntryPrecision?)one);

    public static Command Create(Shell shell) =>
        new("entry", "Evidence in a timeline: write it, import it, correct it, redact it.")
        {
            Add(shell),
            Import(shell),
            Versions(shell),
            EntryAmendCommand.Create(shell),
            Retract(shell),
            Redact(shell),
            Forget(shell),
            Proof(shell),
        };

    private static Command Add(Shell shell)
    {
        var incident = Inputs.Incident();
        var kind = Inputs.Required("--kind", "What sort of thing: deploy, detect, action, hypothesis …", "kind");
        var text = Inputs.Required("--text", "What happened, in a sentence.", "text");
        var at = Inputs.Moment("--at", "When it happened; now when absent.", shell);
        var precision = Precision();
        var author = Inputs.Optional("--author", "Who said or did it.", "person");
        var command = new Command("add", "Write evidence into the timeline of an incident.")
        {
            incident,
            kind,
            text,
            at,
            precision,
            author,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var entry = new RecordEntry(
                    given.GetRequiredValue(kind),
                    given.GetRequiredValue(text),
                    given.GetValue(at),
                    Precision: given.GetValue(precision),
                    Incident: given.GetRequiredValue(incident),
                    Author: given.GetValue(author)
                );
                return session.Show(
                    await session.Door.Incidents.RecordEntry(entry, stop: stop),
                    EntryPictures.Recorded
                );
            }
        );
        return command;
    }

    private static Command Import(Shell shell)
    {
        var file = Inputs.File();
        var incident = Inputs.Optional(
            "--incident",
            "Of this incident; else each entry says where it belongs.",
            "incident"
        );
        var command = new Command("import", "Import evidence: lines of JSON (.ndjson, .jsonl), a JSON array or YAML.")
        {
            file,
            incident,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var lines =
                    path.EndsWith(".ndjson", StringComparison.Ordinal)
                    || path.EndsWith(".jsonl", StringComparison.Ordinal);
                return session.Show(
                    await session.Door.Incidents.ImportEntries(
                        given.GetValue(incident),
                        lines ? Documents.Read(path) : Documents.ReadJson(path),
                        lines ? "application/x-ndjson" : "application/json",
                        stop
                    ),
                    EntryPictures.Recorded
                );
            }
        );
        return command;
    }

    private static Command Versions(Shell shell)
    {
        var id = Inputs.Id("entry", "The entry, by id.", Where);
        var command = new Command("versions", "All that was ever said in an entry's place, by whom and why.") { id };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Incidents.EntryVersions(given.GetRequiredValue(id), stop),
                    EntryPictures.History
                )
        );
        return command;
    }

    private static Command Retract(Shell shell) =>
        WithReason(
            shell,
            "retract",
            "Take an entry back: it was never so.",
            (id, reason, session, stop) => session.Door.Incidents.RetractEntry(id, new RetractEntry(reason), stop)
        );

    private static Command Redact(Shell shell) =>
        WithReason(
            shell,
            "redact",
            "Destroy the words of an entry, in all its versions, for good.",
            (id, reason, session, stop) => session.Door.Incidents.RedactEntry(id, new RedactEntry(reason), stop)
        );

    private static Command WithReason(
        Shell shell,
        string name,
        string description,
        Func<Guid, string, Session, CancellationToken, Task> write
    )
    {
        var id = Inputs.Id("entry", "The entry, by id.", Where);
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command(name, description) { id, reason };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                await write(given.GetRequiredValue(id), given.GetRequiredValue(reason), session, stop);
                return await Show(given.GetRequiredValue(id), session, stop);
            }
        );
        return command;
    }

    private static Command Forget(Shell shell)
    {
        var person = new Argument<string>("person") { Description = "The person, as they stand in the timeline." };
        var reason = Inputs.Required("--reason", "Why.", "text");
        var command = new Command("forget", "Destroy the words of everything that a person wrote, for good.")
        {
            person,
            reason,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var who = given.GetRequiredValue(person);
                await session.Door.Incidents.RedactPerson(who, new RedactEntry(given.GetRequiredValue(reason)), stop);
                return session.Show(who, EntryPictures.Forgotten);
            }
        );
        return command;
    }

    private static Command Proof(Shell shell)
    {
        var command = new Command("proof", "Whether what is stored is what was stored; exit 1 when it is not.");
        shell.Handle(
            command,
            async (_, session, stop) =>
            {
                var proof = await session.Door.Incidents.Proof(stop);
                return session.Show(proof, EntryPictures.Proof, proof.Holds ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    public static async Task<int> Show(Guid id, Session session, CancellationToken stop) =>
        session.Show(await session.Door.Incidents.EntryVersions(id, stop), EntryPictures.History);

    public static Option<EntryPrecision?> Precision()
    {
        var option = Inputs.OneOf("--precision", "How exactly the moment is known", Precisions);
        option.Required = false;
        return option;
    }
}
