using System.CommandLine;
using Steady.ChaosToolkit;
using Steady.Cli.Drawing;
using Steady.Contracts.Experiments;

namespace Steady.Cli.Commands;

/// <summary><c>steady experiment lint</c>: says what is wrong with an experiment's document, without a platform.</summary>
internal static class ExperimentLintCommand
{
    public static Command Create(Shell shell)
    {
        var (file, environment) = (Inputs.File(), Environment());
        var command = new Command(
            "lint",
            "Check an experiment of Chaos Toolkit; exit 0 when it is accepted, 1 when not."
        )
        {
            file,
            environment,
        };
        shell.HandleAlone(
            command,
            (given, page) =>
            {
                var path = given.GetRequiredValue(file);
                var report = ChaosToolkitText.Read(
                    Documents.Read(path),
                    Documents.FormatOf(path),
                    given.GetValue(environment)
                );
                return page.Show(Answer(report), ExperimentPictures.Judged, report.Accepted ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    /// <summary>Variables for the configuration of an experiment; nothing is taken from the shell's own.</summary>
    public static Option<IReadOnlyDictionary<string, string>?> Environment() =>
        new("--env")
        {
            Description = "A variable that the experiment asks for, as KEY=VALUE; may be given more than once.",
            HelpName = "key=value",
            CustomParser = result =>
            {
                var variables = new Dictionary<string, string>();
                foreach (var token in result.Tokens)
                {
                    if (token.Value.Split('=', 2) is [{ Length: > 0 } key, var value])
                        variables[key] = value;
                    else
                        result.AddError($"'{token.Value}' is no variable. Give it as KEY=VALUE.");
                }

                return variables;
            },
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };

    private static DocumentVerdict Answer(Report report) =>
        new(
            report.Accepted ? "accepted" : "refused",
            [.. report.Findings.Select(found => new DocumentFinding(found.Code, found.Where, found.Message))]
        );
}
