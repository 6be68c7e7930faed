using System.CommandLine;
using Steady.Cli.Drawing;
using Steady.Contracts.Budgets;

namespace Steady.Cli.Commands;

/// <summary><c>steady budget spend</c>: who spent a budget between two moments.</summary>
internal static class SpendCommand
{
    private static readonly Dictionary<string, SpendBy> Groups = Enum.GetValues<SpendBy>()
        .ToDictionary(by => $"{by}".ToLowerInvariant());

    public static Command Create(Shell shell)
    {
        var objective = Inputs.Objective();
        var from = Inputs.Moment("--from", "The beginning; a day before the end when absent.", shell);
        var to = Inputs.Moment("--to", "The end; now when absent.", shell);
        var by = Inputs.OneOf("--by", "How it is put together; by cause when absent", Groups);
        by.Required = false;
        var command = new Command("spend", "Who spent a budget between two moments; the parts add up to the whole.")
        {
            objective,
            from,
            to,
            by,
        };
        shell.Handle(
            command,
            async (given, session, stop) =>
                session.Show(
                    await session.Door.Gates.Spend(
                        given.GetRequiredValue(objective),
                        given.GetValue(from),
                        given.GetValue(to),
                        given.GetValue(by),
                        stop
                    ),
                    SpendPictures.Report
                )
        );
        return command;
    }
}
