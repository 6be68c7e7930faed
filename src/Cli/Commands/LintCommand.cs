using System.CommandLine;
using Spectre.Console;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;
using Steady.OpenSlo;

namespace Steady.Cli.Commands;

/// <summary><c>steady objective lint</c>: says what is wrong with a document, without a platform.</summary>
internal static class LintCommand
{
    public static Command Create(Shell shell)
    {
        var (file, mode) = (Inputs.File(), Mode());
        var command = new Command("lint", "Check OpenSLO documents; exit 0 when they are valid, 1 when not.")
        {
            file,
            mode,
        };
        shell.HandleAlone(
            command,
            (given, page) =>
            {
                var path = given.GetRequiredValue(file);
                var report = OpenSloText.Read(Documents.Read(path), given.GetValue(mode), Documents.FormatOf(path));
                return page.Show(Answer(report), Draw, report.Verdict is Verdict.Valid ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    public static Option<Mode> Mode()
    {
        var words = new Dictionary<string, Mode>
        {
            ["strict"] = OpenSlo.Mode.Strict,
            ["lenient"] = OpenSlo.Mode.Lenient,
        };
        var option = Inputs.OneOf("--mode", "How it is read", words);
        (option.Required, option.DefaultValueFactory) = (false, _ => OpenSlo.Mode.Strict);
        return option;
    }

    private static LintAnswer Answer(Report report) =>
        new(
            report.Verdict switch
            {
                Verdict.Valid => "valid",
                Verdict.Invalid => "invalid",
                _ => "decode-error",
            },
            [
                .. report.Findings.Select(found => new LintFinding(
                    found.Path,
                    found.Rule,
                    found.Message,
                    found.Accepted
                )),
            ],
            [.. report.Repairs.Select(repair => new LintRepair(repair.Path, repair.Rule, repair.Message))]
        );

    private static void Draw(IAnsiConsole screen, LintAnswer answer, DateTimeOffset now)
    {
        screen.Line(
            answer.Verdict == "valid" ? $"[green]✓ valid[/]" : (FormattableString)$"[red]✕ {answer.Verdict}[/]"
        );
        if (answer.Findings.Count > 0)
        {
            var table = Screens.Table("where", "rule", "what", "accepted");
            foreach (var finding in answer.Findings)
                table.AddRow(
                    Screens.Cell($"[yellow]{(finding.Path.Length > 0 ? finding.Path : "document")}[/]"),
                    Screens.Cell($"{finding.Rule}"),
                    Screens.Cell($"{finding.Message}"),
                    Screens.Cell($"[dim]{finding.Accepted}[/]")
                );
            screen.Write(table);
        }

        ObjectivePictures.Repaired(screen, answer.Repairs);
    }
}
