using System.CommandLine;

namespace Steady.Cli.Commands;

/// <summary>Options and arguments that several nouns share.</summary>
internal static class Inputs
{
    public static Argument<string> Incident() =>
        new("incident") { Description = "The incident, by number (INC-7) or id." };

    public static Option<string> File() =>
        new("--file", "-f")
        {
            Description = "The document, YAML or JSON; - reads it from standard input.",
            HelpName = "file",
            Required = true,
        };

    public static Argument<string> Objective() => new("objective") { Description = "The objective, by name or id." };

    /// <summary>An argument that must be an id.</summary>
    public static Argument<Guid> Id(string name, string description, string where) =>
        new(name)
        {
            Description = description,
            CustomParser = result =>
            {
                var text = result.Tokens[0].Value;
                if (!Guid.TryParse(text, out var id))
                    result.AddError($"'{text}' is no {name}'s id. {where}");
                return id;
            },
        };

    public static Option<string?> Optional(string name, string description, string help) =>
        new(name) { Description = description, HelpName = help };

    public static Option<int?> Limit() =>
        new("--limit") { Description = "At most so many, 1 to 500; the service gives 100.", HelpName = "count" };

    public static Option<string?> After() =>
        new("--after") { Description = "Go on after a page that said there is more.", HelpName = "cursor" };

    public static Option<string> Required(string name, string description, string help) =>
        new(name)
        {
            Description = description,
            HelpName = help,
            Required = true,
        };

    public static Option<DateTimeOffset?> Moment(string name, string description, Shell shell) =>
        new(name)
        {
            Description = $"{description} A moment (2026-11-24T14:05Z), or how long ago (15m).",
            HelpName = "moment",
            CustomParser = Moments.Past(shell.Clock),
        };

    /// <summary>One of an enum's members, by the words people use for them.</summary>
    public static Option<T> OneOf<T>(string name, string description, IReadOnlyDictionary<string, T> words)
    {
        var option = new Option<T>(name)
        {
            Description = $"{description}: {string.Join(", ", words.Keys)}.",
            HelpName = string.Join('|', words.Keys),
            Required = true,
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (words.TryGetValue(word.ToLowerInvariant(), out var value))
                    return value;
                result.AddError($"'{word}' is not accepted for {name}. Give one of {string.Join(", ", words.Keys)}.");
                return default;
            },
        };
        option.CompletionSources.Add(_ => words.Keys.Select(w => new System.CommandLine.Completions.CompletionItem(w)));
        return option;
    }
}
