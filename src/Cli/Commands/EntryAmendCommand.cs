using System.CommandLine;
using System.CommandLine.Parsing;
using Steady.Contracts.Incidents;

namespace Steady.Cli.Commands;

/// <summary><c>steady entry amend</c>: what is given is corrected, what is not stays as it was.</summary>
internal static class EntryAmendCommand
{
    private static readonly Dictionary<string, EntryConfidence?> Confidences = Enum.GetValues<EntryConfidence>()
        .ToDictionary(one => one.ToString().ToLowerInvariant(), one => (EntryConfidence?)one);

    public static Command Create(Shell shell)
    {
        var id = Inputs.Id("entry", "The entry, by id.", EntryCommands.Where);
        var fields = new Fields(shell);
        var command = new Command("amend", "Correct an entry; the version before is kept and shown.") { id };
        foreach (var option in fields.All)
            command.Add(option);
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var entry = given.GetRequiredValue(id);
                await session.Door.Incidents.AmendEntry(entry, fields.Of(given), stop: stop);
                return await EntryCommands.Show(entry, session, stop);
            }
        );
        return command;
    }

    private sealed class Fields(Shell shell)
    {
        private readonly Option<string> reason = Inputs.Required("--reason", "Why.", "text");
        private readonly Option<string?> text = Inputs.Optional("--text", "What happened, said anew.", "text");
        private readonly Option<string?> kind = Inputs.Optional("--kind", "What sort of thing it is.", "kind");
        private readonly Option<DateTimeOffset?> at = Inputs.Moment("--at", "When it happened.", shell);
        private readonly Option<DateTimeOffset?> until = Inputs.Moment("--until", "Until when it happened.", shell);
        private readonly Option<EntryPrecision?> precision = EntryCommands.Precision();
        private readonly Option<EntryConfidence?> confidence = Confidence();
        private readonly Option<string[]> services = Several<string>("--service", "A service it touches", "service");
        private readonly Option<KeyValuePair<string, string>[]> labels = Several(
            "--label",
            "A label",
            "name=value",
            Label
        );
        private readonly Option<EntryLink[]> links = Several("--link", "An address, and its title", "address", Link);

        public IReadOnlyList<Option> All =>
            [reason, text, kind, at, until, precision, confidence, services, labels, links];

        public AmendEntry Of(ParseResult given) =>
            new(
                given.GetRequiredValue(reason),
                given.GetValue(text),
                given.GetValue(kind),
                given.GetValue(at),
                given.GetValue(until),
                given.GetValue(precision),
                Given(given.GetValue(services)),
                given.GetValue(confidence),
                Given(given.GetValue(labels))?.ToDictionary(),
                Given(given.GetValue(links))
            );
    }

    private static Option<EntryConfidence?> Confidence()
    {
        var confidence = Inputs.OneOf("--confidence", "How sure it is", Confidences);
        confidence.Required = false;
        return confidence;
    }

    // None at all means that they stay.
    private static T[]? Given<T>(T[]? values) => values is { Length: > 0 } ? values : null;

    private static Option<T[]> Several<T>(
        string name,
        string what,
        string help,
        Func<ArgumentResult, T[]>? parser = null
    ) =>
        new(name)
        {
            Description = $"{what}, in place of all that were there; may be given several times.",
            HelpName = help,
            CustomParser = parser,
        };

    private static KeyValuePair<string, string>[] Label(ArgumentResult result)
    {
        var labels = new Dictionary<string, string>();
        foreach (var token in result.Tokens)
        {
            if (token.Value.Split('=', 2) is [{ Length: > 0 } name, var value])
                labels[name] = value;
            else
                result.AddError($"'{token.Value}' is no label. Write name=value.");
        }

        return [.. labels];
    }

    private static EntryLink[] Link(ArgumentResult result) =>
        [
            .. result.Tokens.Select(token =>
                token.Value.Split(' ', 2) is [var address, var title]
                    ? new EntryLink(address, title.Trim())
                    : new EntryLink(token.Value)
            ),
        ];
}
