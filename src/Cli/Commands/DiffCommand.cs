using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Client;
using Steady.OpenSlo;

namespace Steady.Cli.Commands;

/// <summary><c>steady objective diff</c>: what applying a file would change.</summary>
internal static class DiffCommand
{
    public static Command Create(Shell shell)
    {
        var (file, mode) = (Inputs.File(), LintCommand.Mode());
        var command = new Command("diff", "What a file would change; exit 0 when nothing, 1 when something.")
        {
            file,
            mode,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
            {
                var path = given.GetRequiredValue(file);
                var report = OpenSloText.Read(Documents.Read(path), given.GetValue(mode), Documents.FormatOf(path));
                var (singles, findings) =
                    report.Verdict is Verdict.Valid ? ObjectiveDocuments.Of(report) : ([], report.Findings);
                if (findings.Count > 0)
                    throw new MistakeException(
                        $"{findings[0].Path}: {findings[0].Message} `steady objective lint -f {path}` tells all."
                    );
                var all = new List<ObjectiveDiff>();
                foreach (var single in singles)
                    all.Add(
                        new(single.Name, Changes.Between(await Stored(session, single.Name, stop), single.Document))
                    );
                var same = all.All(diff => diff.Changes.Count == 0);
                return session.Show(all, ObjectivePictures.Changed, same ? Exit.Done : Exit.Refused);
            }
        );
        return command;
    }

    private static async Task<Node?> Stored(Session session, string name, CancellationToken stop)
    {
        try
        {
            var kept = await session.Door.Budgets.Export(name, "application/json", stop);
            return OpenSloText.Read(kept, format: Format.Json).Documents[0].Node;
        }
        catch (ProblemException problem) when (problem.Status == 404)
        {
            return null;
        }
    }
}

/// <summary>What differs between a file and what is stored under a name.</summary>
public sealed record ObjectiveDiff(string Objective, IReadOnlyList<Change> Changes);
