using System.CommandLine;
using System.Text.Json;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady budget whatif</c>: other terms over what was counted.</summary>
internal sealed class WhatIfCommand
{
    private readonly Argument<string> objective = new("name") { Description = "The objective, by name or id." };
    private readonly Option<decimal?> target = new("--target")
    {
        Description = "Another target, for example 0.9995.",
        HelpName = "share",
    };
    private readonly Option<string?> window = new("--window")
    {
        Description = "Another rolling window, for example 28d.",
        HelpName = "length",
    };
    private readonly Option<long?> failures = Count("--min-failures", "Least failures in an alert's long window.");
    private readonly Option<long?> events = Count("--min-events", "Least events in an alert's long window.");
    private readonly Option<bool> usual = new("--usual-rules")
    {
        Description = "The workbook's burn rules instead of its own.",
    };
    private readonly Option<string?> file = new("--file", "-f")
    {
        Description = "All that is to be tried, as JSON; - reads it from standard input.",
        HelpName = "file",
    };
    private readonly Option<DateTimeOffset?> from;
    private readonly Option<DateTimeOffset?> to;

    private WhatIfCommand(Shell shell)
    {
        from = Inputs.Moment("--from", "The beginning; 30 days before the end when absent.", shell);
        to = Inputs.Moment("--to", "The end; now when absent.", shell);
    }

    public static Command Create(Shell shell)
    {
        var its = new WhatIfCommand(shell);
        const string what = "Replay what was counted under other terms: what would have fired, beside today.";
        var command = new Command("whatif", what)
        {
            its.objective,
            its.target,
            its.window,
            its.failures,
            its.events,
            its.usual,
            its.file,
            its.from,
            its.to,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Budgets.WhatIf(given.GetRequiredValue(its.objective), its.Ask(given), stop),
                    WhatIfPictures.Page
                )
        );
        return command;
    }

    private AskWhatIf Ask(ParseResult given)
    {
        var ask = given.GetValue(file) is { } path ? Read(path) : new AskWhatIf();
        var guarded = given.GetValue(failures) is not null || given.GetValue(events) is not null;
        return ask with
        {
            Target = given.GetValue(target) ?? ask.Target,
            Windows = given.GetValue(window) is { } length ? [new WindowTerms(length)] : ask.Windows,
            Guard = guarded ? new(given.GetValue(failures) ?? 0, given.GetValue(events) ?? 0) : ask.Guard,
            UsualRules = given.GetValue(usual) || ask.UsualRules,
            From = given.GetValue(from) ?? ask.From,
            To = given.GetValue(to) ?? ask.To,
        };
    }

    private static AskWhatIf Read(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<AskWhatIf>(Documents.Read(path), Contracts.Json.Options)!;
        }
        catch (JsonException broken)
        {
            throw new MistakeException($"'{path}' is nothing that can be tried: {broken.Message}");
        }
    }

    private static Option<long?> Count(string name, string description) =>
        new(name) { Description = description, HelpName = "count" };
}
