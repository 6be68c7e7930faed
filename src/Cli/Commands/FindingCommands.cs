using System.CommandLine;
using System.Globalization;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary><c>steady finding</c>: what runs have shown, and whether it is fixed.</summary>
internal static class FindingCommands
{
    private static readonly Dictionary<string, FindingKind> Kinds = Enum.GetValues<FindingKind>()
        .ToDictionary(FindingPictures.Word);

    private static readonly Dictionary<string, CouplingType?> Couplings = Enum.GetValues<CouplingType>()
        .ToDictionary(type => $"{type}".ToLowerInvariant(), type => (CouplingType?)type);

    public static Command Create(Shell shell) =>
        new("finding", "Findings: what runs have shown, and whether it is fixed.")
        {
            Raise(shell),
            List(shell),
            Show(shell),
            Act(shell),
            Regress(shell),
        };

    private static Command Raise(Shell shell)
    {
        var run = Inputs.Id("run", "The run that showed it, by id.", "`steady run list` shows them.");
        var kind = Inputs.OneOf("--kind", "What kind of thing it is", Kinds);
        var title = Inputs.Required("--title", "In a few words.", "text");
        var text = Inputs.Optional("--text", "What was seen and what it means.", "text");
        var coupling = Inputs.OneOf("--coupling", "How the two that suffered hang together", Couplings);
        coupling.Required = false;
        var command = new Command("raise", "Write down what a run has shown.") { run, kind, title, text, coupling };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var finding = new RaiseFinding(
                    given.GetRequiredValue(run),
                    given.GetRequiredValue(kind),
                    given.GetRequiredValue(title),
                    given.GetValue(text),
                    given.GetValue(coupling)
                );
                return session.Show(await session.Door.Findings.Raise(finding, stop: stop), FindingPictures.Page);
            }
        );
        return command;
    }

    private static Command List(Shell shell)
    {
        var all = new Option<bool>("--all") { Description = "Also what is fixed." };
        var (limit, after) = (Inputs.Limit(), Inputs.After());
        var command = new Command("list", "Findings that are not fixed, newest first.") { all, limit, after };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Findings.List(
                        !given.GetValue(all),
                        given.GetValue(limit),
                        given.GetValue(after),
                        stop
                    ),
                    FindingPictures.List
                )
        );
        return command;
    }

    private static Command Show(Shell shell)
    {
        var finding = Finding();
        var command = new Command("show", "One finding.") { finding };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Findings.Get(given.GetRequiredValue(finding), stop),
                    FindingPictures.Page
                )
        );
        return command;
    }

    private static Command Act(Shell shell)
    {
        var finding = Finding();
        var text = Inputs.Required("--text", "What is to be done.", "text");
        var owner = Inputs.Required("--owner", "Who does it.", "person");
        var due = Due();
        var command = new Command("act", "Say what is to be done about a finding.") { finding, text, owner, due };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var id = given.GetRequiredValue(finding);
                await session.Door.Findings.Link(
                    id,
                    new LinkActionItem(
                        given.GetRequiredValue(text),
                        given.GetRequiredValue(owner),
                        given.GetValue(due)
                    ),
                    stop
                );
                return session.Show(await session.Door.Findings.Get(id, stop), FindingPictures.Page);
            }
        );
        return command;
    }

    private static Command Regress(Shell shell)
    {
        var finding = Finding();
        var command = new Command("regress", "Draft the experiment that must hold where the finding's run broke.")
        {
            finding,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Findings.Regression(given.GetRequiredValue(finding), stop),
                    ExperimentPictures.Page
                )
        );
        return command;
    }

    private static Argument<Guid> Finding() =>
        Inputs.Id("finding", "The finding, by id.", "`steady finding list` shows them.");

    private static Option<DateOnly?> Due() =>
        new("--due")
        {
            Description = "Until when, for example 2026-12-31.",
            HelpName = "day",
            CustomParser = result =>
            {
                var word = result.Tokens[0].Value;
                if (
                    DateOnly.TryParseExact(
                        word,
                        "yyyy-MM-dd",
                        CultureInfo.InvariantCulture,
                        DateTimeStyles.None,
                        out var day
                    )
                )
                    return day;
                result.AddError($"'{word}' is no day. Give one such as 2026-12-31.");
                return null;
            },
        };
}
